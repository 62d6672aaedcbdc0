import { needSchema } from "../model/need-schema.js";
import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { readError } from "../wire/view.js";
import { fieldValue } from "./field-value.js";
import { placeOf } from "./follow.js";
import type { Source } from "./source.js";
import { Struct } from "./struct.js";
import { Table } from "./table.js";
import { unknownField } from "./unknown-field.js";
import type { AnyView } from "./value-types.js";
import { type FieldAccess, type ViewType, viewTypes } from "./view-type.js";

/*
 * Names of this module for what others export: the engine looks an import up each time it is used, which would be a
 * tenth of what it takes to read a field.
 */
const { type: typeOfTable, pos: posOfTable, source: sourceOfTable } = Table;
const { type: typeOfStruct, pos: posOfStruct, source: sourceOfStruct } = Struct;
const placeInTable = placeOf;

/** Reads one field of views of one type. */
export type FieldReader<V> = (view: AnyView) => V;

/**
 * One field of one type as a function, for loops that read it from many tables: names and types are looked up here
 * once, the function only reads. It gives what `table.get(name)` gives, or `getPath` for a field within structs, such
 * as `"pos.x"`, which it reads without making a view on the struct.
 *
 * Throws `unknown-type` or `unknown-field`. The function throws `wrong-type` for a view on another type or of another
 * schema.
 *
 * @typeParam V What the field is in a view, e.g. `number`.
 * @param objectName Full name of the table or struct.
 * @param fieldName A field's name; of structs inside one another, their names with dots between.
 * @example
 * ```ts
 * const hp = fieldReader<number>(schema, "ns.Monster", "hp");
 * let sum = 0;
 * for (const monster of monsters) sum += hp(monster);
 * ```
 */
export function fieldReader<V = unknown>(schema: Schema, objectName: string, fieldName: string): FieldReader<V>;
export function fieldReader(schema: Schema, objectName: string, fieldName: string): FieldReader<unknown> {
  needSchema(schema);
  const def = schema.object(objectName);
  if (def === undefined) throw new FlatbufferError("unknown-type", `the schema has no ${JSON.stringify(objectName)}`);
  const type = viewTypes(schema)[def.index]!;
  const isPath = typeof fieldName === "string" && fieldName.includes(".") && !type.has(fieldName);
  const spot = isPath ? innerSpot(schema, type, fieldName) : spotOf(type.field(fieldName));
  if (spot.kind <= Kind.LAST_SCALAR) return scalarReader(type, spot);
  return spot.kind === Kind.Struct ? structReader(schema, type, spot) : referenceReader(type, spot);
}

/** A field of a view, or of structs inline in it. */
interface Spot {
  readonly field: number;
  readonly kind: number;
  /** Place in the view's vtable, or in the struct, of what holds the field or is it. */
  readonly slot: number;
  /** Bytes from there to the field. */
  readonly inner: number;
  readonly absent: unknown;
  readonly typeSlot: number;
}

function spotOf({ field, kind, slot, absent, typeSlot }: FieldAccess): Spot {
  return { field, kind, slot, inner: 0, absent, typeSlot };
}

function innerSpot(schema: Schema, type: ViewType, path: string): Spot {
  const { fields } = programOf(schema);
  const [first, ...rest] = path.split(".");
  let spot = spotOf(type.field(first!));
  for (const name of rest) {
    if (spot.kind !== Kind.Struct) throw unknownField(type.def, path);
    const { field, kind, slot } = viewTypes(schema)[fields[spot.field + P.FIELD_CHILD]!]!.field(name);
    spot = { ...spot, field, kind, inner: spot.inner + slot, absent: undefined };
  }
  return spot;
}

/**
 * A reader of its own for each kind: the engine compiles every one of them straight to the one read it makes, where a
 * switch or a shared callback costs as much again as the read (bench, `--only read`).
 */
function scalarReader(type: ViewType, { kind, slot, inner, absent }: Spot): FieldReader<unknown> {
  switch (kind) {
    case Kind.Bool:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint8(pos) !== 0;
      };
    case Kind.UType:
    case Kind.UByte:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint8(pos);
      };
    case Kind.Byte:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 1);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt8(pos);
      };
    case Kind.Short:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 2);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt16(pos, true);
      };
    case Kind.UShort:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 2);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint16(pos, true);
      };
    case Kind.Int:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getInt32(pos, true);
      };
    case Kind.UInt:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getUint32(pos, true);
      };
    case Kind.Long:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getBigInt64(pos, true);
      };
    case Kind.ULong:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getBigUint64(pos, true);
      };
    case Kind.Float:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 4);
        return pos === 0 ? absent : sourceIn(view, type).data.getFloat32(pos, true);
      };
    default:
      return (view) => {
        const pos = placeIn(view, type, slot, inner, 8);
        return pos === 0 ? absent : sourceIn(view, type).data.getFloat64(pos, true);
      };
  }
}

/** Structs inline: the most asked for after scalars, and as simple. */
function structReader(schema: Schema, type: ViewType, { field, slot, inner }: Spot): FieldReader<unknown> {
  const { fields } = programOf(schema);
  const size = fields[field + P.FIELD_SIZE]!;
  const innerType = viewTypes(schema)[fields[field + P.FIELD_CHILD]!]!;
  return (view) => {
    const place = placeIn(view, type, slot, inner, size);
    return place === 0 ? undefined : new Struct(sourceIn(view, type), innerType, place);
  };
}

/** What is read by following an offset, and fixed arrays. */
function referenceReader(type: ViewType, { field, slot, inner, typeSlot }: Spot): FieldReader<unknown> {
  return (view) => {
    const place = placeIn(view, type, slot, inner, 1);
    if (place === 0) return undefined;
    const source = sourceIn(view, type);
    try {
      const typePlace = typeSlot === 0 ? 0 : placeInTable(source.data, posOfTable(view), typeSlot);
      return fieldValue(source, field, place, typePlace);
    } catch (error) {
      throw readError(source.view, error);
    }
  };
}

/**
 * Where the table or struct that `view` is on stores the field: `size` bytes of the buffer, or 0 when it doesn't.
 *
 * The view itself goes to no other function, not even on the way to an error: then the engine needn't make the view
 * in `reader(vector.at(index))` at all.
 */
function placeIn(view: AnyView, type: ViewType, slot: number, inner: number, size: number): number {
  let source: Source | undefined;
  try {
    const actual = type.isStruct ? typeOfStruct(view) : typeOfTable(view);
    if (actual !== type) throw wrongType(type, actual);
    source = sourceIn(view, type);
    const outer = type.isStruct ? posOfStruct(view) + slot : placeInTable(source.data, posOfTable(view), slot);
    if (outer === 0) return 0;
    const place = outer + inner;
    // Its last byte must be there, also of memory that was detached or shrunk since it was opened: this throws if not.
    source.data.getUint8(place + size - 1);
    return place;
  } catch (error) {
    throw failure(type, source, error);
  }
}

function sourceIn(view: AnyView, type: ViewType): Source {
  return type.isStruct ? sourceOfStruct(view) : sourceOfTable(view);
}

/** What to throw. Something that is no view has no source, which the engine calls a TypeError. */
function failure(type: ViewType, source: Source | undefined, error: unknown): unknown {
  if (source !== undefined) return readError(source.view, error);
  return error instanceof FlatbufferError ? error : wrongType(type, undefined);
}

function wrongType({ def }: ViewType, actual: ViewType | undefined): FlatbufferError {
  const same = actual?.def.name === def.name ? ", but of another schema" : "";
  const given = actual === undefined ? "something else" : `one on ${actual.def.name}${same}`;
  return new FlatbufferError("wrong-type", `this reader takes a view on ${def.name}, it was given ${given}`);
}
