import { needSchema } from "../model/need-schema.js";
import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { readError } from "../wire/view.js";
import { fieldValue } from "./field-value.js";
import { placeOf } from "./follow.js";
import { placeIn, sourceIn } from "./place-in.js";
import { scalarReader } from "./scalar-reader.js";
import { innerSpot, type Spot, spotOf } from "./spot.js";
import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { AnyView } from "./value-types.js";
import { type ViewType, viewTypes } from "./view-type.js";

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
      const typePlace = typeSlot === 0 ? 0 : placeOf(source.data, Table.pos(view), typeSlot);
      return fieldValue(source, field, place, typePlace);
    } catch (error) {
      throw readError(source.view, error);
    }
  };
}
