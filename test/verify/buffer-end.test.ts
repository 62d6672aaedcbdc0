import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/index.js";
import { type BufferWords, fb, hostile, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

/*
 * Parts at the very end of a buffer, or one step beyond. Good ones hold a union with a type and no value besides: that
 * is worth a note, and a buffer with a note is looked at by the full walk, not only by the quick one.
 */

/** A root with one field of 4 bytes at 4 and the union's type at 8. */
function root(field: string): BufferWords {
  return fb()
    .vtable("Root", 12, { [field]: 4, any_type: 8 })
    .table("root")
    .to("target")
    .u8(1, 0, 0, 0);
}

const NOTED = /^union-type-without-value root\.any \d+$/;

describe("what ends with the buffer passes", () => {
  it.each([
    ["an empty vector of strings", root("names").label("target").u32(0)],
    ["an empty vector of tables", root("leaves").label("target").u32(0)],
    ["an empty vector of numbers", root("bytes").label("target").u32(0)],
    ["a vector of bytes", root("bytes").label("target").u32(3).u8(7, 8, 9)],
    ["a string's zero byte", root("text").label("target").u32(2).u8(0x61, 0x62, 0)],
  ])("%s", (_, buffer) => {
    expect(verdict(hostile, buffer.build())).toEqual([expect.stringMatching(NOTED)]);
  });

  const small = parseSchema("table A { } union U { A } table T { u: U; } root_type T;");

  it("a vtable", () => {
    const buffer = words().to("root").u32(0).table("root").u8(1, 0, 0, 0).label("vtable").u16(6, 8, 4);
    expect(verdict(small, buffer.build())).toEqual(["union-type-without-value root.u 12"]);
  });

  it("the one word of a vtable that the native profile needs", () => {
    const bytes = words().to("root").u32(0).table("root").label("vtable").u16(2).build();
    expect(bytes.length).toBe(14);
    expect(verdict(small, bytes, { profile: "native" })).toEqual([]);
    expect(verdict(small, bytes)).toEqual(["vtable-too-short root 12"]);
  });
});

describe("what starts too near to the end is told as one issue, at its own place", () => {
  it.each([
    ["a vector of strings", "names", "vector-out-of-range root.names"],
    ["a vector of tables", "leaves", "vector-out-of-range root.leaves"],
    ["a vector of bytes", "bytes", "vector-out-of-range root.bytes"],
    ["a string", "text", "string-out-of-range root.text"],
    ["a table", "child", "uoffset-out-of-range root.child"],
  ])("%s with half of its first word", (_, field, issue) => {
    const buffer = root(field).label("target").u8(0, 0);
    expect(verdict(hostile, buffer.build())).toEqual([`${issue} ${buffer.at("target")}`]);
  });

  it("a string with a length and no zero byte", () => {
    const buffer = root("text").label("target").u32(0);
    expect(verdict(hostile, buffer.build())).toEqual([`string-unterminated root.text ${buffer.pos}`]);
  });

  it("a vtable at the end itself", () => {
    const buffer = fb().table("root", "vtable").u32(0).label("vtable");
    expect(verdict(hostile, buffer.build())).toEqual([`soffset-out-of-range root ${buffer.at("root")}`]);
  });

  it.each(["text", "names", "bytes", "child"])("an offset of 4 bytes to the end itself, of %s", (field) => {
    const buffer = root(field).label("target");
    const place = buffer.at("root") + 4;
    expect(verdict(hostile, buffer.build())).toEqual([`uoffset-out-of-range root.${field} ${place}`]);
  });

  it.each(["far_text", "far_bytes"])("an offset of 8 bytes to the end itself, of %s", (field) => {
    const buffer = fb()
      .vtable("Root", 16, { [field]: 8 })
      .align(8)
      .table("root")
      .u32(0)
      .label("place")
      .farTo("target");
    const bytes = buffer.label("target").build();
    expect(verdict(hostile, bytes)).toEqual([`uoffset-out-of-range root.${field} ${buffer.at("place")}`]);
  });
});

describe("what starts with the buffer passes", () => {
  const plain = parseSchema("table T { a: int; } root_type T;");

  it("a vtable in the root offset, where the native profile asks for no table size", () => {
    const bytes = words().u32(8).u32(0).u32(8).build();
    expect(verdict(plain, bytes, { profile: "native" })).toEqual([]);
    expect(verdict(plain, bytes)).toEqual(["table-size-out-of-range root 2"]);
  });
});

describe("fields that only a newer schema knows", () => {
  const older = parseSchema("table A { } union U { A } table T { u: U; } root_type T;");
  const bytes = (entry: number) =>
    words().to("root").label("vtable").u16(10, 12, 4, 0, entry).align(4).table("root").u8(1, 0, 0, 0).u32(0).build();

  it.each([0, 4, 5, 11])("may be absent or start anywhere in their table: %i", (entry) => {
    expect(verdict(older, bytes(entry))).toEqual(["union-type-without-value root.u 20"]);
  });

  it.each([1, 3, 12, 0xffff])("may not start on the table's offset or behind the table: %i", (entry) => {
    expect(verdict(older, bytes(entry))).toEqual(["field-out-of-range root 12"]);
  });
});
