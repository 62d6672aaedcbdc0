import { describe, expect, it } from "vitest";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { type CheckFlexOptions, checkFlexBuffer } from "../../src/flexbuffers/check.js";
import { FlatbufferError, isFlatbufferError } from "../../src/wire/error.js";
import { View } from "../../src/wire/view.js";
import { budgetFor, bytesOf, codeOf, eventsOf } from "./events.js";

type Fault = [code: string, byte: number];

/** Both profiles say the same. */
const both: [what: string, hex: string, fault: Fault | undefined][] = [
  ["an empty vector, whose offset is 0", "00 | 00 28 01", undefined],
  ["an empty map, whose keys offset is 0", "00 | 00 01 00 | 00 24 01", undefined],
  ["an empty blob, whose offset is 0", "00 | 00 64 01", undefined],
  ["nothing", "", ["flexbuffer-invalid", 0]],
  ["two bytes", "04 01", ["flexbuffer-invalid", 0]],
  ["a root of 3 bytes", "00 00 00 04 03", ["flexbuffer-invalid", 4]],
  ["a root of 0 bytes", "00 04 00", ["flexbuffer-invalid", 2]],
  ["a root that is wider than the buffer", "01 04 04", ["flexbuffer-invalid", 2]],
  ["type 27", "00 | 01 6c 01", ["flexbuffer-invalid", 1]],
  ["type 35", "00 | 01 8c 01", ["flexbuffer-invalid", 1]],
  ["type 37", "00 | 01 94 01", ["flexbuffer-invalid", 1]],
  ["type 63", "00 | 01 fc 01", ["flexbuffer-invalid", 1]],
  ["an offset that leads before the start", "00 | 02 28 01", ["flexbuffer-invalid", 1]],
  ["an offset of 2^64 - 1", "ffffffffffffffff 28 08", ["flexbuffer-invalid", 0]],
  ["a misaligned target", "00 00 00 | 02 15 01", ["flexbuffer-invalid", 3]],
  ["a length before the start", "00 | 01 28 01", ["flexbuffer-invalid", -1]],
  ["a typed vector that is longer than the buffer", "ff 00 | 01 2c 01", ["flexbuffer-invalid", 1]],
  ["a string of 2^63 bytes", "0000000000000080 00 | 01 17 01", ["flexbuffer-invalid", 8]],
  ["a vector of 2^61 elements of 8 bytes", "0000000000000020 0000000000000000 | 08 2b 01", ["flexbuffer-invalid", 8]],
  ["an untyped vector with types beyond the end", "05 01 02 03 04 05 | 05 28 01", ["flexbuffer-invalid", 1]],
  ["a key without its NUL", "61 | 01 10 01", ["flexbuffer-invalid", 0]],
  ["a key in a typed vector without its NUL", "61 01 02 | 01 38 01", ["flexbuffer-invalid", 0]],
  ["a map without room for its keys", "00 | 00 24 01", ["flexbuffer-invalid", -2]],
  ["more keys than there are bytes", "6100 ff03 | 010101 01 04 | 02 24 01", ["flexbuffer-invalid", 3]],
  ["a string whose NUL is beyond the end", "04 61 | 01 14 01", ["flexbuffer-invalid", 1]],
  ["keys of 3 bytes", "6100 0103 | 010301 01 04 | 02 24 01", ["flexbuffer-invalid", 5]],
];

/** The native verifier takes these, and readers get on with them. */
const strictOnly: [what: string, hex: string, fault: Fault][] = [
  ["a string without its NUL", "01 61 62 | 02 14 01", ["flexbuffer-invalid", 2]],
  ["a string that reaches over its own offset", "02 61 00 | 02 14 01", ["flexbuffer-invalid", 3]],
  ["a vector whose last type is its own offset", "03 01 02 03 04 04 | 05 28 01", ["flexbuffer-invalid", 6]],
  ["a key that ends in its own offset", "61 | 0100 10 02", ["flexbuffer-invalid", 1]],
  ["a number that is its own offset", "00 18 01", ["flexbuffer-invalid", 0]],
  ["a map with fewer keys than values", "6100 0003 | 010101 01 04 | 02 24 01", ["flexbuffer-invalid", 7]],
  ["a map with more keys than values", "6100 020304 | 020100 | 00 24 01", ["flexbuffer-invalid", 8]],
  ["keys that reach over the offset to them", "6100 0203 | 010102 0100 0404 | 04 24 01", ["flexbuffer-invalid", 4]],
  ["a key width of 257", "6100 0103 | 0100 0101 0100 2c01 05 | 03 25 01", ["flexbuffer-invalid", 6]],
  ["misaligned keys", "00 6100 0100 0400 | 020201 01 04 | 02 24 01", ["flexbuffer-invalid", 7]],
  ["a float of 1 byte", "05 0c 01", ["flexbuffer-invalid", 0]],
  ["a float of 2 bytes", "003c 0d 02", ["flexbuffer-invalid", 0]],
  ["a float of 2 bytes out of line", "003c | 02 21 01", ["flexbuffer-invalid", 0]],
  ["a vector of floats of 1 byte", "0105 | 01 34 01", ["flexbuffer-invalid", 1]],
  ["a tuple of floats of 2 bytes", "003c003c | 04 49 01", ["flexbuffer-invalid", 0]],
  ["a string that is no UTF-8", "01 ff 00 | 02 14 01", ["invalid-utf8", 1]],
  ["a key that is no UTF-8", "6180 00 | 03 10 01", ["invalid-utf8", 1]],
];

describe("checkFlexBuffer", () => {
  it.each(both)("in both profiles takes or refuses %s", (_what, hex, fault) => {
    expect(faultOf(hex, { profile: "native" })).toEqual(fault);
    expect(faultOf(hex)).toEqual(fault);
    if (fault === undefined) expect(codeOf(() => eventsOf(bytesOf(hex)))).toBe("ok");
  });

  it.each(strictOnly)("in strict refuses %s, which native takes and readers bear", (_what, hex, fault) => {
    expect(faultOf(hex, { profile: "native" })).toBeUndefined();
    expect(faultOf(hex)).toEqual(fault);
    expect(codeOf(() => eventsOf(bytesOf(hex)))).toBe("ok");
  });

  it("takes no number that is the whole buffer, as the native verifier takes no range that is", () => {
    expect(faultOf("00 | 01 1a 01", { profile: "native" })).toEqual(["flexbuffer-invalid", 0]);
    expect(faultOf("00 | 01 1a 01")).toEqual(["flexbuffer-invalid", 1]);
  });

  it("looks at UTF-8 as told, whatever the profile", () => {
    const hex = "01 ff 00 | 02 14 01";
    expect(faultOf(hex, { utf8: false })).toBeUndefined();
    expect(faultOf(hex, { profile: "native", utf8: true })).toEqual(["invalid-utf8", 1]);
  });

  it("finds no end in a vector that is its own element: strict sees the offset, native the depth", () => {
    const hex = "01 00 28 | 02 28 01";
    expect(faultOf(hex)).toEqual(["flexbuffer-invalid", 1]);
    expect(faultOf(hex, { profile: "native" })?.[0]).toBe("depth-limit");
  });

  it("takes every type that a builder writes, and tells how high the value is", () => {
    expect(heightOf((builder) => builder.int(1))).toBe(0);
    expect(heightOf(everything)).toBe(2);
  });

  it("names the place and the byte, in the view's own positions", () => {
    const builder = new FlexBuilder();
    builder.startMap();
    builder.key("list");
    builder.startVector();
    builder.int(1);
    builder.startMap();
    builder.key("two words");
    builder.string("xyz");
    builder.endMap();
    builder.endVector();
    builder.endMap();
    const inner = builder.finish();
    const text = Buffer.from(inner).indexOf("xyz");
    inner[text] = 0xff;
    const outer = new Uint8Array(inner.length + 10).fill(0xa5);
    outer.set(inner, 7);
    const window = { view: View.on(outer), start: 7, end: 7 + inner.length, path: "root.extra" };
    const error = thrownBy(() => checkFlexBuffer(window, budgetFor(inner.length)));
    expect(error.code).toBe("invalid-utf8");
    expect(error.path).toBe('root.extra.list[1]["two words"]');
    expect(error.offset).toBe(7 + text);
    expect(error.message).toContain("0xff");
  });

  it("refuses a window that is not inside the view", () => {
    const view = View.on(bytesOf("00 | 00 28 01"));
    expect(codeOf(() => checkFlexBuffer({ view, start: 0, end: 5 }, budgetFor(5)))).toBe("out-of-range");
    expect(codeOf(() => checkFlexBuffer({ view, start: -1, end: 4 }, budgetFor(5)))).toBe("out-of-range");
    expect(codeOf(() => checkFlexBuffer({ view, start: 4, end: 0 }, budgetFor(5)))).toBe("out-of-range");
  });
});

function everything(builder: FlexBuilder): void {
  builder.startMap();
  builder.key("ints");
  builder.startVector();
  for (const value of [1, 300, -70000, 2n ** 62n]) builder.int(value);
  builder.endVector("typed");
  builder.key("uints");
  builder.startVector();
  for (const value of [1, 2, 3]) builder.uint(value);
  builder.endVector("tuple");
  builder.key("floats");
  builder.startVector();
  for (const value of [0.5, 0.1]) builder.float(value);
  builder.endVector("typed");
  builder.key("bools");
  builder.startVector();
  for (const value of [true, false]) builder.bool(value);
  builder.endVector("typed");
  builder.key("keys");
  builder.startVector();
  for (const value of ["a", "ints"]) builder.keyValue(value);
  builder.endVector("typed");
  builder.key("indirect");
  builder.startVector();
  builder.indirectInt(-5);
  builder.indirectUint(2n ** 64n - 1n);
  builder.indirectFloat(0.1);
  builder.endVector();
  builder.key("blob");
  builder.blob(Uint8Array.of(0, 255));
  builder.key("key");
  builder.keyValue("blob");
  builder.key("none");
  builder.null();
  builder.endMap();
}

function heightOf(push: (builder: FlexBuilder) => void): number {
  const builder = new FlexBuilder();
  push(builder);
  const bytes = builder.finish();
  const window = { view: View.on(bytes), start: 0, end: bytes.length };
  const height = checkFlexBuffer(window, budgetFor(bytes.length));
  expect(checkFlexBuffer(window, budgetFor(bytes.length), { profile: "native" })).toBe(height);
  return height;
}

function faultOf(hex: string, options?: CheckFlexOptions): Fault | undefined {
  const bytes = bytesOf(hex);
  try {
    checkFlexBuffer({ view: View.on(bytes), start: 0, end: bytes.length }, budgetFor(bytes.length), options);
    return undefined;
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return [error.code, error.offset!];
  }
}

function thrownBy(run: () => unknown): FlatbufferError {
  try {
    run();
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
