import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import {
  isFlatbufferError,
  loadSchema,
  type Schema,
  type ToJSONOptions,
  toJSON,
  toJSONBytes,
} from "../../src/index.js";
import { fromJSON } from "../../src/json/from-json.js";

const monster = loadSchema(readFileSync("fixtures/monster/monster.full.bfbs"));
const hostile = loadSchema(readFileSync("fixtures/hostile/hostile.full.bfbs"));
const limits = { maxVisits: 5_000, maxOutputBytes: 300_000 };

describe("bytes that nobody verified", () => {
  const cases: readonly (readonly [name: string, schema: Schema, bytes: Uint8Array])[] = [
    ["a monster", monster, new Uint8Array(readFileSync("fixtures/monster/monster.bin"))],
    ["one field of every kind", hostile, new Uint8Array(readFileSync("fixtures/hostile/honest.bin"))],
  ];

  it.each(cases)("%s: every changed byte and every cut gives text or a FlatbufferError", (_name, schema, bytes) => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff, bytes[at]! ^ 0x40]) {
        const changed = bytes.slice();
        changed[at] = value;
        expect(outcome(schema, changed, { trusted: true })).toMatch(GOOD);
      }
      expect(outcome(schema, bytes.slice(0, at), { trusted: true, style: "flatc" })).toMatch(GOOD);
    }
  });

  it.each(cases)("%s: no byte beside the view is read", (_name, schema, bytes) => {
    for (let at = 4; at < bytes.length; at++) {
      const outcomes = [0xa5, 0x00, 0x41].map((neighbour) => {
        const memory = new Uint8Array(bytes.length + 64).fill(neighbour);
        const view = memory.subarray(13, 13 + bytes.length);
        view.set(bytes);
        view[at] = view[at]! ^ 0x81;
        return outcome(schema, view, { trusted: true });
      });
      expect(new Set(outcomes).size).toBe(1);
    }
  });

  it("memory that was transferred away is named so", () => {
    const bytes = cases[0]![2].slice();
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(outcome(monster, bytes, { trusted: true })).toBe("buffer-detached");
  });

  it("shared memory is read like any other", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(cases[0]![2].length));
    shared.set(cases[0]![2]);
    expect(toJSON(monster, shared)).toBe(toJSON(monster, cases[0]![2]));
  });
});

describe("limits", () => {
  const tree = parseSchema(`
    struct S { x: int; }
    union U { T, S }
    table T { t: T; list: [T]; u: U; us: [U]; n: [ubyte] (nested_flatbuffer: "T"); s: S; words: [string]; f: [ubyte] (flexbuffer); }
    root_type T;`);

  it.each([
    ["tables", '{"t":', "}", "{}"],
    ["vectors of tables", '{"list":[', "]}", "{}"],
    ["unions", '{"u_type":"T","u":', "}", '{"u_type":"S","u":{"x":1}}'],
    ["vectors of unions", '{"us_type":["T"],"us":[', "]}", "{}"],
  ])("maxDepth counts %s inside one another", (_name, open, close, inner) => {
    const text = (depth: number): string => open.repeat(depth - 1) + inner + close.repeat(depth - 1);
    for (const trusted of [false, true]) {
      for (const depth of [63, 64]) {
        expect(toJSON(tree, fromJSON(tree, text(depth)), { trusted })).toBe(text(depth));
      }
      const deeper = fromJSON(tree, text(40));
      expect(outcome(tree, deeper, { trusted, limits: { maxDepth: 39 } })).toBe("depth-limit");
      expect(outcome(tree, deeper, { trusted, limits: { maxDepth: 40 } })).toBe(text(40));
    }
  });

  it("maxDepth can be raised to 1,000 levels; where the stack ends earlier, that is a depth-limit too", () => {
    for (const shape of Object.keys(SHAPES) as Shape[]) {
      for (const trusted of [true, false]) {
        expect(outcome(tree, chain(shape, 1000), { trusted, limits: { maxDepth: 1000 } })).toMatch(
          /^(\{|depth-limit$)/,
        );
        expect(outcome(tree, chain(shape, 400), { trusted, limits: { maxDepth: 400 } })).toMatch(/^\{/);
        expect(outcome(tree, chain(shape, 1001), { trusted, limits: { maxDepth: 5000 } })).toBe("depth-limit");
        expect(outcome(tree, chain(shape, 1000), { trusted })).toBe("depth-limit");
      }
    }
  });

  it("maxVisits ends a walk over shared tables, and says how to go on", () => {
    const bytes = fanOut(8, 10);
    expect(outcome(tree, bytes, { trusted: true, limits: { maxVisits: 1000 } })).toBe("visit-limit");
    expect(() => toJSON(tree, bytes, { trusted: true, limits: { maxVisits: 1000 } })).toThrow(/maxVisits/);
    expect(outcome(tree, fanOut(3, 10), { trusted: true, limits: { maxVisits: 5000 } })).toMatch(/^\{/);
  });

  it("maxOutputBytes ends a text soon after it has grown too long, and says how to go on", () => {
    const bytes = fromJSON(tree, JSON.stringify({ words: ["x".repeat(1000)] }));
    const whole = toJSONBytes(tree, bytes);
    for (const trusted of [false, true]) {
      expect(outcome(tree, bytes, { trusted, limits: { maxOutputBytes: whole.length } })).toMatch(/^\{/);
      for (const maxOutputBytes of [1, 500, whole.length - 1]) {
        expect(outcome(tree, bytes, { trusted, limits: { maxOutputBytes } })).toBe("output-limit");
      }
    }
    expect(() => toJSON(tree, bytes, { limits: { maxOutputBytes: 10 } })).toThrow(/maxOutputBytes/);
  });

  it("a vector whose length is a lie is refused before anything is written", () => {
    const bytes = fromJSON(tree, '{"words":["a"]}');
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      if (data.getUint32(at, true) !== 1) continue;
      const lying = bytes.slice();
      new DataView(lying.buffer).setUint32(at, 0x7fffffff, true);
      expect(outcome(tree, lying, { trusted: true })).toMatch(/^(vector|string)-out-of-range$/);
    }
  });
});

type Shape = "table" | "vector" | "union" | "union vector";

/** A word that holds the offset to the next table. */
const NEXT = -1;

/** By shape: where the fields are in the table (by id), and the words of the table behind its soffset. */
const SHAPES: Readonly<Record<Shape, { places: Readonly<Record<number, number>>; words: readonly number[] }>> = {
  table: { places: { 0: 4 }, words: [NEXT] },
  vector: { places: { 1: 4 }, words: [4, 1, NEXT] },
  union: { places: { 2: 8, 3: 4 }, words: [NEXT, 1] },
  "union vector": { places: { 4: 4, 5: 8 }, words: [8, 12, 1, 1, 1, NEXT] },
};

/** `depth` tables inside one another, word by word: fromJSON has a limit of its own. */
function chain(shape: Shape, depth: number): Uint8Array {
  const { places, words } = SHAPES[shape];
  const bytes = new Uint8Array(32 + (depth - 1) * 4 * (words.length + 1) + 4);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 32, true);
  writeVtable(data, 4, 4 + 4 * words.length, places);
  writeVtable(data, 24, 4, {});
  let pos = 32;
  for (let level = 1; level < depth; level++) {
    data.setInt32(pos, pos - 4, true);
    const next = pos + 4 + 4 * words.length;
    for (const [index, word] of words.entries()) {
      const place = pos + 4 + 4 * index;
      data.setUint32(place, word === NEXT ? next - place : word, true);
    }
    pos = next;
  }
  data.setInt32(pos, pos - 24, true);
  return bytes;
}

/** Levels of vectors whose elements are all one table, which has the vector of the next level. */
function fanOut(levels: number, width: number): Uint8Array {
  const size = 12 + 4 * width;
  const bytes = new Uint8Array(32 + levels * size + 4);
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 32, true);
  writeVtable(data, 4, 8, { 1: 4 });
  writeVtable(data, 24, 4, {});
  let pos = 32;
  for (let level = 0; level < levels; level++, pos += size) {
    data.setInt32(pos, pos - 4, true);
    data.setUint32(pos + 4, 4, true);
    data.setUint32(pos + 8, width, true);
    for (let place = pos + 12; place < pos + size; place += 4) data.setUint32(place, pos + size - place, true);
  }
  data.setInt32(pos, pos - 24, true);
  return bytes;
}

/** The vtable at `pos`; `places` by field id. */
function writeVtable(data: DataView, pos: number, tableSize: number, places: Readonly<Record<number, number>>): void {
  const ids = Object.keys(places).map(Number);
  data.setUint16(pos, 6 + 2 * Math.max(-1, ...ids), true);
  data.setUint16(pos + 2, tableSize, true);
  for (const id of ids) data.setUint16(pos + 4 + 2 * id, places[id]!, true);
}

const GOOD = /^(\{|[a-z0-9-]+$)/;

/** The text, or the code of the FlatbufferError. Anything else is thrown on and fails the test. */
function outcome(schema: Schema, bytes: Uint8Array, options: ToJSONOptions): string {
  try {
    return toJSON(schema, bytes, { limits, ...options });
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return error.code;
  }
}
