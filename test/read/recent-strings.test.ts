import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, toObject } from "../../src/index.js";

const schema = parseSchema(`
  table Inner { list: [string]; }
  table Root { list: [string]; nested: [ubyte] (nested_flatbuffer: "Inner"); filler: [ubyte]; }
  root_type Root;`);

/** Large enough for strings to be remembered. */
const filler = new Uint8Array(200_000);

function roundTrip(list: readonly string[]): unknown {
  return toObject<{ list: string[] }>(schema, fromObject(schema, { list, filler })).list;
}

describe("strings of a large buffer", () => {
  it("of all lengths come again as they were", () => {
    const texts = Array.from({ length: 80 }, (_, length) => "abcdefghij".repeat(8).slice(0, length));
    const list = [...texts, ...[...texts].reverse(), ...texts];
    expect(roundTrip(list)).toEqual(list);
  });

  it("that differ in a single character, or their length alone, are told apart", () => {
    const texts = new Set<string>();
    for (let length = 1; length <= 20; length++) {
      const text = "x".repeat(length);
      texts.add(text).add(`${text}\0`);
      for (let at = 0; at < length; at++) texts.add(`${text.slice(0, at)}y${text.slice(at + 1)}`);
    }
    const list = [...texts, ...texts];
    expect(roundTrip(list)).toEqual(list);
  });

  it("are remembered with what isn't ASCII in them", () => {
    const list = Array.from({ length: 3000 }, (_, at) => `${["é", "月", "🙂", "e"][at % 4]!}${at % 7}`);
    expect(roundTrip(list)).toEqual(list);
  });

  it("in a buffer inside are not those at the same positions outside", () => {
    const [list, inner] = [
      ["outside 1", "outside 2"],
      ["inside 10", "inside 20"],
    ];
    const bytes = fromObject(schema, { list, nested: { list: inner }, filler });
    expect(toObject(schema, bytes)).toMatchObject({ list, nested: { list: inner } });
  });

  it("that are no UTF-8 are refused every time", () => {
    const bytes = fromObject(schema, { list: ["good text", "good text"], filler });
    const at = Buffer.from(bytes).lastIndexOf("good");
    for (const text of ["good text", "bad \u00ff text"])
      expect(roundTrip([text, text, text])).toEqual([text, text, text]);
    bytes[at] = 0xff;
    expect(() => toObject(schema, bytes)).toThrowError(expect.objectContaining({ code: "invalid-utf8" }));
  });
});
