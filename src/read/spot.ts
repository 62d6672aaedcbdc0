import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { unknownField } from "./unknown-field.js";
import { type FieldAccess, type ViewType, viewTypes } from "./view-type.js";

/** A field of a view, or of structs inline in it. */
export interface Spot {
  readonly field: number;
  readonly kind: number;
  /** Place in the view's vtable, or in the struct, of what holds the field or is it. */
  readonly slot: number;
  /** Bytes from there to the field. */
  readonly inner: number;
  readonly absent: unknown;
  readonly typeSlot: number;
}

export function spotOf({ field, kind, slot, absent, typeSlot }: FieldAccess): Spot {
  return { field, kind, slot, inner: 0, absent, typeSlot };
}

/** The field that `path` names, through structs inside one another. Throws `unknown-field`. */
export function innerSpot(schema: Schema, type: ViewType, path: string): Spot {
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
