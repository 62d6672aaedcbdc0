import type { EnumDef, EnumValDef, FieldDef, FieldType, ObjectDef } from "../../src/index.js";
import { BaseType, Schema } from "../../src/index.js";
import type { SchemaParts, ServiceDef } from "../../src/model/schema.js";
import { saveSchema } from "../../src/reflection/save.js";
import { hostile } from "../support/fb.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Field = Mutable<FieldDef> & { type: Mutable<FieldType> };
type Obj = Mutable<ObjectDef> & { fields: Field[] };
type Value = Mutable<EnumValDef>;
type Enum = Mutable<EnumDef> & { values: Value[]; underlyingType: Mutable<FieldType> };

/** A schema that may be changed in any way before it is written. */
export class Draft {
  readonly objects: Obj[];
  readonly enums: Enum[];
  rootTable: Obj | undefined;
  services: ServiceDef[] = [];
  fileIdentifier = hostile.fileIdentifier;

  constructor() {
    this.objects = hostile.objectList.map((object) => ({
      ...object,
      fields: object.fields.map((field) => ({ ...field, type: { ...field.type } })),
    }));
    this.enums = hostile.enumList.map((enumDef) => ({
      ...enumDef,
      values: enumDef.values.map((value) => ({ ...value })),
      underlyingType: { ...enumDef.underlyingType },
    }));
    this.rootTable = this.object("Root");
  }

  object(name: string): Obj {
    return this.objects.find((object) => object.name === `Hostile.${name}`)!;
  }

  enum(name: string): Enum {
    return this.enums.find((enumDef) => enumDef.name === `Hostile.${name}`)!;
  }

  /** A field, by `Type.field`. */
  field(path: string): Field {
    const [type, name] = path.split(".") as [string, string];
    return this.object(type).fields.find((field) => field.name === name)!;
  }

  /** The draft as the parts of a schema, unchecked. */
  parts(): SchemaParts {
    return {
      objects: this.objects,
      enums: this.enums,
      services: this.services,
      rootTable: this.rootTable,
      fileIdentifier: this.fileIdentifier,
      fileExtension: "",
      advancedFeatures: 0n,
      files: [],
      warnings: [],
      bytes: () => new Uint8Array(),
    };
  }

  /** The draft as a .bfbs, unchecked. */
  save(): Uint8Array {
    return saveSchema(new Schema(this.parts()), {
      objects: this.objects,
      enums: this.enums,
      comments: false,
      isSaved: () => true,
    });
  }
}

/** A schema that breaks one rule. */
export interface HostileSchema {
  readonly rule: string;
  readonly what: string;
  readonly damage: (draft: Draft) => void;
}

/** Changes a part of a draft, whatever the model says of it. */
export function set<T extends object>(part: T, changes: Partial<T>): void {
  Object.assign(part, changes);
}

const LONG = "n".repeat(1025);

export const hostileSchemas: readonly HostileSchema[] = [
  { rule: "V2", what: "an object index out of range", damage: (d) => set(d.field("Root.leaf").type, { index: 99 }) },
  { rule: "V2", what: "an object index of -1", damage: (d) => set(d.field("Root.leaf").type, { index: -1 }) },
  { rule: "V2", what: "an enum index out of range", damage: (d) => set(d.field("Root.color").type, { index: 99 }) },
  {
    rule: "V2",
    what: "an enum of another integer type",
    damage: (d) => set(d.field("Root.number").type, { index: d.enum("Color").index }),
  },
  {
    rule: "V2",
    what: "a float with an enum",
    damage: (d) => set(d.field("Entry.key").type, { baseType: BaseType.Float, index: d.enum("Color").index }),
  },
  {
    rule: "V2",
    what: "a union field of an enum",
    damage: (d) => set(d.field("Root.any").type, { index: d.enum("Color").index }),
  },
  {
    rule: "V2",
    what: "a union type field of an enum",
    damage: (d) => set(d.field("Root.any_type").type, { index: d.enum("Color").index }),
  },
  {
    rule: "V2",
    what: "a scalar of a union",
    damage: (d) => set(d.field("Root.color").type, { index: d.enum("Any").index }),
  },
  {
    rule: "V2",
    what: "a vector of vectors",
    damage: (d) => set(d.field("Root.ints").type, { element: BaseType.Vector }),
  },
  {
    rule: "V2",
    what: "a vector of nothing",
    damage: (d) => set(d.field("Root.ints").type, { element: BaseType.None }),
  },
  {
    rule: "V2",
    what: "a 64-bit vector of strings",
    damage: (d) => set(d.field("Root.far_bytes").type, { element: BaseType.String }),
  },
  {
    rule: "V2",
    what: "a 64-bit vector of tables",
    damage: (d) => set(d.field("Root.far_points").type, { index: d.object("Leaf").index }),
  },
  {
    rule: "V2",
    what: "a base type nobody knows",
    damage: (d) => set(d.field("Root.number").type, { baseType: 19 as BaseType }),
  },
  {
    rule: "V2",
    what: "a negative base type",
    damage: (d) => set(d.field("Root.number").type, { baseType: -3 as BaseType }),
  },
  {
    rule: "V2",
    what: "a string in a struct",
    damage: (d) => set(d.field("Point.x").type, { baseType: BaseType.String }),
  },
  {
    rule: "V2",
    what: "a table in a struct",
    damage: (d) => set(d.field("Flags.at").type, { index: d.object("Leaf").index }),
  },
  {
    rule: "V2",
    what: "elements where there are none",
    damage: (d) => set(d.field("Root.number").type, { element: BaseType.Int }),
  },
  {
    rule: "V2",
    what: "a union member that is no object",
    damage: (d) =>
      set(d.enum("Any").values[1]!, { unionType: { baseType: BaseType.Obj, element: 0, index: 99, fixedLength: 0 } }),
  },
  {
    rule: "V2",
    what: "a union member that is a scalar",
    damage: (d) =>
      set(d.enum("Any").values[1]!, { unionType: { baseType: BaseType.Int, element: 0, index: -1, fixedLength: 0 } }),
  },
  {
    rule: "V2",
    what: "NONE with a type",
    damage: (d) =>
      set(d.enum("Any").values[0]!, {
        unionType: { baseType: BaseType.String, element: 0, index: -1, fixedLength: 0 },
      }),
  },
  { rule: "V3", what: "a struct of no bytes", damage: (d) => set(d.object("Point"), { byteSize: 0 }) },
  { rule: "V3", what: "a struct of negative size", damage: (d) => set(d.object("Point"), { byteSize: -16 }) },
  { rule: "V3", what: "an alignment that is no power of two", damage: (d) => set(d.object("Point"), { minAlign: 12 }) },
  {
    rule: "V3",
    what: "an alignment of 64",
    damage: (d) => set(d.object("Point"), { minAlign: 64, byteSize: 64 }),
  },
  { rule: "V3", what: "an alignment of 0", damage: (d) => set(d.object("Point"), { minAlign: 0 }) },
  {
    rule: "V3",
    what: "a size that is no multiple of the alignment",
    damage: (d) => set(d.object("Point"), { byteSize: 20 }),
  },
  { rule: "V3", what: "fields that overlap", damage: (d) => set(d.field("Flags.colors"), { offset: 0 }) },
  { rule: "V3", what: "a field beyond its struct", damage: (d) => set(d.field("Point.y"), { offset: 16 }) },
  { rule: "V3", what: "a misaligned field", damage: (d) => set(d.field("Point.y"), { offset: 4 }) },
  { rule: "V3", what: "a field aligned wider than its struct", damage: (d) => set(d.object("Point"), { minAlign: 4 }) },
  {
    rule: "V4",
    what: "a struct in itself",
    damage: (d) => set(d.field("Flags.at").type, { index: d.object("Flags").index }),
  },
  { rule: "V5", what: "two fields with one id", damage: (d) => set(d.field("Entry.word"), { id: 0 }) },
  {
    rule: "V5",
    what: "a gap between ids",
    damage: (d) => set(d.field("Entry.word"), { id: 7, offset: 18 }),
  },
  { rule: "V5", what: "a slot that isn't the id's", damage: (d) => set(d.field("Entry.word"), { offset: 8 }) },
  { rule: "V5", what: "a slot on the vtable's sizes", damage: (d) => set(d.field("Entry.key"), { offset: 0 }) },
  { rule: "V5", what: "a gap between ids of a struct", damage: (d) => set(d.field("Point.y"), { id: 2 }) },
  { rule: "V6", what: "an object without a name", damage: (d) => set(d.object("Leaf"), { name: "" }) },
  { rule: "V6", what: "a name of 1,025 bytes", damage: (d) => set(d.field("Leaf.name"), { name: LONG }) },
  { rule: "V6", what: "two objects of one name", damage: (d) => set(d.object("Leaf"), { name: "Hostile.Old" }) },
  { rule: "V6", what: "two fields of one name", damage: (d) => set(d.field("Entry.word"), { name: "key" }) },
  { rule: "V6", what: "two enum values of one name", damage: (d) => set(d.enum("Color").values[1]!, { name: "Red" }) },
  { rule: "V6", what: "two enums of one name", damage: (d) => set(d.enum("Mood"), { name: "Hostile.Color" }) },
  {
    rule: "V7",
    what: "a union without its type field",
    damage: (d) => set(d.field("Root.any_type"), { name: "any_kind" }),
  },
  {
    rule: "V7",
    what: "a union whose type is a plain byte",
    damage: (d) => set(d.field("Root.any_type").type, { baseType: BaseType.UByte, index: -1 }),
  },
  {
    rule: "V7",
    what: "a union vector whose types are no vector",
    damage: (d) => set(d.field("Root.anys_type").type, { baseType: BaseType.UType, element: BaseType.None }),
  },
  {
    rule: "V8",
    what: "two enum values with one number",
    damage: (d) => set(d.enum("Color").values[1]!, { value: 0n }),
  },
  {
    rule: "V8",
    what: "an enum value beyond its type",
    damage: (d) => set(d.enum("Color").values[2]!, { value: 256n }),
  },
  {
    rule: "V8",
    what: "a negative value of an unsigned enum",
    damage: (d) => set(d.enum("Color").values[0]!, { value: -1n }),
  },
  {
    rule: "V8",
    what: "an enum of floats",
    damage: (d) => set(d.enum("Color").underlyingType, { baseType: BaseType.Float }),
  },
  {
    rule: "V8",
    what: "an enum of union types",
    damage: (d) => set(d.enum("Mood").underlyingType, { baseType: BaseType.UType }),
  },
  { rule: "V9", what: "an array of no elements", damage: (d) => set(d.field("Flags.colors").type, { fixedLength: 0 }) },
  {
    rule: "V9",
    what: "an array in a table",
    damage: (d) => set(d.field("Root.ints").type, { baseType: BaseType.Array, fixedLength: 3 }),
  },
  {
    rule: "V9",
    what: "a fixed length without an array",
    damage: (d) => set(d.field("Root.ints").type, { fixedLength: 3 }),
  },
  {
    rule: "V11",
    what: "a default beyond its type",
    damage: (d) => set(d.field("Root.color"), { defaultInteger: 256n }),
  },
  {
    rule: "V11",
    what: "a negative default of an unsigned field",
    damage: (d) => set(d.field("Root.mood"), { defaultInteger: -1n }),
  },
  { rule: "V12", what: "a required scalar", damage: (d) => set(d.field("Root.number"), { required: true }) },
  {
    rule: "V12",
    what: "a field both required and optional",
    damage: (d) => set(d.field("Must.text"), { optional: true }),
  },
  { rule: "V12", what: "a key that may be null", damage: (d) => set(d.field("Entry.key"), { optional: true }) },
  {
    rule: "V12",
    what: "a key that is a vector",
    damage: (d) => set(d.field("Root.ints"), { key: true, optional: false }),
  },
  {
    rule: "V12",
    what: "two keys",
    damage: (d) => set(d.field("Entry.word"), { key: true, optional: false }),
  },
  { rule: "V12", what: "a deprecated field of a struct", damage: (d) => set(d.field("Point.x"), { deprecated: true }) },
  { rule: "V12", what: "a 64-bit offset to a table", damage: (d) => set(d.field("Root.leaf"), { offset64: true }) },
  {
    rule: "V12",
    what: "a 64-bit offset to a vector of strings",
    damage: (d) => set(d.field("Root.names"), { offset64: true }),
  },
  { rule: "V13", what: "a struct as root", damage: (d) => set(d, { rootTable: d.object("Point") }) },
];
