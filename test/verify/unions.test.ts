import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/index.js";
import { type BufferWords, fb, hostile, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

/** A root with a vector of unions: types that are to follow at `types`, and as many values, empty tables. */
function anys(count: number): BufferWords {
  const buffer = fb()
    .vtable("Root", 12, { anys_type: 4, anys: 8 }, "rootVtable")
    .vtable("Leaf", 4, {})
    .table("root", "rootVtable")
    .to("types")
    .to("values")
    .label("values")
    .u32(count);
  for (let index = 0; index < count; index++) buffer.to("leaf");
  return buffer.table("leaf");
}

describe("a vector of unions", () => {
  it.each([
    ["one more type than values, which ends the buffer", anys(2).label("types").u32(3).u8(1, 1, 1)],
    ["one type less, which ends the buffer", anys(2).label("types").u32(1).u8(1)],
    ["no types at the end of the buffer, but a value", anys(1).label("types").u32(0)],
  ])("needs a type for every value: %s", (_, buffer) => {
    expect(verdict(hostile, buffer.build())).toEqual([`union-lengths-differ root.anys ${buffer.at("values")}`]);
  });

  it.each([
    ["of which half a length is there", anys(1).label("types").u8(0, 0)],
    ["of which half a length is there, beside two values", anys(2).label("types").u8(0, 0)],
    ["of which the last is missing", anys(2).label("types").u32(4).u8(1, 1, 1)],
    ["which are more than there are bytes", anys(2).label("types").u32(9).u8(1, 1, 1)],
    ["which are more than any buffer holds", anys(2).label("types").u32(0xffffffff).u8(1, 1, 1)],
  ])("is told once when its types can't be read: types %s", (_, buffer) => {
    expect(verdict(hostile, buffer.build())).toEqual([`vector-out-of-range root.anys_type ${buffer.at("types")}`]);
  });

  it("is told for what is wrong with the offset to its types, and for nothing else", () => {
    const buffer = fb().vtable("Root", 12, { anys_type: 4, anys: 8 }).table("root").u32(0).to("values");
    const bytes = buffer.label("values").u32(0).build();
    expect(new Set(verdict(hostile, bytes).map((line) => line.split(" ")[0]))).toEqual(new Set(["uoffset-zero"]));
  });

  it("has an element of type NONE where its offset is 0, and no other", () => {
    const bytes = (offset: number) => {
      const buffer = fb().vtable("Root", 16, { any_type: 12, anys_type: 4, anys: 8 }).table("root");
      buffer.to("types").to("values").u8(1, 0, 0, 0);
      return buffer
        .label("types")
        .u32(1)
        .u8(0, 0, 0, 0)
        .label("values")
        .u32(1)
        .label("value")
        .u32(offset)
        .u32(0)
        .build();
    };
    expect(verdict(hostile, bytes(0))).toEqual([expect.stringMatching(/^union-type-without-value root\.any /)]);
    expect(verdict(hostile, bytes(4))).toEqual([expect.stringMatching(/^union-value-without-type root\.anys\[0\] /)]);
  });

  it("with types and no values is told so, though the types can't be read either", () => {
    const buffer = fb().vtable("Root", 8, { anys_type: 4 }).table("root").label("place").u32(0);
    expect(verdict(hostile, buffer.build())).toEqual([
      `uoffset-zero root.anys_type ${buffer.at("place")}`,
      `union-types-without-values root.anys ${buffer.at("place")}`,
    ]);
  });
});

describe("a union whose type lies beyond the buffer is told for the type alone", () => {
  it.each([
    ["any", "strict"],
    ["any", "native"],
    ["anys", "strict"],
    ["anys", "native"],
  ] as const)("%s, %s", (field, profile) => {
    const buffer = fb()
      .vtable("Root", 8, { [`${field}_type`]: 12, [field]: 4 })
      .table("root")
      .to("value");
    const bytes = buffer.label("value").u32(0).build();
    expect(bytes.length).toBe(buffer.at("root") + 12);
    const path = `root.${field}_type ${buffer.at("root")}`;
    expect(verdict(hostile, bytes, { profile })).toEqual([`field-out-of-range ${path}`]);
  });
});

describe("a union with the type of a struct and no value", () => {
  /** A table with a union's type, 1, and no value; its vtable ends behind the type when it's trimmed. */
  function lonely(isTrimmed: boolean): Uint8Array {
    const entries = isTrimmed ? [6, 8, 4] : [8, 8, 4, 0];
    return words()
      .to("root")
      .label("vtable")
      .u16(...entries)
      .align(4)
      .table("root")
      .u8(1, 0, 0, 0)
      .build();
  }
  const parse = (members: string, rest = "") =>
    parseSchema(`struct P { x: int; } table A { } union U { ${members} } table T { u: U${rest}; } root_type T;`);
  const place = (isTrimmed: boolean) => `root.u ${lonely(isTrimmed).length - 4}`;

  it.each([true, false])(
    "is refused by the native profile, also as the first member; vtable trimmed: %s",
    (isTrimmed) => {
      const native = (schema: ReturnType<typeof parse>) => verdict(schema, lonely(isTrimmed), { profile: "native" });
      expect(native(parse("P"))).toEqual([`struct-out-of-range ${place(isTrimmed)}`]);
      expect(native(parse("P, A"))).toEqual([`struct-out-of-range ${place(isTrimmed)}`]);
      expect(native(parse("A, P"))).toEqual([`union-type-without-value ${place(isTrimmed)}`]);
      expect(verdict(parse("P"), lonely(isTrimmed))).toEqual([`union-type-without-value ${place(isTrimmed)}`]);
    },
  );

  it.each([true, false])("is nothing to the native profile where it's deprecated; vtable trimmed: %s", (isTrimmed) => {
    const deprecated = parse("P, A", " (deprecated)");
    expect(verdict(deprecated, lonely(isTrimmed), { profile: "native" })).toEqual([]);
    expect(verdict(deprecated, lonely(isTrimmed))).toEqual([`union-type-without-value ${place(isTrimmed)}`]);
  });
});
