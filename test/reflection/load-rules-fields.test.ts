import { describe, expect, it } from "vitest";
import { BaseType } from "../../src/index.js";
import { type Draft, set } from "../hostile/schemas.js";
import { type Judged, PASSES, verdictOn } from "../support/refusal.js";

const MAX_ARRAY_BYTES = 2 ** 31;

function retype(path: string, type: Partial<ReturnType<Draft["field"]>["type"]>): (draft: Draft) => void {
  return (draft) => set(draft.field(path).type, type);
}

function change(path: string, changes: Partial<ReturnType<Draft["field"]>>): (draft: Draft) => void {
  return (draft) => set(draft.field(path), changes);
}

/** Makes the first field of a table one of another type, so that nothing stands before it. */
function first(baseType: BaseType, element: BaseType = BaseType.None): (draft: Draft) => void {
  return retype("Entry.key", { baseType, element, index: 0 });
}

const TWIN = 3;

/** A second union, equal to the first but for its name. */
function twinUnion(draft: Draft): void {
  draft.enums.push({ ...draft.enum("Any"), name: "Hostile.Twin", index: TWIN });
}

const arrays: readonly Judged[] = [
  [
    "one in a table",
    retype("Root.ints", { baseType: BaseType.Array, fixedLength: 3 }),
    "rule V9: Hostile.Root.ints is a fixed array outside a struct",
  ],
  ["one of one element", retype("Flags.colors", { fixedLength: 1 }), PASSES],
  [
    "one of no element",
    retype("Flags.colors", { fixedLength: 0 }),
    "rule V9: Hostile.Flags.colors is an array without elements",
  ],
  [
    "one of as many bytes as may be",
    retype("Flags.colors", { fixedLength: MAX_ARRAY_BYTES }),
    "rule V3: Hostile.Flags.at starts at 8, inside the field before it, which ends at 2147483649",
  ],
  [
    "one of a byte more",
    retype("Flags.colors", { fixedLength: MAX_ARRAY_BYTES + 1 }),
    "rule V9: Hostile.Flags.colors is an array of 2147483649 bytes",
  ],
  [
    "one of wide scalars, too large",
    retype("Point.y", { baseType: BaseType.Array, element: BaseType.Long, fixedLength: MAX_ARRAY_BYTES / 8 + 1 }),
    "rule V9: Hostile.Point.y is an array of 2147483656 bytes",
  ],
  [
    "one of structs, as large as may be",
    retype("Flags.at", { baseType: BaseType.Array, element: BaseType.Obj, fixedLength: MAX_ARRAY_BYTES / 16 }),
    "rule V3: Hostile.Flags has 24 bytes, but its fields end at 2147483656",
  ],
  [
    "one of structs, too large",
    retype("Flags.at", { baseType: BaseType.Array, element: BaseType.Obj, fixedLength: MAX_ARRAY_BYTES / 16 + 1 }),
    "rule V9: Hostile.Flags.at is an array of 2147483664 bytes",
  ],
  [
    "one of tables",
    retype("Flags.at", { baseType: BaseType.Array, element: BaseType.Obj, fixedLength: 1, index: 2 }),
    "rule V2: Hostile.Flags.at holds the table Hostile.Leaf where only structs can be",
  ],
  [
    "one of strings",
    retype("Flags.colors", { element: BaseType.String }),
    "rule V2: Hostile.Flags.colors has base type 13, which can't be in a array",
  ],
  [
    "one of unions",
    retype("Flags.colors", { element: BaseType.Union, index: 0 }),
    "rule V2: Hostile.Flags.colors has base type 16, which can't be in a array",
  ],
  [
    "a length without one",
    retype("Root.number", { fixedLength: 1 }),
    "rule V9: Hostile.Root.number has a fixed length, but is no array",
  ],
];

const NEITHER = "is in a struct, but neither scalar, struct nor array";

const places: readonly Judged[] = [
  ["a string in a struct", retype("Point.x", { baseType: BaseType.String }), `rule V2: Hostile.Point.x ${NEITHER}`],
  [
    "a vector in a struct",
    retype("Point.x", { baseType: BaseType.Vector, element: BaseType.Int }),
    `rule V2: Hostile.Point.x ${NEITHER}`,
  ],
  [
    "a 64-bit vector in a struct",
    retype("Point.x", { baseType: BaseType.Vector64, element: BaseType.Int }),
    `rule V2: Hostile.Point.x ${NEITHER}`,
  ],
  [
    "a union in a struct",
    retype("Point.x", { baseType: BaseType.Union, index: 0 }),
    `rule V2: Hostile.Point.x ${NEITHER}`,
  ],
  ["nothing in a struct", retype("Point.x", { baseType: BaseType.None }), `rule V2: Hostile.Point.x ${NEITHER}`],
  [
    "a table in a struct",
    retype("Flags.at", { index: 2 }),
    "rule V2: Hostile.Flags.at holds the table Hostile.Leaf where only structs can be",
  ],
  [
    "nothing in a table",
    retype("Root.number", { baseType: BaseType.None }),
    "rule V2: Hostile.Root.number has base type 0, which can't be in a table",
  ],
  [
    "a base type that nobody knows",
    retype("Root.number", { baseType: 19 as BaseType }),
    "rule V2: Hostile.Root.number has base type 19, which can't be in a table",
  ],
  [
    "an element type without elements",
    retype("Root.number", { element: BaseType.Int }),
    "rule V2: Hostile.Root.number has an element type, but no elements",
  ],
  [
    "a vector of nothing",
    retype("Root.ints", { element: BaseType.None }),
    "rule V2: Hostile.Root.ints has base type 0, which can't be in a vector",
  ],
  [
    "a vector of vectors",
    retype("Root.ints", { element: BaseType.Vector }),
    "rule V2: Hostile.Root.ints has base type 14, which can't be in a vector",
  ],
  [
    "a 64-bit vector of strings",
    retype("Root.far_bytes", { element: BaseType.String }),
    "rule V2: Hostile.Root.far_bytes has base type 13, which can't be in a vector64",
  ],
  [
    "a 64-bit vector of unions",
    retype("Root.far_bytes", { element: BaseType.Union, index: 0 }),
    "rule V2: Hostile.Root.far_bytes has base type 16, which can't be in a vector64",
  ],
  [
    "a 64-bit vector of tables",
    retype("Root.far_points", { index: 2 }),
    "rule V2: Hostile.Root.far_points holds the table Hostile.Leaf where only structs can be",
  ],
  ["a vector of tables", retype("Root.points", { index: 2 }), PASSES],
];

const indexes: readonly Judged[] = [
  ["the last object", retype("Root.leaf", { index: 7 }), PASSES],
  ["an object beyond the last", retype("Root.leaf", { index: 8 }), "rule V2: Hostile.Root.leaf names object 8 of 8"],
  ["no object", retype("Root.leaf", { index: -1 }), "rule V2: Hostile.Root.leaf names object -1 of 8"],
  ["the last enum", retype("Root.color", { index: 2 }), PASSES],
  ["no enum", retype("Root.color", { index: -1 }), PASSES],
  ["an enum beyond the last", retype("Root.color", { index: 3 }), "rule V2: Hostile.Root.color names enum 3 of 3"],
  [
    "an enum of another type",
    retype("Root.number", { index: 1 }),
    "rule V2: Hostile.Root.number names the enum Hostile.Color, which has another type",
  ],
  [
    "a union, by a field that is no tag",
    (d) => {
      set(d.enum("Any").underlyingType, { baseType: BaseType.UByte });
      set(d.field("Root.color").type, { index: 0 });
    },
    "rule V2: Hostile.Root.color names the enum Hostile.Any, which has another type",
  ],
  [
    "an enum, by a float",
    retype("Root.number", { baseType: BaseType.Float, index: 1 }),
    "rule V2: Hostile.Root.number is floating point, but names an enum",
  ],
  [
    "the enum of place 0, by a double",
    retype("Root.number", { baseType: BaseType.Double, index: 0 }),
    "rule V2: Hostile.Root.number is floating point, but names an enum",
  ],
  ["no enum, by a double", retype("Root.number", { baseType: BaseType.Double, index: -1 }), PASSES],
  [
    "an enum, by a union",
    retype("Root.any", { index: 1 }),
    "rule V2: Hostile.Root.any names enum 1, which is no union",
  ],
  [
    "nothing there is, by a union",
    retype("Root.any", { index: 99 }),
    "rule V2: Hostile.Root.any names enum 99, which is no union",
  ],
  [
    "an enum, by a union's type",
    retype("Root.any_type", { index: 1 }),
    "rule V2: Hostile.Root.any_type is a union's type, but enum 1 is no union",
  ],
  [
    "nothing there is, by a union's type",
    retype("Root.any_type", { index: -1 }),
    "rule V2: Hostile.Root.any_type is a union's type, but enum -1 is no union",
  ],
];

function unpaired(union: string): string {
  const name = union.slice(union.lastIndexOf(".") + 1);
  return `rule V7: Hostile.${union} is a union, but no field ${name}_type with its type stands before it`;
}

const unions: readonly Judged[] = [
  ["a union as the first field", first(BaseType.Union), unpaired("Entry.key")],
  ["a vector of unions as the first field", first(BaseType.Vector, BaseType.Union), unpaired("Entry.key")],
  ["another name of the type", change("Root.any_type", { name: "any_kind" }), unpaired("Root.any")],
  ["another name of the types", change("Root.anys_type", { name: "anystype" }), unpaired("Root.anys")],
  ["a string for a type", retype("Root.any_type", { baseType: BaseType.String }), unpaired("Root.any")],
  [
    "a vector for a type",
    retype("Root.any_type", { baseType: BaseType.Vector, element: BaseType.UType }),
    unpaired("Root.any"),
  ],
  [
    "a type for a vector",
    retype("Root.anys_type", { baseType: BaseType.UType, element: BaseType.None }),
    unpaired("Root.anys"),
  ],
  ["strings for types", retype("Root.anys_type", { element: BaseType.String }), unpaired("Root.anys")],
  ["types with 64-bit offsets", retype("Root.anys_type", { baseType: BaseType.Vector64 }), unpaired("Root.anys")],
  [
    "the type of another union",
    (d) => {
      twinUnion(d);
      set(d.field("Root.any_type").type, { index: TWIN });
    },
    unpaired("Root.any"),
  ],
  [
    "another union on both sides",
    (d) => {
      twinUnion(d);
      set(d.field("Root.anys_type").type, { index: TWIN });
      set(d.field("Root.anys").type, { index: TWIN });
    },
    PASSES,
  ],
];

describe("the rules about a field's type", () => {
  it.each(arrays)("judge a fixed array: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });

  it.each(places)("judge what stands where: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });

  it.each(indexes)("judge what an index names: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });

  it.each(unions)("judge a union's neighbour: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });
});
