import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edit, fromJSON, fromObject, loadSchema, parseSchema, toObject, verify } from "../../src/index.js";

const TEXT = `
  struct Point { x: double; y: byte; }
  struct Wide (force_align: 16) { x: double; y: double; }
  table Leaf { a: byte; b: short; c: int; d: long; e: double; f: float; g: bool; s: string; p: Point; w: Wide; }
  table Order (original_order) { a: byte; d: long; b: short; s: string; }
  table Strict { must: string (required); n: int; }
  table Inner { leaf: Leaf; leaves: [Leaf]; }
  union Any { Leaf, Strict }
  table Root {
    pad: string; leaves: [Leaf]; orders: [Order]; strict: [Strict]; any: Any; nested: [ubyte] (nested_flatbuffer: "Inner");
  }
  root_type Root;`;
const fresh = () => parseSchema(TEXT);

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const leaf = fc.record({
  a: some(fc.integer({ min: -1, max: 1 })),
  b: some(fc.integer({ min: -1, max: 1 })),
  c: some(fc.integer({ min: -1, max: 1 })),
  d: some(fc.bigInt({ min: -1n, max: 1n })),
  e: some(fc.double({ noNaN: true })),
  f: some(fc.float({ noNaN: true })),
  g: some(fc.boolean()),
  s: some(fc.string({ maxLength: 5 })),
  p: some(fc.record({ x: fc.double({ noNaN: true }), y: fc.integer({ min: -128, max: 127 }) })),
  w: fc.option(fc.record({ x: fc.constant(1.5), y: fc.constant(2.5) }), { nil: undefined, freq: 20 }),
});
const order = fc.record({
  b: some(fc.integer({ min: -1, max: 1 })),
  a: some(fc.integer({ min: -1, max: 1 })),
  s: some(fc.string({ maxLength: 5 })),
  d: some(fc.bigInt({ min: -1n, max: 1n })),
});
const few = <T>(arbitrary: fc.Arbitrary<T>) => some(fc.array(arbitrary, { maxLength: 6 }));
const root = fc.record({
  pad: some(fc.string({ maxLength: 9 })),
  leaves: few(leaf),
  orders: few(order),
  strict: few(fc.record({ must: fc.string({ maxLength: 3 }), n: some(fc.integer({ min: 0, max: 1 })) })),
  nested: some(fc.record({ leaf: some(leaf), leaves: few(leaf) })),
});

describe("tables laid out like ones before", () => {
  it("have the bytes of those that were laid out by themselves", () => {
    const used = fresh();
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 4 }), (values) => {
        // The first call with a schema knows no layouts; `used` knows those of all values before.
        const alone = values.map((value) => fromObject(fresh(), value));
        for (let again = 0; again < 4; again++) {
          expect(values.map((value) => fromObject(used, value))).toEqual(alone);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("may be many in one buffer, which has no vtable twice", () => {
    fc.assert(
      fc.property(leaf, fc.array(fc.string({ maxLength: 7 }), { minLength: 12, maxLength: 12 }), (value, names) => {
        const schema = fresh();
        const leaves = names.map((s) => ({ ...value, s }));
        const bytes = fromObject(schema, { leaves });
        expect(verify(schema, bytes)).toMatchObject({ ok: true });
        const back = toObject<{ leaves: object[] }>(schema, bytes, { defaults: false }).leaves;
        // One after another, each with a schema that knows nothing, they say the same.
        const single = leaves.map((one) => {
          const other = fresh();
          return toObject<{ leaves: object[] }>(other, fromObject(other, { leaves: [one] }), { defaults: false })
            .leaves[0];
        });
        expect(back).toEqual(single);
        const vtables = new Set(vtablesOf(bytes));
        const contents = new Set([...vtables].map((start) => vtableText(bytes, start)));
        expect(vtables.size).toBe(contents.size);
      }),
      { numRuns: 100 },
    );
  });

  it("still need their required fields, whatever other calls have written", () => {
    const schema = fresh();
    const lax = parseSchema(TEXT.replace("(required)", ""));
    const without = fromObject(lax, { strict: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }] });
    // A trusted buffer is copied as it is.
    for (let again = 0; again < 3; again++) edit(schema, without, [{ path: "pad", set: "x" }], { trusted: true });
    expect(() => fromObject(schema, { strict: [{ n: 1 }] })).toThrow(/Strict needs the field must/);
    expect(() => fromJSON(schema, '{"strict": [{"n": 1}]}')).toThrow(/Strict needs the field must/);
    expect(() => fromJSON(schema, '{"strict": [{}, {}, {}]}')).toThrow(/Strict needs the field must/);
  });

  it("still refuse a field that is set twice", () => {
    const schema = fresh();
    const twice = '{"leaves": [{"a": 1, "a": 2}]}';
    for (let again = 0; again < 4; again++) {
      fromJSON(schema, '{"leaves": [{"a": 1, "b": 2}, {"a": 1, "b": 2}]}');
      expect(() => fromJSON(schema, twice)).toThrow(/set twice/);
    }
  });

  it("leave zeros between their fields where something else was before", () => {
    const schema = loadSchema(readFileSync("fixtures/monster/monster.full.bfbs"));
    const small = readFileSync("fixtures/monster/small.json", "utf8");
    const alone = fromJSON(schema, small);
    const noise = JSON.stringify({ name: "\u00ff".repeat(3000) });
    for (let again = 0; again < 4; again++) {
      fromJSON(schema, noise);
      expect(fromJSON(schema, small)).toEqual(alone);
    }
  });
});

/** Where the vtables of the tables in the vector `leaves` are. */
function vtablesOf(bytes: Uint8Array): number[] {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (pos: number) => pos + data.getUint32(pos, true);
  const rootTable = at(0);
  const rootVtable = rootTable - data.getInt32(rootTable, true);
  const vector = at(rootTable + data.getUint16(rootVtable + 6, true));
  return Array.from({ length: data.getUint32(vector, true) }, (_, index) => {
    const table = at(vector + 4 + index * 4);
    return table - data.getInt32(table, true);
  });
}

function vtableText(bytes: Uint8Array, start: number): string {
  const size = bytes[start]! + bytes[start + 1]! * 256;
  return bytes.subarray(start, start + size).join();
}
