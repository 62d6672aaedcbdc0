import { describe, expect, it } from "vitest";
import { BaseType } from "../../src/index.js";
import { type Draft, set } from "../hostile/schemas.js";
import { type Judged, PASSES, verdictOn } from "../support/refusal.js";

function change(path: string, changes: Partial<ReturnType<Draft["field"]>>): (draft: Draft) => void {
  return (draft) => set(draft.field(path), changes);
}

/** Gives Root.number another type, and a default. */
function numberOf(baseType: BaseType, defaultInteger: bigint): (draft: Draft) => void {
  return (draft) => {
    set(draft.field("Root.number").type, { baseType });
    set(draft.field("Root.number"), { defaultInteger });
  };
}

const RANGES = [
  ["bool", BaseType.Bool, 0n, 255n],
  ["byte", BaseType.Byte, -128n, 127n],
  ["ubyte", BaseType.UByte, 0n, 255n],
  ["short", BaseType.Short, -32_768n, 32_767n],
  ["ushort", BaseType.UShort, 0n, 65_535n],
  ["int", BaseType.Int, -(2n ** 31n), 2n ** 31n - 1n],
  ["uint", BaseType.UInt, 0n, 2n ** 32n - 1n],
  ["long", BaseType.Long, -(2n ** 63n), 2n ** 63n - 1n],
  ["ulong", BaseType.ULong, 0n, 2n ** 64n - 1n],
] as const;

const NO_INTEGER = "but is no integer";

const realDefaults: readonly Judged[] = [
  ["a float's of 0", numberOf(BaseType.Float, 0n), PASSES],
  ["a float's of 1", numberOf(BaseType.Float, 1n), `rule V11: Hostile.Root.number has the default 1, ${NO_INTEGER}`],
  [
    "a double's of -1",
    numberOf(BaseType.Double, -1n),
    `rule V11: Hostile.Root.number has the default -1, ${NO_INTEGER}`,
  ],
  [
    "a string's of 2",
    change("Root.text", { defaultInteger: 2n }),
    `rule V11: Hostile.Root.text has the default 2, ${NO_INTEGER}`,
  ],
  [
    "a vector's of 3",
    change("Root.ints", { defaultInteger: 3n }),
    `rule V11: Hostile.Root.ints has the default 3, ${NO_INTEGER}`,
  ],
];

const IN_STRUCT = "is in a struct, where fields can't be required, optional, deprecated or 64-bit";
const FAR = "has a 64-bit offset, but is no string or vector of scalars or structs";
const KEY_TYPE = "is a key, but neither scalar, string nor struct";

const marks: readonly Judged[] = [
  ["required in a struct", change("Point.x", { required: true }), `rule V12: Hostile.Point.x ${IN_STRUCT}`],
  ["optional in a struct", change("Point.x", { optional: true }), `rule V12: Hostile.Point.x ${IN_STRUCT}`],
  ["deprecated in a struct", change("Point.x", { deprecated: true }), `rule V12: Hostile.Point.x ${IN_STRUCT}`],
  ["64-bit in a struct", change("Point.x", { offset64: true }), `rule V12: Hostile.Point.x ${IN_STRUCT}`],
  ["a key of a struct", change("Point.x", { key: true }), PASSES],
  [
    "two keys of a struct",
    (d) => {
      set(d.field("Point.x"), { key: true });
      set(d.field("Point.y"), { key: true });
    },
    "rule V12: Hostile.Point.y is a second key; an object has one at most",
  ],
  [
    "a required scalar",
    change("Root.number", { required: true }),
    "rule V12: Hostile.Root.number is a required scalar; only other types can be required",
  ],
  ["an optional scalar", change("Root.number", { optional: true }), PASSES],
  ["a deprecated scalar", change("Root.number", { deprecated: true }), PASSES],
  ["a required string", change("Root.text", { required: true, optional: false }), PASSES],
  [
    "required and optional",
    change("Root.text", { required: true, optional: true }),
    "rule V12: Hostile.Root.text is both required and optional",
  ],
  ["a scalar key", change("Root.number", { key: true }), PASSES],
  [
    "an optional scalar key",
    change("Root.number", { key: true, optional: true }),
    "rule V12: Hostile.Root.number is a key, but optional",
  ],
  ["a string key", change("Root.text", { key: true, optional: false }), PASSES],
  [
    "an optional string key",
    change("Root.text", { key: true, optional: true }),
    "rule V12: Hostile.Root.text is a key, but optional",
  ],
  ["a struct key, which flatc marks optional", change("Root.point", { key: true, optional: true }), PASSES],
  ["a struct key that isn't optional", change("Root.point", { key: true, optional: false }), PASSES],
  ["a vector key", change("Root.ints", { key: true, optional: false }), `rule V12: Hostile.Root.ints ${KEY_TYPE}`],
  ["a union key", change("Root.any", { key: true, optional: false }), `rule V12: Hostile.Root.any ${KEY_TYPE}`],
  ["a far string", change("Root.text", { offset64: true }), PASSES],
  ["a far vector of scalars", change("Root.ints", { offset64: true }), PASSES],
  ["a far vector of structs", change("Root.points", { offset64: true }), PASSES],
  ["a 64-bit vector without a far offset", change("Root.far_bytes", { offset64: false }), PASSES],
  ["a far vector of strings", change("Root.names", { offset64: true }), `rule V12: Hostile.Root.names ${FAR}`],
  ["a far vector of unions", change("Root.anys", { offset64: true }), `rule V12: Hostile.Root.anys ${FAR}`],
  ["a far scalar", change("Root.number", { offset64: true }), `rule V12: Hostile.Root.number ${FAR}`],
  ["a far struct", change("Root.point", { offset64: true }), `rule V12: Hostile.Root.point ${FAR}`],
  ["a far union", change("Root.any", { offset64: true }), `rule V12: Hostile.Root.any ${FAR}`],
];

describe("the rules about defaults", () => {
  it.each(RANGES)("bound those of %s by what it holds", (name, baseType, min, max) => {
    const beyond = (value: bigint) =>
      `rule V11: Hostile.Root.number has the default ${value}; ${name} holds ${min} to ${max}`;
    for (const value of [min, min + 1n, max - 1n, max]) expect(verdictOn(numberOf(baseType, value))).toBe(PASSES);
    for (const value of [min - 1n, max + 1n]) expect(verdictOn(numberOf(baseType, value))).toBe(beyond(value));
  });

  it.each(realDefaults)("know integers from the rest: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });
});

describe("the rules about marks", () => {
  it.each(marks)("judge %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });
});
