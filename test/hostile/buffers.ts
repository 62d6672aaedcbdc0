import type { FlatbufferErrorCode, VerifyOptions } from "../../src/index.js";
import { type BufferWords, fb, words } from "../support/fb.js";

/**
 * A buffer that is honest but for one thing. `make(false)` passes every check, `make(true)` fails only the one named;
 * `at` is the label of the word that the issue must point to.
 */
export interface HostileBuffer {
  readonly code: FlatbufferErrorCode;
  readonly what: string;
  readonly make: (bad: boolean) => BufferWords;
  readonly path: string;
  readonly at?: string;
  readonly options?: VerifyOptions;
  /** What the native profile says of the bad one. */
  readonly native: "accept" | "reject";
}

/** A root with one field of 4 bytes that leads to `value`. */
function rootWith(field: string): BufferWords {
  return fb()
    .vtable("Root", 8, { [field]: 4 })
    .table("root")
    .label("place")
    .to("value")
    .label("value");
}

const SIXTEEN = "0123456789abcdef";

export const hostileBuffers: readonly HostileBuffer[] = [
  {
    code: "buffer-too-short",
    what: "eleven bytes",
    make: (bad) =>
      words()
        .u32(8)
        .u16(4, 4)
        .u8(4, 0, 0, ...(bad ? [] : [0])),
    path: "root",
    native: "reject",
    options: { identifier: "ignore" },
  },
  {
    code: "wrong-identifier",
    what: "another schema's identifier",
    make: (bad) =>
      words()
        .to("root")
        .label("id")
        .ascii(bad ? "TSOH" : "HOST")
        .vtable("Root", 4, {})
        .table("root"),
    path: "root",
    at: "id",
    native: "reject",
  },
  {
    code: "size-prefix-unexpected",
    what: "a size prefix that nobody mentioned",
    make: (bad) => {
      const body = fb().vtable("Root", 4, {}).table("root").build();
      return (bad ? words().u32(body.length) : words()).u8(...body);
    },
    path: "root",
    native: "reject",
  },
  {
    code: "size-prefix-out-of-range",
    what: "a size prefix larger than what follows",
    make: (bad) =>
      words()
        .u32(bad ? 17 : 16)
        .to("root")
        .ascii("HOST")
        .vtable("Root", 4, {})
        .table("root"),
    path: "root",
    options: { sizePrefixed: true },
    native: "reject",
  },
  {
    code: "root-out-of-range",
    what: "a root offset beyond the end",
    make: (bad) =>
      words()
        .u32(bad ? 0x7fffffff : 12)
        .ascii("HOST")
        .u16(4, 4)
        .u32(4),
    path: "root",
    native: "reject",
  },
  {
    code: "root-out-of-range",
    what: "a root offset of zero",
    make: (bad) =>
      words()
        .u32(bad ? 0 : 12)
        .ascii("HOST")
        .u16(4, 4)
        .u32(4),
    path: "root",
    native: "reject",
  },
  {
    code: "uoffset-zero",
    what: "an offset that points to itself",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { text: 4 })
        .table("root")
        .label("place")
        .u32(bad ? 0 : 4)
        .text("x"),
    path: "root.text",
    at: "place",
    native: "reject",
  },
  {
    code: "uoffset-out-of-range",
    what: "an offset beyond the end",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { text: 4 })
        .table("root")
        .label("place")
        .u32(bad ? 4000 : 4)
        .text("x"),
    path: "root.text",
    at: "place",
    native: "reject",
  },
  {
    code: "uoffset-out-of-range",
    what: "an offset in the negative half",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { text: 4 })
        .table("root")
        .label("place")
        .u32(bad ? 0x80000004 : 4)
        .text("x"),
    path: "root.text",
    at: "place",
    native: "reject",
  },
  {
    code: "soffset-out-of-range",
    what: "a vtable before the buffer",
    make: (bad) =>
      words()
        .u32(12)
        .ascii("HOST")
        .u16(4, 4)
        .label("table")
        .u32(bad ? 400 : 4),
    path: "root",
    at: "table",
    native: "reject",
  },
  {
    code: "soffset-out-of-range",
    what: "a vtable behind the buffer",
    make: (bad) =>
      words()
        .u32(8)
        .ascii("HOST")
        .label("table")
        .u32(bad ? -400 : -4)
        .u16(4, 4),
    path: "root",
    at: "table",
    native: "reject",
  },
  {
    code: "vtable-misaligned",
    what: "a vtable at an odd position",
    make: (bad) =>
      words()
        .u32(20)
        .ascii("HOST")
        .u16(4, 4)
        .u8(0, 4, 0, 4, 0)
        .u8(0, 0, 0)
        .label("table")
        .u32(bad ? 7 : 12)
        .u32(0),
    path: "root",
    at: "table",
    native: "reject",
  },
  {
    code: "vtable-size-odd",
    what: "a vtable of five bytes",
    make: (bad) =>
      words()
        .u32(16)
        .ascii("HOST")
        .label("vtable")
        .u16(bad ? 5 : 6, 4, 0, 0)
        .u32(8),
    path: "root",
    at: "vtable",
    native: "reject",
  },
  {
    code: "vtable-too-short",
    what: "a vtable without its two sizes",
    make: (bad) =>
      words()
        .u32(12)
        .ascii("HOST")
        .label("vtable")
        .u16(bad ? 2 : 4, 4)
        .u32(4),
    path: "root",
    at: "vtable",
    native: "accept",
  },
  {
    code: "vtable-out-of-range",
    what: "a vtable that ends behind the buffer",
    make: (bad) =>
      words()
        .u32(8)
        .ascii("HOST")
        .u32(-4)
        .label("vtable")
        .u16(bad ? 6 : 4, 4),
    path: "root",
    at: "vtable",
    native: "reject",
  },
  {
    code: "table-misaligned",
    what: "a table at an odd position",
    make: (bad) =>
      words()
        .u32(bad ? 14 : 16)
        .ascii("HOST")
        .u16(4, 4, 0)
        .u8(...(bad ? [6, 0, 0, 0, 0, 0] : [0, 0, 8, 0, 0, 0])),
    path: "root",
    native: "reject",
  },
  {
    code: "table-size-out-of-range",
    what: "a table larger than what is left",
    make: (bad) =>
      fb()
        .vtable("Root", bad ? 8 : 4, {})
        .table("root"),
    path: "root",
    native: "accept",
  },
  {
    code: "field-out-of-range",
    what: "a field beyond its table",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { number: bad ? 8 : 4 })
        .table("root")
        .u32(7, 7),
    path: "root.number",
    native: "accept",
  },
  {
    code: "field-out-of-range",
    what: "an unknown field beyond its table",
    make: (bad) =>
      fb()
        .label("vtable")
        .u16(4 + 2 * 33, 8, ...new Array<number>(32).fill(0), bad ? 8 : 4, 0)
        .table("root")
        .u32(7),
    path: "root",
    native: "accept",
  },
  {
    code: "field-overlaps-soffset",
    what: "a field on the table's own offset",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { number: bad ? 2 : 4 })
        .table("root")
        .u32(7),
    path: "root.number",
    native: "reject",
  },
  {
    code: "field-overlaps-soffset",
    what: "a byte on the table's own offset",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { flag: bad ? 3 : 4 })
        .table("root")
        .u32(1),
    path: "root.flag",
    native: "accept",
  },
  {
    code: "field-misaligned",
    what: "an int at an odd position",
    make: (bad) =>
      fb()
        .vtable("Root", 12, { number: bad ? 5 : 4 })
        .table("root")
        .u32(7, 7),
    path: "root.number",
    native: "reject",
  },
  {
    code: "field-misaligned",
    what: "a struct aligned to 4 where 8 is due",
    make: (bad) => {
      const buffer = fb().vtable("Root", 24, { point: bad ? 4 : 8 });
      while (buffer.pos % 8 !== 0) buffer.u32(0);
      return buffer.table("root").u32(0, 0, 0, 0, 0);
    },
    path: "root.point",
    native: "reject",
  },
  {
    code: "missing-required",
    what: "a table without its required fields",
    make: (bad) => mustBuffer(bad ? "text" : undefined),
    path: "root.must.text",
    native: "reject",
  },
  ...["ints", "leaf", "point", "any", "names"].map(
    (field): HostileBuffer => ({
      code: "missing-required",
      what: `a table without its required ${field}`,
      make: (bad) => mustBuffer(bad ? field : undefined),
      path: `root.must.${field}`,
      native: "reject",
    }),
  ),
  {
    code: "string-out-of-range",
    what: "a string longer than the buffer",
    make: (bad) =>
      rootWith("text")
        .u32(bad ? 1000 : 3)
        .ascii("abc")
        .u8(0),
    path: "root.text",
    at: "value",
    native: "reject",
  },
  {
    code: "string-out-of-range",
    what: "a string whose length lies behind the buffer",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { text: 4 })
        .table("root")
        .u32(bad ? 10 : 4)
        .u32(1)
        .u8(65, 0, 0, 0),
    path: "root.text",
    native: "reject",
  },
  {
    code: "string-misaligned",
    what: "a string at an odd position",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { text: 4 })
        .table("root")
        .u32(bad ? 5 : 4)
        .u8(...(bad ? [9] : []), 1, 0, 0, 0, 65, 0, 0, 0),
    path: "root.text",
    native: "reject",
  },
  {
    code: "string-unterminated",
    what: "a string without its zero byte",
    make: (bad) =>
      rootWith("text")
        .u32(3)
        .ascii("abc")
        .label("nul")
        .u8(bad ? 65 : 0),
    path: "root.text",
    at: "nul",
    native: "reject",
  },
  {
    code: "string-unterminated",
    what: "a string that ends with the buffer",
    make: (bad) =>
      rootWith("text")
        .u32(4)
        .ascii("abcd")
        .label("nul")
        .u8(...(bad ? [] : [0])),
    path: "root.text",
    at: "nul",
    native: "reject",
  },
  {
    code: "invalid-utf8",
    what: "a byte that starts nothing",
    make: (bad) =>
      rootWith("text")
        .u32(3)
        .ascii("ab")
        .label("byte")
        .u8(bad ? 0xff : 99, 0),
    path: "root.text",
    at: "byte",
    native: "accept",
  },
  {
    code: "vector-out-of-range",
    what: "a vector longer than the buffer",
    make: (bad) =>
      rootWith("ints")
        .u32(bad ? 0x40000001 : 1)
        .u32(7),
    path: "root.ints",
    at: "value",
    native: "reject",
  },
  {
    code: "vector-misaligned",
    what: "a vector at an odd position",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { bytes: 4 })
        .table("root")
        .u32(bad ? 6 : 4)
        .u8(...(bad ? [9, 9] : []), 1, 0, 0, 0, 65, 0, 0, 0),
    path: "root.bytes",
    native: "reject",
  },
  {
    code: "element-misaligned",
    what: "longs aligned to 4",
    make: (bad) => {
      const buffer = rootWithAligned("longs", bad ? 0 : 4);
      return buffer.u32(1).label("elements").u64(1n).u32(0);
    },
    path: "root.longs",
    at: "elements",
    native: "accept",
  },
  {
    code: "element-misaligned",
    what: "structs aligned to 4",
    make: (bad) =>
      rootWithAligned("points", bad ? 0 : 4)
        .u32(1)
        .label("elements")
        .u32(0, 0, 0, 0, 0),
    path: "root.points",
    at: "elements",
    native: "accept",
  },
  {
    code: "struct-out-of-range",
    what: "a struct in a union that ends behind the buffer",
    make: (bad) => unionBuffer(5, 0).u64(1n, ...(bad ? [] : [2n])),
    path: "root.any<Point>",
    at: "value",
    native: "reject",
  },
  {
    code: "struct-misaligned",
    what: "a struct in a union aligned to 4",
    make: (bad) => unionBuffer(5, bad ? 4 : 0).u64(1n, 2n),
    path: "root.any<Point>",
    at: "value",
    native: "reject",
  },
  {
    code: "union-value-without-type",
    what: "a union value of type NONE",
    make: (bad) => unionBuffer(bad ? 0 : 9, 0).text("text"),
    path: "root.any",
    at: "place",
    native: "accept",
  },
  {
    code: "union-value-without-type",
    what: "a union value whose type is absent",
    make: (bad) =>
      fb()
        .vtable("Root", 12, bad ? { any: 4 } : { any: 4, any_type: 8 })
        .table("root")
        .label("place")
        .u32(8)
        .u8(9, 0, 0, 0)
        .text("text"),
    path: "root.any",
    at: "place",
    native: "accept",
  },
  {
    code: "union-value-without-type",
    what: "an element of type NONE with a value",
    make: (bad) => unionVector([9, bad ? 0 : 9], 2),
    path: "root.anys[1]",
    native: "accept",
  },
  {
    code: "unknown-union-type",
    what: "a union type between the known ones",
    make: (bad) => unionBuffer(bad ? 4 : 9, 0).text("text"),
    path: "root.any",
    at: "type",
    options: { unknownUnions: "reject" },
    native: "reject",
  },
  {
    code: "union-types-without-values",
    what: "types of a vector of unions, but no values",
    make: (bad) =>
      fb()
        .vtable("Root", 12, bad ? { anys_type: 4 } : { anys_type: 4, anys: 8 })
        .table("root")
        .u32(8, 12)
        .u32(0, 0, 0),
    path: "root.anys",
    native: "reject",
  },
  {
    code: "union-values-without-types",
    what: "values of a vector of unions, but no types",
    make: (bad) =>
      fb()
        .vtable("Root", 12, bad ? { anys: 8 } : { anys_type: 4, anys: 8 })
        .table("root")
        .u32(8, 12)
        .u32(0, 0, 0),
    path: "root.anys",
    native: "reject",
  },
  {
    code: "union-lengths-differ",
    what: "more types than values",
    make: (bad) => unionVector([9, 9], bad ? 1 : 2),
    path: "root.anys",
    native: "reject",
  },
  {
    code: "nested-too-short",
    what: "a nested buffer of eleven bytes",
    make: (bad) =>
      rootWith("nested")
        .u32(bad ? 11 : 12)
        .u32(8)
        .u16(4, 4)
        .u32(4),
    path: "root.nested",
    native: "reject",
  },
  {
    code: "soffset-out-of-range",
    what: "a nested buffer whose vtable lies outside it",
    make: (bad) =>
      rootWith("nested")
        .u32(12)
        .u32(8)
        .u16(4, 4)
        .u32(bad ? 28 : 4),
    path: "root.nested",
    native: "reject",
  },
  {
    code: "flexbuffer-invalid",
    what: "a FlexBuffer whose root leads before its start",
    make: (bad) =>
      rootWith("flex")
        .u32(6)
        .u8(1, 0, 7, bad ? 200 : 1, 0x28, 1),
    path: "root.flex",
    native: "reject",
  },
  {
    code: "depth-limit",
    what: "a chain of 65 tables",
    make: (bad) => chain(bad ? 65 : 64),
    path: `root${".child".repeat(64)}`,
    native: "reject",
  },
  {
    code: "visit-limit",
    what: "more offsets than allowed",
    make: (bad) => names(bad ? 9 : 8),
    path: "root.names[8]",
    options: { limits: { maxVisits: 10 } },
    native: "reject",
  },
  {
    code: "apparent-size-limit",
    what: "one string shown too often",
    make: (bad) => names(bad ? 9 : 8),
    path: "root.names[8]",
    options: { limits: { maxApparentBytes: 250 } },
    native: "reject",
  },
];

/** A root with a union of this type; its value follows, aligned to 8, or `shift` bytes behind that. */
function unionBuffer(tag: number, shift: number): BufferWords {
  const buffer = fb()
    .vtable("Root", 12, { any: 4, any_type: 8 })
    .table("root")
    .label("place")
    .to("value")
    .label("type")
    .u8(tag, 0, 0, 0)
    .align(8);
  return buffer.u8(...new Array<number>(shift).fill(0)).label("value");
}

/** A root with a vector of unions: these types, and so many strings as values. */
function unionVector(types: number[], count: number): BufferWords {
  const buffer = fb().vtable("Root", 12, { anys_type: 4, anys: 8 }).table("root").to("types").to("values");
  buffer
    .label("types")
    .u32(types.length)
    .u8(...types)
    .align(4)
    .label("values")
    .u32(count);
  for (let index = 0; index < count; index++) buffer.to("text");
  return buffer.label("text").text("text");
}

/** A root with a vector field whose length word lies at a multiple of 8, plus `shift`. */
function rootWithAligned(field: string, shift: number): BufferWords {
  const buffer = fb()
    .vtable("Root", 8, { [field]: 4 })
    .table("root")
    .to("value")
    .align(8);
  return buffer.u8(...new Array<number>(shift).fill(0)).label("value");
}

/** A root whose `must` has all its required fields but one. */
function mustBuffer(missing: string | undefined): BufferWords {
  const places: Record<string, number> = { text: 4, ints: 8, leaf: 12, point: 24, any: 16, any_type: 40, names: 20 };
  if (missing !== undefined) delete places[missing];
  if (missing === "any") delete places["any_type"];
  const buffer = fb().vtable("Root", 8, { must: 4 }, "rootVtable").table("root", "rootVtable").to("must");
  buffer.vtable("Must", 44, places).vtable("Leaf", 4, {}, "leafVtable").align(8);
  buffer.table("must").to("text").to("ints").to("leaf").to("leaf").to("names").u32(1, 0, 2, 0).u8(1, 0, 0, 0);
  buffer.label("text").text("text").label("ints").u32(0).label("names").u32(0);
  return buffer.table("leaf", "leafVtable");
}

/** A chain of so many tables. */
function chain(length: number): BufferWords {
  const buffer = fb().vtable("Root", 8, { child: 4 }).vtable("Root", 8, {}, "last");
  for (let index = 1; index < length; index++) buffer.table(index === 1 ? "root" : `t${index}`).to(`t${index + 1}`);
  return buffer.table(`t${length}`, "last").u32(0);
}

/** A root with a vector of so many references to one string of 16 bytes. */
function names(count: number): BufferWords {
  const buffer = rootWith("names").u32(count);
  for (let index = 0; index < count; index++) buffer.to("name");
  return buffer.label("name").text(SIXTEEN);
}
