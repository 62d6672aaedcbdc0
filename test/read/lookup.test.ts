import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromJSON, loadSchema, parseSchema, read, toObject } from "../../src/index.js";
import type { LookupKey } from "../../src/read/find-by-key.js";
import type { Vector } from "../../src/read/vector.js";

const schema = loadSchema(readFileSync("fixtures/keys/keys.full.bfbs"));
const sorted = new Uint8Array(readFileSync("fixtures/keys/sorted.bin"));
const cabinet = read(schema, sorted);
const vector = (name: string) => cabinet.get(name) as Vector;
const plain = toObject<Record<string, Record<string, unknown>[]>>(schema, sorted, { enums: "number" });

const KEYS: Readonly<Record<string, string>> = {
  names: "name",
  ints: "id",
  bytes: "id",
  ulongs: "id",
  defaults: "id",
  doubles: "at",
  suits: "suit",
  flags: "on",
  structs: "seat",
  ticks: "time",
  codes: "digits",
};

describe("lookupByKey", () => {
  it.each(Object.entries(KEYS))("finds every element of %s by its %s", (name, key) => {
    const elements = plain[name]!;
    expect(elements.length).toBeGreaterThan(0);
    for (const element of elements) {
      const found = vector(name).lookupByKey(element[key] as LookupKey) as { get(name: string): unknown } | undefined;
      expect(found, name).toBeDefined();
      for (const [field, value] of Object.entries(element)) {
        if (typeof value !== "object") expect(found!.get(field)).toEqual(value);
      }
    }
  });

  it("finds every float among nans, and a nan", () => {
    const spots = parseSchema("table Spot { at: double (key); } table Root { spots: [Spot]; } root_type Root;");
    const keys = ["nan", "2", "-inf", "nan", "-3", "inf", "nan"];
    const bytes = fromJSON(spots, `{ spots: [${keys.map((at) => `{ at: ${at} }`).join()}] }`);
    const found = read(spots, bytes).get("spots") as Vector<{ at: number }>;
    for (const key of [2, -Infinity, -3, Infinity, Number.NaN]) {
      expect(found.lookupByKey(key)?.get("at")).toBe(key);
    }
    expect(found.lookupByKey(1)).toBeUndefined();
  });

  it.each([
    ["names", "aaa"],
    ["names", "\u{1f601}"],
    ["names", "a\0"],
    ["names", "\ud800"],
    ["ints", 5],
    ["ints", 2 ** 40],
    ["ulongs", 2n ** 63n + 1n],
    ["ulongs", -1n],
    ["doubles", 0.2],
    ["doubles", Number.NaN],
    ["suits", "Stars"],
    ["bytes", 1.5],
    ["ticks", 9007199254740992n],
    ["codes", [1, 2, 4]],
    ["structs", { row: -1, number: 201 }],
  ] as [string, LookupKey][])("finds nothing in %s for %s", (name, key) => {
    expect(vector(name).lookupByKey(key)).toBeUndefined();
  });

  it("takes enum keys by name and whole bigints as numbers", () => {
    expect((vector("suits").lookupByKey("Cups") as { get(name: string): unknown }).get("suit")).toBe(-1);
    expect(vector("ulongs").lookupByKey(1)).toBeDefined();
    expect(vector("ints").lookupByKey(1n)).toBeDefined();
  });

  it.each([
    ["names", 1],
    ["ints", "1"],
    ["codes", 1],
    ["codes", [1, 2]],
    ["codes", ["1", 2, 3]],
    ["structs", 1],
    ["structs", { row: -1 }],
    ["names", null],
    ["codes", null],
    ["ints", undefined],
  ] as [string, LookupKey][])("refuses to look in %s for %s", (name, key) => {
    expect(() => vector(name).lookupByKey(key)).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });

  it("refuses where elements have no key", () => {
    const other = parseSchema("table T { x: int; } table R { tables: [T]; numbers: [int]; } root_type R;");
    const root = read(other, fromJSON(other, '{"tables": [{"x": 1}], "numbers": [1]}'));
    for (const name of ["tables", "numbers"]) {
      expect(() => (root.get(name) as Vector).lookupByKey(1)).toThrow(expect.objectContaining({ code: "wrong-type" }));
    }
  });

  it("orders strings by their UTF-8 bytes, not by UTF-16 units", () => {
    const byName = parseSchema("table T { name: string (key); } table R { all: [T]; } root_type R;");
    const names = ["\uffff", "\u{10000}", "z", "zz", "é", ""];
    const bytes = fromJSON(byName, JSON.stringify({ all: names.map((name) => ({ name })) }));
    const all = read(byName, bytes).get("all") as Vector;
    for (const name of names) expect(all.lookupByKey(name), JSON.stringify(name)).toBeDefined();
  });
});
