import type { Schema } from "../model/schema.js";
import { Kind, LAST_SCALAR } from "../program/kind.js";
import { FlatbufferError } from "../wire/error.js";
import { readError } from "../wire/view.js";
import { fieldValue } from "./field-value.js";
import { placeOf } from "./follow.js";
import { readScalar } from "./scalar.js";
import type { Source } from "./source.js";
import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { AnyView } from "./value-types.js";
import { type FieldAccess, type ViewType, viewTypes } from "./view-type.js";

/** Reads one field of views of one type. */
export type FieldReader<V> = (view: AnyView) => V;

/**
 * One field of one type as a function, for loops that read it from many tables: names and types are looked up here
 * once, the function only reads. It gives what `table.get(name)` gives.
 *
 * Throws `unknown-type` or `unknown-field`. The function throws `wrong-type` for a view on another type or of another
 * schema.
 *
 * @typeParam V What the field is in a view, e.g. `number`.
 * @param objectName Full name of the table or struct.
 * @example
 * ```ts
 * const hp = fieldReader<number>(schema, "ns.Monster", "hp");
 * let sum = 0;
 * for (const monster of monsters) sum += hp(monster);
 * ```
 */
export function fieldReader<V = unknown>(schema: Schema, objectName: string, fieldName: string): FieldReader<V>;
export function fieldReader(schema: Schema, objectName: string, fieldName: string): FieldReader<unknown> {
  const def = schema.object(objectName);
  if (def === undefined) throw new FlatbufferError("unknown-type", `the schema has no ${JSON.stringify(objectName)}`);
  const type = viewTypes(schema)[def.index]!;
  const access = type.field(fieldName);
  if (type.def.isStruct) return structReader(type, access);
  return access.kind > LAST_SCALAR ? tableReader(type, access) : scalarReader(type, access);
}

/**
 * A reader of its own for each kind: the engine compiles every one of them straight to the one read it makes, where a
 * switch or a shared callback costs as much again as the read (bench/read, "field reader").
 */
function scalarReader(type: ViewType, { kind, slot, absent }: FieldAccess): FieldReader<unknown> {
  switch (kind) {
    case Kind.Bool:
      return (view) => {
        const pos = placeIn(view, type, slot, 1);
        return pos === 0 ? absent : Table.source(view).data.getUint8(pos) !== 0;
      };
    case Kind.UType:
    case Kind.UByte:
      return (view) => {
        const pos = placeIn(view, type, slot, 1);
        return pos === 0 ? absent : Table.source(view).data.getUint8(pos);
      };
    case Kind.Byte:
      return (view) => {
        const pos = placeIn(view, type, slot, 1);
        return pos === 0 ? absent : Table.source(view).data.getInt8(pos);
      };
    case Kind.Short:
      return (view) => {
        const pos = placeIn(view, type, slot, 2);
        return pos === 0 ? absent : Table.source(view).data.getInt16(pos, true);
      };
    case Kind.UShort:
      return (view) => {
        const pos = placeIn(view, type, slot, 2);
        return pos === 0 ? absent : Table.source(view).data.getUint16(pos, true);
      };
    case Kind.Int:
      return (view) => {
        const pos = placeIn(view, type, slot, 4);
        return pos === 0 ? absent : Table.source(view).data.getInt32(pos, true);
      };
    case Kind.UInt:
      return (view) => {
        const pos = placeIn(view, type, slot, 4);
        return pos === 0 ? absent : Table.source(view).data.getUint32(pos, true);
      };
    case Kind.Long:
      return (view) => {
        const pos = placeIn(view, type, slot, 8);
        return pos === 0 ? absent : Table.source(view).data.getBigInt64(pos, true);
      };
    case Kind.ULong:
      return (view) => {
        const pos = placeIn(view, type, slot, 8);
        return pos === 0 ? absent : Table.source(view).data.getBigUint64(pos, true);
      };
    case Kind.Float:
      return (view) => {
        const pos = placeIn(view, type, slot, 4);
        return pos === 0 ? absent : Table.source(view).data.getFloat32(pos, true);
      };
    default:
      return (view) => {
        const pos = placeIn(view, type, slot, 8);
        return pos === 0 ? absent : Table.source(view).data.getFloat64(pos, true);
      };
  }
}

function tableReader(type: ViewType, { field, slot, typeSlot }: FieldAccess): FieldReader<unknown> {
  return (view) => {
    const place = placeIn(view, type, slot, 4);
    if (place === 0) return undefined;
    const source = Table.source(view);
    try {
      const typePlace = typeSlot === 0 ? 0 : placeOf(source.data, Table.pos(view), typeSlot);
      return fieldValue(source, field, place, typePlace);
    } catch (error) {
      throw readError(source.view, error);
    }
  };
}

function structReader(type: ViewType, { field, kind, slot }: FieldAccess): FieldReader<unknown> {
  return (view) => {
    let source: Source | undefined;
    try {
      const actual = Struct.type(view);
      if (actual !== type) throw wrongType(type, actual);
      source = Struct.source(view);
      const place = Struct.pos(view) + slot;
      return kind <= LAST_SCALAR ? readScalar(source.data, kind, place) : fieldValue(source, field, place, 0);
    } catch (error) {
      throw failure(type, source, error);
    }
  };
}

/**
 * Where the table that `view` is on stores the field: `size` bytes of the buffer, or 0 when it doesn't.
 *
 * The view itself goes to no other function, not even on the way to an error: then the engine needn't make the view
 * in `reader(vector.at(index))` at all.
 */
function placeIn(view: AnyView, type: ViewType, slot: number, size: number): number {
  let source: Source | undefined;
  try {
    const actual = Table.type(view);
    if (actual !== type) throw wrongType(type, actual);
    source = Table.source(view);
    const place = placeOf(source.data, Table.pos(view), slot);
    if (place + size > source.view.byteLength) throw new RangeError("the field ends beyond the buffer");
    return place;
  } catch (error) {
    throw failure(type, source, error);
  }
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
