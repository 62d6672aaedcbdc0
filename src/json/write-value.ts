import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { DEFAULT_BYTES } from "./default-values.js";
import { follow, followWide } from "./follow.js";
import { planOfStruct, planOfTable } from "./plan.js";
import { writeEnum } from "./write-enum.js";
import { writeFields, writeTarget } from "./write-fields.js";
import { writeScalar } from "./write-scalar.js";
import { writeString } from "./write-string.js";
import { writeUnion, writeUnionVector } from "./write-union.js";
import { writeArray } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/** A value that is written by itself: that of a field, or one element of a vector or fixed array. */
export interface StoredValue {
  readonly field: number;
  /** Kind of the field; for an element, of the element. */
  readonly kind: number;
  /** Where the value or the offset to it is stored. 0 for an absent scalar: its default is written. */
  readonly place: number;
  /** Where the type (or types) of a union is stored, 0 when it isn't; unused for other kinds. */
  readonly typePlace: number;
}

/**
 * One value as it is written among others, inside separators of `width` bytes. Gives -1 for a union of no known type.
 *
 * For single values: `writeFields` has the same choice spelled out, with a plan instead of a field's record.
 */
export function writeValue(writer: JsonWriter, pos: number, value: StoredValue, width: number): number {
  const { field, kind, place, typePlace } = value;
  const { program } = writer;
  const child = program.fields[field + P.FIELD_CHILD]!;
  const isElement = kind !== program.fields[field + P.FIELD_KIND];
  if (!isElement && place + program.fields[field + P.FIELD_SIZE]! > writer.limit) {
    throw new FlatbufferError("field-out-of-range", "a field lies outside the buffer", { offset: place });
  }
  if (kind <= Kind.LAST_SCALAR) return writeStoredScalar(writer, pos, field, kind, place);
  switch (kind) {
    case Kind.Table: {
      const table = follow(writer, place);
      return writeFields(writer, pos, planOfTable(writer, child, table), table, width);
    }
    case Kind.Struct:
      return writeFields(writer, pos, planOfStruct(writer, child), place, width);
    case Kind.Union:
      return writeUnion(writer, pos, child, orAbsent(typePlace), place, width);
    case Kind.UnionVector:
      return writeUnionVector(writer, pos, field, orAbsent(typePlace), place, width);
    case Kind.ScalarArray:
    case Kind.StructArray:
      return writeArray(writer, pos, field, place, width);
  }
  if (isElement) return writeString(writer, pos, follow(writer, place));
  const isWide = (program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0;
  return writeTarget(writer, pos, field, isWide ? followWide(writer, place) : follow(writer, place), width);
}

function writeStoredScalar(writer: JsonWriter, pos: number, field: number, kind: number, place: number): number {
  const data = place === 0 ? writer.defaults : writer.data;
  const at = place === 0 ? (field / P.FIELD_WORDS) * DEFAULT_BYTES : place;
  const enumIndex = writer.program.fields[field + P.FIELD_ENUM]!;
  return enumIndex >= 0 && kind !== Kind.Bool && writer.rules.enumNames
    ? writeEnum(writer, pos, enumIndex, kind, data, at)
    : writeScalar(writer, pos, kind, data, at);
}

/** The walkers of unions say -1 for a type that is nowhere. */
function orAbsent(typePlace: number): number {
  return typePlace === 0 ? -1 : typePlace;
}
