import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromJSON, fromObject, loadSchema, parseSchema, toObject } from "../../src/index.js";

const schema = loadSchema(readFileSync("fixtures/monster/monster.full.bfbs"));
const texts = ["small", "monster"].map((name) => readFileSync(`fixtures/monster/${name}.json`, "utf8"));
const noisy = JSON.stringify({
  name: "\u00ff".repeat(3000),
  inventory: new Array(500).fill(255),
  den: { address: "x" },
});

const keyed = parseSchema(`
  struct Wide { a: byte; b: double; }
  table T { s: string; w: Wide; n: [ubyte] (nested_flatbuffer: "T"); v: [Wide]; child: T; x: [ubyte] (flexbuffer); b: bool; }
  root_type T;`);

/** Calls that end in the middle, at many depths: their writers are left in every state. */
const broken: (() => unknown)[] = [
  () => fromJSON(schema, noisy.slice(0, -9)),
  () => fromJSON(schema, '{"name": "a", "den": {"address": "b", "depth": }}'),
  () => fromJSON(keyed, '{"n": {"n": {"n": {"s": 5}}}}'),
  () => fromJSON(keyed, '{"v": [{"a": 1, "b": 2}, {"a": 1}]}'),
  () => fromObject(keyed, { s: "x", child: { n: { w: { a: 1 } } } }),
  () => fromObject(schema, { name: "x", inventory: [1, 2, 300] }),
  () => fromJSON(keyed, '{"x": {"key": [1, 2.5, {"key": "string", "other": [3, }'),
  () => fromObject(keyed, { x: { key: "string", other: [{ key: Symbol("no value") }] } }),
];

describe("memory that one call leaves to the next", () => {
  const alone = texts.map((text) => fromJSON(schema, text));

  it("shows in no later buffer, whatever the calls before did", () => {
    for (const spoil of [() => fromJSON(schema, noisy), ...broken]) {
      for (const [index, text] of texts.entries()) {
        try {
          spoil();
        } catch (error) {
          expect(error).toMatchObject({ name: "FlatbufferError" });
        }
        expect(fromJSON(schema, text)).toEqual(alone[index]);
      }
    }
  });

  it("shows in no padding of a struct, wherever structs go", () => {
    const zeroed = parseSchema(`struct Wide { a: byte; b: double; } union U { Wide }
      table T { w: Wide; v: [Wide]; u: U; raw: [ubyte]; } root_type T;`);
    const wide = { a: 1, b: 2 };
    const values = [{ w: wide }, { v: [wide] }, { v: new Array(40).fill(wide) }, { u_type: "Wide", u: wide }];
    for (const value of values) {
      const first = fromObject(zeroed, value);
      fromObject(zeroed, { raw: new Array(first.length * 2).fill(255) });
      const second = fromObject(zeroed, value);
      expect(second).toEqual(first);
      expect([...second]).not.toContain(255);
      expect(fromJSON(zeroed, JSON.stringify(value))).toEqual(first);
    }
  });

  it("begins every FlexBuffer anew: keys and strings of the one before are not there to share", () => {
    const value = { x: { key: "string", list: ["string", "key", 1.5, 70_000] } };
    const first = fromObject(keyed, value);
    const both = { ...value, child: { x: { ...value.x, more: "m".repeat(5000) } }, n: value };
    expect(toObject(keyed, fromObject(keyed, both))).toEqual(toObject(keyed, fromJSON(keyed, JSON.stringify(both))));
    expect(fromObject(keyed, value)).toEqual(first);
    expect(fromJSON(keyed, JSON.stringify(value))).toEqual(first);
  });

  it("shows nothing of a longer text behind a shorter one", () => {
    const long = `{"b": true, "s": "${"\u20ac".repeat(40)}"}`;
    const whole = fromJSON(keyed, long);
    for (let end = 1; end < long.length; end++) {
      fromJSON(keyed, long);
      expect(() => fromJSON(keyed, long.slice(0, end))).toThrow(expect.objectContaining({ name: "FlatbufferError" }));
      fromJSON(keyed, long);
      const bytes = new TextEncoder().encode(long).subarray(0, end);
      expect(() => fromJSON(keyed, bytes)).toThrow(expect.objectContaining({ name: "FlatbufferError" }));
    }
    expect(fromJSON(keyed, new TextEncoder().encode(long))).toEqual(whole);
  });

  it("belongs to a large buffer from then on: none after it writes there", () => {
    const texts = Array.from({ length: 4 }, (_, index) => ({
      s: String(index).repeat(1_500_000 + index * 40_000),
      b: true,
    }));
    const results = texts.map((value) => fromObject(keyed, value));
    const small = fromObject(keyed, { s: "x" });
    for (const [index, bytes] of results.entries()) {
      expect(toObject(keyed, bytes)).toHaveProperty("s", texts[index]!.s);
      expect(bytes.buffer.byteLength, "at most half of it is wasted").toBeLessThanOrEqual(bytes.length * 2);
      expect(bytes.byteOffset % 64, "aligned as the buffer itself").toBe((64 - (bytes.length % 64)) % 64);
      expect(Buffer.compare(fromJSON(keyed, JSON.stringify(texts[index])), bytes)).toBe(0);
    }
    expect(small.buffer.byteLength).toBe(small.length);
    expect(fromObject(keyed, { s: "x" })).toEqual(small);
  });

  it("is not shared by calls inside one another", () => {
    const value = toObject(schema, alone[1]!) as Record<string, unknown>;
    const plain = fromObject(schema, value);
    const nosy = Object.defineProperty({ ...value }, "hp", {
      enumerable: true,
      get: () => {
        expect(fromJSON(schema, texts[0]!)).toEqual(alone[0]);
        return value["hp"];
      },
    });
    expect(fromObject(schema, nosy)).toEqual(plain);
    const flex = { x: { key: "string", list: [1] } };
    const inner = fromObject(keyed, flex);
    const busy = {
      x: {
        key: "string",
        get list() {
          expect(fromObject(keyed, flex)).toEqual(inner);
          return [1];
        },
      },
    };
    expect(fromObject(keyed, busy)).toEqual(inner);
  });
});
