import { BaseType, isScalar } from "../model/base-type.js";
import type { FieldDef, Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { propertyName } from "../program/property-name.js";
import { type EnumNames, enumNames, enumText } from "./enum-names.js";
import type { StoreLane } from "./plain-lanes.js";
import type { PlainRules } from "./plain-options.js";
import { makeShape, type PlainShape, storeLane } from "./plain-shape.js";
import { absentScalar } from "./scalar.js";

/** The shapes of the objects that `toObject` makes of a schema's tables and structs. */
export interface PlainShapes {
  readonly enums: readonly EnumNames[];
  /** By object: names of all its fields by id, as the engine holds names of properties. */
  readonly keys: readonly (readonly string[])[];
  /** By object, by id: when the field's key is there: ALWAYS, IF_STORED or IF_KNOWN. */
  readonly presence: readonly Uint8Array[];
  /** By object, tables only: where the search for a shape starts, no field stored. */
  readonly tables: readonly TableShape[];
  /** By object, structs only; made when asked for. */
  readonly structs: (StructShape | undefined)[];
  /** What is still allowed to be kept: bytes from strangers may store fields in any combination. */
  room: number;
  readonly rules: Pick<PlainRules, "defaults" | "enumNames">;
}

/** A combination of stored fields of one table: a node in a tree with a branch for each further field, by id. */
export interface TableShape {
  readonly object: number;
  readonly next: (TableShape | undefined)[];
  readonly before: TableShape | undefined;
  readonly id: number;
  shape: PlainShape | undefined;
}

/** A struct's shape with the lane of each of its fields. */
export interface StructShape extends PlainShape {
  readonly stores: readonly StoreLane[];
}

/** The key is there whatever the table stores: it has a default. */
export const ALWAYS = 0;
/** The key is there when the field is stored. */
const IF_STORED = 1;
/** The key of a union is there when the field is stored with a type that the schema knows. */
export const IF_KNOWN = 2;

/** Combinations of stored fields that are remembered per schema. */
const MAX_TABLE_SHAPES = 1024;

/** The shapes of a schema under these rules, kept with the schema. */
export function plainShapes(schema: Schema, rules: PlainRules): PlainShapes {
  if (rules.enumNames) return rules.defaults ? fullWithNames(schema) : storedWithNames(schema);
  return rules.defaults ? fullWithNumbers(schema) : storedWithNumbers(schema);
}

/** The shape with one field more. */
export function withField(shapes: PlainShapes, table: TableShape, id: number): TableShape {
  const known = table.next[id];
  if (known !== undefined) return known;
  const made: TableShape = { object: table.object, next: [], before: table, id, shape: undefined };
  if (--shapes.room >= 0) table.next[id] = made;
  return made;
}

/** The shape for a combination of stored fields. */
export function shapeOf(shapes: PlainShapes, table: TableShape, schema: Schema): PlainShape {
  table.shape ??= makeTableShape(shapes, table, schema);
  return table.shape;
}

/** The shape of a struct. */
export function structShape(shapes: PlainShapes, object: number, schema: Schema): StructShape {
  const known = shapes.structs[object];
  if (known !== undefined) return known;
  const names = schema.objectList[object]!.fields.map(({ name }) => name);
  const shape = makeShape(
    names,
    names.map(() => null),
  );
  const made = { ...shape, stores: shape.keys.map((key) => storeLane(shape, key)) };
  shapes.structs[object] = made;
  return made;
}

const fullWithNames = derived((schema) => makeShapes(schema, { defaults: true, enumNames: true }));
const storedWithNames = derived((schema) => makeShapes(schema, { defaults: false, enumNames: true }));
const fullWithNumbers = derived((schema) => makeShapes(schema, { defaults: true, enumNames: false }));
const storedWithNumbers = derived((schema) => makeShapes(schema, { defaults: false, enumNames: false }));

function makeShapes(schema: Schema, rules: PlainShapes["rules"]): PlainShapes {
  return {
    enums: enumNames(schema),
    keys: schema.objectList.map((object) => object.fields.map(({ name }) => propertyName(name))),
    presence: schema.objectList.map((object) => Uint8Array.from(object.fields, (field) => presenceOf(field, rules))),
    tables: schema.objectList.map(({ index }) => ({
      object: index,
      next: [],
      before: undefined,
      id: -1,
      shape: undefined,
    })),
    structs: [],
    room: MAX_TABLE_SHAPES,
    rules,
  };
}

function presenceOf({ type: { baseType, element }, deprecated }: FieldDef, rules: PlainShapes["rules"]): number {
  if (baseType === BaseType.Union || element === BaseType.Union) return IF_KNOWN;
  return isScalar(baseType) && rules.defaults && !deprecated ? ALWAYS : IF_STORED;
}

function makeTableShape(shapes: PlainShapes, table: TableShape, schema: Schema): PlainShape {
  const program = programOf(schema);
  const first = program.objectFields[table.object]!;
  const stored = new Set<number>();
  for (let node: TableShape | undefined = table; node !== undefined; node = node.before) stored.add(node.id);
  const shown = schema.objectList[table.object]!.fields.filter(
    ({ id }) => stored.has(id) || shapes.presence[table.object]![id] === ALWAYS,
  );
  return makeShape(
    shown.map(({ name }) => name),
    shown.map(({ id }) => absentValue(shapes, program, first + id * P.FIELD_WORDS)),
  );
}

/** What the key of an absent field holds. */
function absentValue(shapes: PlainShapes, program: P.Program, field: number): unknown {
  if (program.fields[field + P.FIELD_KIND]! > Kind.LAST_SCALAR) return null;
  const value = absentScalar(program, field);
  if (typeof value !== "number" && typeof value !== "bigint") return value;
  const names = shapes.rules.enumNames ? shapes.enums[program.fields[field + P.FIELD_ENUM]!] : undefined;
  return names === undefined ? value : (enumText(names, value) ?? value);
}
