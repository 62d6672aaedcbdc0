import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadSchema, type Schema } from "../../src/index.js";
import { nestedRoot, programOf } from "../../src/program/compile.js";
import { derived } from "../../src/program/derived.js";
import * as Kind from "../../src/program/kind.js";
import * as P from "../../src/program/program.js";
import { hostile } from "../support/fb.js";

const program = programOf(hostile);

function addressOf(schema: Schema, path: string): number {
  const [type, name] = path.split(".") as [string, string];
  const object = schema.object(`Hostile.${type}`)!;
  return programOf(schema).objectFields[object.index]! + object.fieldsByName.get(name)!.id * P.FIELD_WORDS;
}

/** The words of a field's record that a walker goes by. */
function record(path: string) {
  const { fields } = program;
  const at = addressOf(hostile, path);
  const word = (index: number) => fields[at + index];
  return {
    kind: word(P.FIELD_KIND),
    slot: word(P.FIELD_SLOT),
    size: word(P.FIELD_SIZE),
    align: word(P.FIELD_ALIGN),
    element: word(P.FIELD_ELEMENT),
    stride: word(P.FIELD_STRIDE),
    elementAlign: word(P.FIELD_ELEMENT_ALIGN),
    length: word(P.FIELD_LENGTH),
  };
}

const child = (path: string) => hostile.objectList[program.fields[addressOf(hostile, path) + P.FIELD_CHILD]!]?.name;
const flags = (path: string) => program.fields[addressOf(hostile, path) + P.FIELD_FLAGS]!;

describe("the program of a schema", () => {
  it.each<[string, Partial<ReturnType<typeof record>>]>([
    ["Root.flag", { kind: Kind.Bool, slot: 4, size: 1, align: 1, element: 0, stride: 0 }],
    ["Root.long", { kind: Kind.Long, slot: 12, size: 8, align: 8 }],
    ["Root.point", { kind: Kind.Struct, size: 16, align: 8 }],
    ["Root.text", { kind: Kind.String, size: 4, align: 4, stride: 0 }],
    ["Root.leaf", { kind: Kind.Table, size: 4, align: 4 }],
    ["Root.ints", { kind: Kind.ScalarVector, size: 4, element: Kind.Int, stride: 4, elementAlign: 4 }],
    ["Root.longs", { kind: Kind.ScalarVector, element: Kind.Long, stride: 8, elementAlign: 8 }],
    ["Root.names", { kind: Kind.StringVector, element: 0, stride: 4, elementAlign: 4 }],
    ["Root.leaves", { kind: Kind.TableVector, stride: 4, elementAlign: 4 }],
    ["Root.points", { kind: Kind.StructVector, stride: 16, elementAlign: 8 }],
    ["Root.any_type", { kind: Kind.UType, size: 1 }],
    ["Root.any", { kind: Kind.Union, size: 4 }],
    ["Root.anys_type", { kind: Kind.ScalarVector, element: Kind.UType, stride: 1 }],
    ["Root.anys", { kind: Kind.UnionVector, stride: 4 }],
    ["Root.nested", { kind: Kind.NestedFlatbuffer, stride: 1 }],
    ["Root.flex", { kind: Kind.Flexbuffer, stride: 1 }],
    ["Root.far_text", { kind: Kind.String, size: 8, align: 8 }],
    ["Root.far_bytes", { kind: Kind.ScalarVector, size: 8, align: 8, element: Kind.UByte, stride: 1 }],
    ["Root.far_points", { kind: Kind.StructVector, size: 8, align: 8, stride: 16, elementAlign: 8 }],
    ["Flags.colors", { kind: Kind.ScalarArray, slot: 1, size: 3, align: 1, element: Kind.UByte, stride: 1, length: 3 }],
    ["Flags.at", { kind: Kind.Struct, slot: 8, size: 16, align: 8 }],
    ["Point.y", { kind: Kind.Long, slot: 8, size: 8, align: 8 }],
  ])("lays out %s", (path, expected) => {
    expect(record(path)).toMatchObject(expected);
  });

  it("names the child of what leads to another object", () => {
    expect(["Root.leaf", "Root.leaves", "Root.point", "Root.points", "Root.nested", "Root.child"].map(child)).toEqual([
      "Hostile.Leaf",
      "Hostile.Leaf",
      "Hostile.Point",
      "Hostile.Point",
      "Hostile.Root",
      "Hostile.Root",
    ]);
  });

  it("keeps what a field's marks say", () => {
    expect(flags("Must.text")).toBe(P.FLAG_REQUIRED);
    expect(flags("Old.gone")).toBe(P.FLAG_DEPRECATED);
    expect(flags("Entry.key")).toBe(P.FLAG_KEY);
    expect(flags("Root.mood")).toBe(P.FLAG_BIT_FLAGS);
    expect(flags("Root.far_text")).toBe(P.FLAG_OFFSET64);
    expect(flags("Root.far_bytes")).toBe(P.FLAG_OFFSET64 + P.FLAG_LENGTH64);
    expect(flags("Root.text")).toBe(0);
    const must = hostile.object("Hostile.Must")!;
    expect(program.objectRequired[must.index]).toHaveLength(6);
  });

  it("finds union members by value, never by position", () => {
    const union = hostile.enum("Hostile.Any")!.index;
    const kinds = Array.from({ length: 256 }, (_, tag) => {
      const member = P.unionMember(program, union, tag);
      return member < 0 ? 0 : program.memberKind[member]!;
    });
    expect(kinds.map((kind, tag) => [tag, kind]).filter(([, kind]) => kind !== 0)).toEqual([
      [1, Kind.Table],
      [5, Kind.Struct],
      [9, Kind.String],
    ]);
  });

  it("rounds a float's default to float32 and keeps every integer's exactly", () => {
    const schema = loadSchema(readFileSync("fixtures/scalars/scalars.full.bfbs"));
    const compiled = programOf(schema);
    for (const object of schema.objectList) {
      for (const field of object.fields) {
        const number = (compiled.objectFields[object.index]! + field.id * P.FIELD_WORDS) / P.FIELD_WORDS;
        if (field.type.baseType === Kind.Float)
          expect(compiled.defaultNumbers[number]).toBe(Math.fround(field.defaultReal));
        if (field.type.baseType === Kind.Double) expect(compiled.defaultNumbers[number]).toBe(field.defaultReal);
        if (field.type.baseType === Kind.Long) expect(compiled.defaultIntegers[number]).toBe(field.defaultInteger);
        if (field.type.baseType === Kind.ULong) {
          expect(BigInt.asUintN(64, compiled.defaultIntegers[number]!)).toBe(field.defaultInteger);
        }
      }
    }
  });

  it("resolves a nested root as the schema's text would, and only on bytes", () => {
    const root = hostile.object("Hostile.Root")!;
    expect(nestedRoot(hostile, root, root.fieldsByName.get("nested")!)?.name).toBe("Hostile.Root");
    expect(nestedRoot(hostile, root, root.fieldsByName.get("bytes")!)).toBeUndefined();
    const wrong = { ...root.fieldsByName.get("ints")!, attributes: new Map([["nested_flatbuffer", "Root"]]) };
    expect(nestedRoot(hostile, root, wrong)).toBeUndefined();
    const struct = { ...root.fieldsByName.get("bytes")!, attributes: new Map([["nested_flatbuffer", "Point"]]) };
    expect(nestedRoot(hostile, root, struct)).toBeUndefined();
  });
});

describe("derived", () => {
  it("makes a thing once per schema", () => {
    let made = 0;
    const numberOf = derived(() => ({ number: ++made }));
    const first = numberOf(hostile);
    expect(numberOf(hostile)).toBe(first);
    const other = loadSchema(hostile.bytes);
    expect(numberOf(other)).not.toBe(first);
    expect(made).toBe(2);
    expect(programOf(hostile)).toBe(program);
  });
});
