import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { fromObject, type Schema, type ToJSONOptions, toJSON } from "../../src/index.js";
import { PlanCache } from "../../src/json/plan-cache.js";

const fields = Array.from({ length: 12 }, (_, id) => `f${id}: ubyte = ${id};`).join(" ");
const text = (name: string) => `
  enum E: ubyte { A, B }
  struct S { e: E; n: ubyte; }
  table ${name} { one: One; two: Two; k: K; }
  table One { ${fields} e: E; s: S; }
  table Two { ${fields.replaceAll("f", "h")} e: E; s: S; }
  table K { id: int (key); nested: [ubyte] (nested_flatbuffer: "K"); flex: [ubyte] (flexbuffer); }
  root_type ${name};`;
const schema = parseSchema(text("T"));
/** Other keys for the same vtables. */
const other = parseSchema(text("T").replaceAll(/f(1[01]?):/g, "longer_name_$1:"));
const stranger = parseSchema("table X { x: int; }");

const options: readonly ToJSONOptions[] = [
  {},
  { defaults: true },
  { enums: "number" },
  { nested: false },
  { flex: false },
  { indent: 2 },
  { style: "flatc" },
  { style: "flatc", indent: -1 },
  { style: "flatc", quoteKeys: false },
  { style: "flatc", defaults: true, enums: "number" },
];

const SLOTS = 6;

describe("plans that one call leaves to the next", () => {
  it("shape no text but that of their own schema and options", () => {
    const calls = [schema, other].flatMap((of) => {
      const bytes = fromObject(of, of === other ? rename(valueWith(2002)) : valueWith(2002));
      return options.map((how) => ({ of, bytes, how, alone: printAlone(of, bytes, how) }));
    });
    expect(new Set(calls.map(({ alone }) => alone)).size).toBe(calls.length);
    for (const first of calls) {
      for (const second of calls) {
        expect(toJSON(first.of, first.bytes, first.how)).toBe(first.alone);
        expect(toJSON(second.of, second.bytes, second.how)).toBe(second.alone);
      }
    }
  });

  it("shape no text but that of their own vtable, however many there are", () => {
    const calls = Array.from({ length: 4096 }, (_, bits) => {
      const bytes = fromObject(schema, valueWith(bits), { forceDefaults: bits % 7 === 0 });
      return { bytes, alone: printAlone(schema, bytes, {}) };
    });
    for (const order of [calls, [...calls].reverse()]) {
      for (const { bytes, alone } of order) expect(toJSON(schema, bytes)).toBe(alone);
    }
  });

  it("are recalled for the same voffsets of the same object alone, whatever their hashes", () => {
    const cache = new PlanCache();
    const data = new DataView(new ArrayBuffer(4 + 2 * SLOTS));
    const write = (seed: number) => {
      for (let slot = 0; slot < SLOTS; slot++)
        data.setUint16(4 + 2 * slot, Math.imul(seed, 0x9e3779b1) >>> (slot + 8), true);
    };
    cache.begin(128);
    expect(cache.recall(data, 0, 7, SLOTS)).toBe(0);
    write(1);
    expect(cache.recall(data, 0, 7, SLOTS)).toBe(0);
    const plan = cache.finish(cache.start(data, 0, 7, SLOTS, 0), 4);
    for (let seed = 1; seed < 5000; seed++) {
      write(seed);
      expect(cache.recall(data, 0, 7, SLOTS)).toBe(seed === 1 ? plan : 0);
    }
    write(1);
    for (let object = 0; object < 5000; object++)
      expect(cache.recall(data, 0, object, SLOTS)).toBe(object === 7 ? plan : 0);
    cache.begin(129);
    expect(cache.recall(data, 0, 7, SLOTS)).toBe(0);
  });

  it("are recalled for as many voffsets alone", () => {
    const cache = new PlanCache();
    const data = new DataView(new ArrayBuffer(4 + 2 * SLOTS));
    for (let object = 0; object < 5000; object++) {
      cache.begin(128 + object);
      expect(cache.recall(data, 0, object, SLOTS)).toBe(0);
      cache.finish(cache.start(data, 0, object, SLOTS, 0), 4);
      expect(cache.recall(data, 0, object, SLOTS - 1)).toBe(0);
    }
  });
});

/** With fields as the bits say, in tables of two types. */
function valueWith(bits: number): Record<string, unknown> {
  const one: Record<string, unknown> = {};
  const two: Record<string, unknown> = {};
  for (let id = 0; id < 12; id++) {
    if ((bits & (1 << id)) !== 0) one[`f${id}`] = 200 + id;
    if ((bits & (1 << id)) !== 0) two[`h${id}`] = 100 + id;
  }
  if (bits % 7 === 0) one["e"] = two["e"] = 1;
  if (bits % 11 === 0) one["s"] = two["s"] = { e: 1, n: 2 };
  const k = bits % 13 === 0 ? { nested: { id: bits }, flex: { a: bits } } : {};
  return { one, two, k };
}

function rename(value: Record<string, unknown>): Record<string, unknown> {
  const one = Object.entries(value["one"] as object).map(([key, item]) => [key.replace(/^f1/, "longer_name_1"), item]);
  return { ...value, one: Object.fromEntries(one) as unknown };
}

/** As if no call had been before: one with another schema makes all plans forgotten. */
function printAlone(of: Schema, bytes: Uint8Array, how: ToJSONOptions): string {
  toJSON(stranger, fromObject(stranger, {}, { rootType: "X" }), { rootType: "X" });
  return toJSON(of, bytes, how);
}
