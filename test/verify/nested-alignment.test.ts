import { describe, expect, it } from "vitest";
import { parseSchema, verify } from "../../src/index.js";
import { type BufferWords, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

const schema = parseSchema(`
  struct S (force_align: 16) { a: long; b: long; } union U { S }
  table In { s: S; v: [S]; u: U; }
  table Wide { n: [ubyte] (vector64, nested_flatbuffer: "In"); w: U; }
  table R { n: [ubyte] (nested_flatbuffer: "In"); w: U; } root_type R;`);

/** Told of every outer buffer here, so that the full walk looks at it. */
const NOTED = "union-type-without-value root.w 20";

/** A buffer that holds `inner` from position 28, where no multiple of 16 inside is one outside. */
function outer(inner: Uint8Array): Uint8Array {
  const buffer = words().to("root").label("vtable").u16(8, 12, 4, 8).table("root").to("n").u8(1, 0, 0, 0);
  return buffer
    .label("n")
    .u32(inner.length)
    .u8(...inner)
    .build();
}

/** The same behind a length of 64 bits. */
function wideOuter(inner: Uint8Array): Uint8Array {
  const buffer = words().to("root").label("vtable").u16(8, 16, 8, 4).u32(0).table("root").u8(1, 0, 0, 0).farTo("n");
  return buffer
    .label("n")
    .u64(BigInt(inner.length))
    .u8(...inner)
    .build();
}

function fill(buffer: BufferWords, pos: number): BufferWords {
  while (buffer.pos < pos) buffer.u32(0);
  return buffer;
}

/** Inner buffers whose struct or elements lie at `place`. */
const PARTS: Record<string, (place: number) => Uint8Array> = {
  // The table lies 12 bytes before its struct: on a multiple of 4 only.
  s: (place) => {
    const buffer = fill(words().to("root").label("vtable").u16(6, 28, 12).align(4), place - 12);
    return buffer.table("root").u32(0, 0).u64(1n, 2n).build();
  },
  v: (place) => {
    const buffer = words().to("root").label("vtable").u16(8, 8, 0, 4).table("root").to("v");
    return fill(buffer, place - 4)
      .label("v")
      .u32(1)
      .u64(1n, 2n)
      .build();
  },
  u: (place) => {
    const buffer = words().to("root").label("vtable").u16(12, 12, 0, 0, 8, 4).table("root").to("s").u8(1, 0, 0, 0);
    return fill(buffer, place).label("s").u64(1n, 2n).build();
  },
};

describe("alignment inside a nested buffer counts from that buffer's start", () => {
  it.each(["s", "v", "u"])("and what is a multiple of 16 there passes: %s", (part) => {
    expect(verdict(schema, outer(PARTS[part]!(32)))).toEqual([NOTED]);
  });

  it.each([
    ["s", "s", "field-misaligned", "a field lies at 40, which is no multiple of 16"],
    ["v", "v", "element-misaligned", "elements start at 40, which is no multiple of 16"],
    ["u", "u<S>", "struct-misaligned", "a struct lies at 40, which is no multiple of 16"],
  ])("and what isn't is refused, with its place there in words: %s", (part, field, code, message) => {
    const result = verify(schema, outer(PARTS[part]!(40)));
    expect(result).toMatchObject({
      issues: [{ code, path: `root.n.${field}`, offset: 68, message: `${message} (root.n.${field})` }],
    });
  });
});

describe("an empty vector", () => {
  it("has no elements to align", () => {
    const buffer = words().to("root").label("vtable").u16(8, 8, 0, 4).table("root").to("v").label("v").u32(0);
    expect(buffer.pos % 16).toBe(8);
    expect(verdict(schema, outer(buffer.build()))).toEqual([NOTED]);
  });
});

describe("a nested buffer behind a length of 64 bits", () => {
  it("starts behind it", () => {
    const inner = PARTS["s"]!(32);
    expect(verdict(schema, wideOuter(inner), { rootType: "Wide" })).toEqual([NOTED]);
    expect(verdict(schema, wideOuter(inner.fill(0, 0, 4)), { rootType: "Wide" })).toEqual(["uoffset-zero root.n 40"]);
  });
});
