import { describe, expect, it } from "vitest";
import { Builder } from "../../src/build/builder.js";
import { parseSchema, toJSON } from "../../src/index.js";

const schema = parseSchema(`
  enum Tone : ubyte { Low, Mid, High }
  table T { bytes: [ubyte]; signed: [byte]; tones: [Tone]; kids: [T]; } root_type T;
`);
const [BYTES, SIGNED, TONES, KIDS] = [4, 6, 8, 10];

/** Three levels of tables, all with all their fields on the same bytes. */
function shared(count: number, copies: number): { bytes: Uint8Array; content: Uint8Array } {
  const builder = new Builder(1024);
  const content = Uint8Array.from({ length: count }, (_, at) => (at % 3 === 0 ? 255 : at % 3));
  const vector = builder.createVector(content, 0, count, 1, 1);
  const table = (kids: readonly number[]): number => {
    const list = builder.createOffsetVector(kids);
    builder.startTable();
    for (const slot of [BYTES!, SIGNED!, TONES!]) builder.addOffset(slot, vector);
    builder.addOffset(KIDS!, list);
    return builder.endTable();
  };
  const leaves = Array.from({ length: copies }, () => table([]));
  return { bytes: builder.finish(table([table(leaves), table([])])), content };
}

/** What the same would be if nothing were shared. */
function expected(content: Uint8Array, copies: number): unknown {
  const names = ["Low", "Mid", "High"];
  const fields = {
    bytes: [...content],
    signed: [...new Int8Array(content)],
    tones: Array.from(content, (value) => names[value] ?? value),
  };
  const leaves = Array.from({ length: copies }, () => ({ ...fields, kids: [] }));
  return {
    ...fields,
    kids: [
      { ...fields, kids: leaves },
      { ...fields, kids: [] },
    ],
  };
}

describe("a large vector that several tables share", () => {
  it.each([
    ["a little", 1_023, 3],
    ["just enough to be remembered", 1_024, 3],
    ["more than the memory that a call begins with", 60_000, 8],
  ])("is printed for each of them: %s", (_, count, copies) => {
    const { bytes, content } = shared(count, copies);
    const text = JSON.stringify(expected(content, copies));
    expect(toJSON(schema, bytes) === text).toBe(true);
    expect(toJSON(schema, bytes, { indent: 2 }).replace(/\s/g, "") === text).toBe(true);
  });

  it("counts as output every time", () => {
    const { bytes } = shared(60_000, 8);
    const { length } = toJSON(schema, bytes);
    expect(toJSON(schema, bytes, { limits: { maxOutputBytes: length } }).length).toBe(length);
    expect(() => toJSON(schema, bytes, { limits: { maxOutputBytes: length / 2 } })).toThrow(
      expect.objectContaining({ code: "output-limit" }),
    );
    expect(() => toJSON(schema, bytes, { limits: { maxOutputBytes: length - 1 } })).toThrow(
      expect.objectContaining({ code: "output-limit" }),
    );
  });
});
