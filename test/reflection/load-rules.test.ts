import { describe, expect, it } from "vitest";
import { BaseType } from "../../src/index.js";
import type { FieldDef, FieldType, ObjectDef, SchemaParts, ServiceDef } from "../../src/model/schema.js";
import { refuse, requireNames } from "../../src/reflection/rules.js";
import { MAX_TABLE_FIELDS, validateSchema } from "../../src/reflection/validate.js";
import { Draft, set } from "../hostile/schemas.js";
import { type Judged, PASSES, verdictOf, verdictOn } from "../support/refusal.js";

const MAX_OBJECTS = 65_535;
const MAX_FIELDS = 1_000_000;
const NAMELESS = "has a part without a name";

/** An array of any length whose elements nobody may look at, but for the first. */
function long<T>(length: number, ...first: T[]): T[] {
  const list = first.slice();
  list.length = length;
  return list;
}

function judge(changes: Partial<SchemaParts>): string {
  return verdictOf(() => validateSchema({ ...new Draft().parts(), ...changes }));
}

describe("a refusal", () => {
  it("names rule and place, and clips a place of more than 100 characters", () => {
    for (const [length, shown] of [
      [99, "p".repeat(99)],
      [100, "p".repeat(100)],
      [101, `${"p".repeat(100)}...`],
    ] as const) {
      expect(() => refuse("V9", "p".repeat(length), "is odd")).toThrow(
        expect.objectContaining({ code: "invalid-schema", message: `rule V9: ${shown} is odd`, path: shown }),
      );
    }
  });
});

describe("names", () => {
  const LONGER = "rule V6: here has a name longer than 1024 bytes:";
  it.each([
    ["none", [], PASSES],
    ["different ones", ["a", "b", "A"], PASSES],
    ["an empty one", ["a", ""], `rule V6: here ${NAMELESS}`],
    ["the same twice", ["a", "b", "a"], "rule V6: here has two parts with the name a"],
    ["one of 1,024 bytes", ["n".repeat(1024)], PASSES],
    ["one of 1,025 bytes", ["n".repeat(1025)], `${LONGER} ${"n".repeat(100)}...`],
    ["one of 1,023 bytes in 341 characters", ["世".repeat(341)], PASSES],
    ["one of 1,024 bytes in 342 characters", [`${"世".repeat(341)}n`], PASSES],
    ["one of 1,026 bytes in 342 characters", ["世".repeat(342)], `${LONGER} ${"世".repeat(100)}...`],
  ] as const)("may be there once and short: %s", (_what, names, verdict) => {
    expect(
      verdictOf(() =>
        requireNames(
          "here",
          names.map((name) => ({ name })),
        ),
      ),
    ).toBe(verdict);
  });

  it.each([
    ["objects", (d: Draft) => set(d.object("Leaf"), { name: "" }), "objects"],
    ["enums", (d: Draft) => set(d.enum("Mood"), { name: "" }), "enums"],
    ["fields", (d: Draft) => set(d.field("Entry.word"), { name: "" }), "Hostile.Entry"],
    ["enum values", (d: Draft) => set(d.enum("Mood").values[1]!, { name: "" }), "Hostile.Mood"],
    ["services", (d: Draft) => d.services.push(service("", [])), "services"],
    ["calls", (d: Draft) => d.services.push(service("S", [call(d, "", "Leaf", "Leaf")])), "S"],
  ] as const)("are asked of %s", (_what, damage, place) => {
    expect(verdictOn(damage)).toBe(`rule V6: ${place} ${NAMELESS}`);
  });

  it("the file identifier is no longer than a name, in bytes", () => {
    const tooLong = "rule V6: file_ident is too long";
    expect(judge({ fileIdentifier: "n".repeat(1024) })).toBe(PASSES);
    expect(judge({ fileIdentifier: "n".repeat(1025) })).toBe(tooLong);
    expect(judge({ fileIdentifier: "é".repeat(513) })).toBe(tooLong);
  });
});

describe("totals", () => {
  const nameless = { ...new Draft().object("Leaf"), name: "", fields: [] };

  it("at most 65,535 objects", () => {
    expect(judge({ objects: long(MAX_OBJECTS, nameless) })).toBe(`rule V6: objects ${NAMELESS}`);
    expect(judge({ objects: long(MAX_OBJECTS + 1, nameless) })).toBe(
      "rule V14: objects has 65536, at most 65535 are possible",
    );
  });

  it("at most 65,535 enums", () => {
    const first = { ...new Draft().enum("Mood"), name: "" };
    expect(judge({ enums: long(MAX_OBJECTS, first) })).toBe(`rule V6: enums ${NAMELESS}`);
    expect(judge({ enums: long(MAX_OBJECTS + 1, first) })).toBe(
      "rule V14: enums has 65536, at most 65535 are possible",
    );
  });

  it("at most 1,000,000 fields in all objects", () => {
    const withFields = (...counts: number[]): ObjectDef[] =>
      counts.map((count) => ({ ...nameless, fields: long<FieldDef>(count) }));
    const tooMany = "rule V14: fields there are 1000001, at most 1000000 are allowed";
    expect(judge({ objects: withFields(MAX_FIELDS) })).toBe(`rule V6: objects ${NAMELESS}`);
    expect(judge({ objects: withFields(2, MAX_FIELDS - 2) })).toBe(`rule V6: objects ${NAMELESS}`);
    expect(judge({ objects: withFields(MAX_FIELDS + 1) })).toBe(tooMany);
    expect(judge({ objects: withFields(2, MAX_FIELDS - 1) })).toBe(tooMany);
  });

  it("at most 32,765 fields in a table, as many as a vtable has room for", () => {
    const draft = new Draft();
    const field = { ...draft.field("Leaf.name"), id: 1 };
    const fields = Array.from({ length: MAX_TABLE_FIELDS + 1 }, (_, id) => ({ ...field, name: String(id) }));
    const judgeTable = (count: number) =>
      judge({ objects: [{ ...draft.object("Leaf"), fields: fields.slice(0, count) }], enums: [] });
    expect(judgeTable(MAX_TABLE_FIELDS)).toMatch("rule V5: Hostile.Leaf.0 has the id 1 where 0 is due");
    expect(judgeTable(MAX_TABLE_FIELDS + 1)).toBe(
      "rule V5: Hostile.Leaf has 32766 fields; a vtable has room for 32765",
    );
  });
});

const WITHOUT_GAPS = "ids must count from 0 without gaps";

const tables: readonly Judged[] = [
  [
    "an id too low",
    (d) => set(d.field("Root.flag"), { id: -1 }),
    `rule V5: Hostile.Root.flag has the id -1 where 0 is due: ${WITHOUT_GAPS}`,
  ],
  [
    "an id too high",
    (d) => set(d.field("Root.mood"), { id: 3 }),
    `rule V5: Hostile.Root.mood has the id 3 where 2 is due: ${WITHOUT_GAPS}`,
  ],
  [
    "the first slot",
    (d) => set(d.field("Root.flag"), { offset: 2 }),
    "rule V5: Hostile.Root.flag has the slot 2; id 0 makes it 4",
  ],
  [
    "a later slot",
    (d) => set(d.field("Root.number"), { offset: 4 }),
    "rule V5: Hostile.Root.number has the slot 4; id 3 makes it 10",
  ],
];

describe("fields of a table", () => {
  it.each(tables)("count from 0, and their slots from 4 by twos: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });
});

const NOT_INTEGER = "rule V8: Hostile.Mood must be based on an integer type";

/** A base type for the enum Mood, of which no field is left. */
function moodOf(baseType: number, ...values: bigint[]): string {
  const draft = new Draft();
  const mood = draft.enum("Mood");
  set(draft.field("Root.mood").type, { index: -1 });
  set(mood.underlyingType, { baseType: baseType as BaseType });
  mood.values = values.map((value, index) => ({ ...mood.values[0]!, name: `V${index}`, value }));
  return verdictOf(() => validateSchema(draft.parts()));
}

describe("an enum", () => {
  it.each([
    ["byte", BaseType.Byte, -128n, 127n],
    ["ubyte", BaseType.UByte, 0n, 255n],
    ["short", BaseType.Short, -32_768n, 32_767n],
    ["int", BaseType.Int, -(2n ** 31n), 2n ** 31n - 1n],
    ["ulong", BaseType.ULong, 0n, 2n ** 64n - 1n],
  ] as const)("holds what %s holds", (name, baseType, min, max) => {
    expect(moodOf(baseType, min, max)).toBe(PASSES);
    const beyond = (value: bigint) => `rule V8: Hostile.Mood.V0 has the value ${value}; ${name} holds ${min} to ${max}`;
    for (const value of [min - 1n, max + 1n]) expect(moodOf(baseType, value)).toBe(beyond(value));
  });

  it("is based on an integer, and not on bool or the type of unions' tags", () => {
    const others = [BaseType.Float, BaseType.Double, BaseType.String, BaseType.Obj, BaseType.Vector64, 19, -1];
    for (const baseType of [BaseType.None, BaseType.Bool, ...others]) expect(moodOf(baseType)).toBe(NOT_INTEGER);
    expect(moodOf(BaseType.UType)).toBe("rule V8: Hostile.Mood is no union but is based on the type of unions' tags");
    expect(moodOf(BaseType.UByte)).toBe(PASSES);
  });

  it("has no value twice", () => {
    expect(moodOf(BaseType.Int, 1n, 2n, 3n)).toBe(PASSES);
    expect(moodOf(BaseType.Int, 1n, 2n, 1n)).toBe("rule V8: Hostile.Mood.V2 has the value 1, which another one has");
  });
});

function typed(baseType: BaseType, index: number): FieldType {
  return { baseType, element: BaseType.None, index, fixedLength: 0 };
}

/** Gives a member of the union Any a type. */
function member(at: number, unionType: FieldType | undefined): (draft: Draft) => void {
  return (draft) => set(draft.enum("Any").values[at]!, { unionType });
}

const NO_MEMBER = "rule V2: Hostile.Any.Leaf is no table, struct or string of this schema";
const TYPED_NONE = "rule V2: Hostile.Any.NONE has the value 0, which is NONE, and a type";

const members: readonly Judged[] = [
  ["NONE without a type", member(0, undefined), PASSES],
  ["NONE of type none", member(0, typed(BaseType.None, -1)), PASSES],
  ["NONE of a table", member(0, typed(BaseType.Obj, 2)), TYPED_NONE],
  ["NONE of a string", member(0, typed(BaseType.String, -1)), TYPED_NONE],
  ["a member without a type", member(1, undefined), NO_MEMBER],
  ["a member of type none", member(1, typed(BaseType.None, -1)), NO_MEMBER],
  ["a scalar member", member(1, typed(BaseType.Int, 2)), NO_MEMBER],
  ["a vector member", member(1, typed(BaseType.Vector, 2)), NO_MEMBER],
  ["a member that is no object", member(1, typed(BaseType.Obj, -1)), NO_MEMBER],
  ["a member beyond the objects", member(1, typed(BaseType.Obj, 8)), NO_MEMBER],
  ["a member of the first object", member(1, typed(BaseType.Obj, 0)), PASSES],
  ["a member of the last object", member(1, typed(BaseType.Obj, 7)), PASSES],
  ["a string member", member(1, typed(BaseType.String, -1)), PASSES],
  ["a tag of another integer type", (d) => set(d.enum("Any").underlyingType, { baseType: BaseType.UByte }), PASSES],
];

describe("a union", () => {
  it.each(members)("holds tables, structs and strings: %s", (_what, damage, verdict) => {
    expect(verdictOn(damage)).toBe(verdict);
  });
});

describe("the root", () => {
  it("may be missing, and is a table among the objects otherwise", () => {
    const draft = new Draft();
    const foreign = "rule V13: root_table is none of the objects";
    expect(judge({ rootTable: undefined })).toBe(PASSES);
    expect(judge({ rootTable: { ...draft.object("Leaf") } })).toBe(foreign);
    expect(judge({ rootTable: { ...draft.object("Leaf"), index: -1 } })).toBe(foreign);
    expect(verdictOn((d) => set(d, { rootTable: d.object("Leaf") }))).toBe(PASSES);
    expect(verdictOn((d) => set(d, { rootTable: d.object("Point") }))).toBe(
      "rule V13: Hostile.Point is the root, but a struct",
    );
  });
});

const documented = { attributes: new Map<string, string>(), documentation: [] };

function service(name: string, calls: ServiceDef["calls"]): ServiceDef {
  return { name, calls, declarationFile: "", ...documented };
}

function call(draft: Draft, name: string, request: string, response: string): ServiceDef["calls"][number] {
  // What the reader makes of an object that isn't in the schema.
  const find = (object: string) => draft.object(object) ?? { ...draft.object("Leaf"), index: -1 };
  return { name, request: find(request), response: find(response), ...documented };
}

describe("a service", () => {
  const none = "rule V13: S.go has a request or response that is none of the objects";
  const struct = "rule V13: S.go has a struct as request or response; both must be tables";
  it.each([
    ["Leaf", "Root", PASSES],
    ["Entry", "Leaf", PASSES],
    ["Leaf", "Entry", PASSES],
    ["Nobody", "Leaf", none],
    ["Leaf", "Nobody", none],
    ["Nobody", "Nobody", none],
    ["Point", "Leaf", struct],
    ["Leaf", "Point", struct],
    ["Point", "Flags", struct],
  ])("takes and gives tables of the schema: %s to %s", (request, response, verdict) => {
    expect(verdictOn((d) => d.services.push(service("S", [call(d, "go", request, response)])))).toBe(verdict);
  });
});
