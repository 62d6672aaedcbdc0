import { describe, expect, it } from "vitest";
import { fieldReader, fromJSON, parseSchema, read, toObject } from "../../src/index.js";
import { words } from "../support/fb.js";

interface Values {
  readonly values: number[];
}

describe("a table with a struct of 8,000 bytes", () => {
  const schema = parseSchema(
    "struct Big { values: [double:1000]; } table Root { before: int; big: Big; after: double; } root_type Root;",
  );
  const values = Array.from({ length: 1000 }, (_, index) => index + 0.5);
  const bytes = fromJSON(schema, JSON.stringify({ before: 7, big: { values }, after: 4.5 }));

  it("is read whole through views", () => {
    const root = read(schema, bytes);
    const big = root.get("big") as { get(name: string): { length: number; at(index: number): number } };
    expect([root.get("before"), root.get("after"), big.get("values").length]).toEqual([7, 4.5, 1000]);
    expect([big.get("values").at(0), big.get("values").at(-1)]).toEqual([0.5, 999.5]);
  });

  it("is read whole as plain values", () => {
    expect(toObject<{ big: Values }>(schema, bytes).big.values).toEqual(values);
  });
});

describe("fields stored 32,768 bytes and more behind the start of their table", () => {
  const schema = parseSchema(
    "struct Huge { values: [double:5555]; } table Root { huge: Huge; after: double; word: string; } root_type Root;",
  );
  const voffset = 4 + 5555 * 8 + 4;
  // By hand, so that the fields certainly lie behind the struct: root offset, vtable, table.
  const head = words()
    .u32(16)
    .u16(10, voffset + 12, 8, voffset, voffset + 8)
    .u16(0);
  const bytes = new Uint8Array(16 + voffset + 12 + 4 + 8);
  const data = new DataView(bytes.buffer);
  bytes.set(head.build());
  data.setInt32(16, 16 - 4, true);
  data.setFloat64(16 + 8 + 5554 * 8, 1.25, true);
  data.setFloat64(16 + voffset, 4.5, true);
  data.setUint32(16 + voffset + 8, 4, true);
  data.setUint32(16 + voffset + 12, 2, true);
  bytes.set([0x68, 0x69], 16 + voffset + 16);

  it("stand in the vtable as numbers without sign", () => expect(voffset).toBeGreaterThan(32_768));

  it("are read by views, field readers and toObject", () => {
    const root = read(schema, bytes);
    const last = (root.get("huge") as { get(name: string): { at(index: number): number } }).get("values").at(-1);
    expect([root.get("after"), root.get("word"), last]).toEqual([4.5, "hi", 1.25]);
    expect(fieldReader<number>(schema, "Root", "after")(root)).toBe(4.5);
    expect(toObject(schema, bytes)).toMatchObject({ after: 4.5, word: "hi" });
  });

  it("are set in place", () => {
    const copy = bytes.slice();
    expect(read(schema, copy).set("after", -2)).toBe(true);
    expect(read(schema, copy).get("after")).toBe(-2);
  });
});
