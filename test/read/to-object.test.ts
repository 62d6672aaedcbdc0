import { describe, expect, it } from "vitest";
import { type GateOptions, type Schema, toJSON, toObject } from "../../src/index.js";

import { corpusRows, corpusSchema, readBytes } from "../support/corpus.js";
import { fixtureBytes, fixtureSchema, fixtures } from "../support/fixtures.js";

/** Plain values as JSON.parse would give them: bigints as numbers, bytes as lists, what isn't finite as its word. */
function comparable(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number")
    return Number.isFinite(value) ? value : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
  }
  return value;
}

/** Whether two values are the same; a float32 that was printed with its shortest digits reads back as another double. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Object.is(a, b) || Math.fround(b) === a;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((part, index) => same(part, b[index]));
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
    const keys = Object.keys(x);
    return keys.length === Object.keys(y).length && keys.every((key) => Object.hasOwn(y, key) && same(x[key], y[key]));
  }
  return a === b;
}

function check(schema: Schema, bytes: Uint8Array, options: GateOptions): void {
  for (const defaults of [true, false]) {
    const plain = comparable(toObject(schema, bytes, { ...options, defaults }));
    const text = JSON.parse(toJSON(schema, bytes, { ...options, defaults })) as unknown;
    if (!same(plain, text)) expect(plain).toEqual(text);
  }
}

describe("plain values are those of the JSON text", () => {
  it.each(fixtures())("$name", ({ schema, data, options }) => {
    check(schema, data, options);
  });

  it.each(corpusRows("buffer", "size-prefixed").filter(({ golden }) => golden.json))("corpus: $name", (row) => {
    const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
    check(corpusSchema(row.schemaFull), readBytes(row.data), options);
  });
});

describe("what toObject gives", () => {
  const names = fixtureSchema("names/names.full.bfbs");

  it("has no prototype, so that no name means anything", () => {
    const value = toObject<Record<string, unknown>>(names, fixtureBytes("names/all.bin"));
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
