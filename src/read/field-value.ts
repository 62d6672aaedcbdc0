import { flexToValue } from "../flexbuffers/value.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar } from "../program/read-scalar.js";
import { FlatbufferError } from "../wire/error.js";
import { decodeUtf8 } from "../wire/utf8.js";
import { firstElement, followField, stringLength, vectorLength } from "./follow.js";
import { type Source, sourceOf } from "./source.js";

import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { UnknownMember } from "./value-types.js";
import { Vector } from "./vector.js";

/**
 * The value that a table or struct stores at `place` for a field: a scalar, a string, or a view on what the field
 * leads to.
 *
 * @param typePlace Where the type (or types) of a union is stored, 0 when it isn't; unused for other kinds.
 */
export function fieldValue(source: Source, field: number, place: number, typePlace: number): unknown {
  const { program } = source;
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind <= Kind.LAST_SCALAR) return readScalar(source.data, kind, place);
  const child = program.fields[field + P.FIELD_CHILD]!;
  switch (kind) {
    case Kind.String:
      return readString(source, followField(source, field, place));
    case Kind.Table:
      return new Table(source, source.types[child]!, followField(source, field, place));
    case Kind.Struct:
      return new Struct(source, source.types[child]!, place);
    case Kind.Union:
      return unionMember(source, child, typePlace === 0 ? 0 : source.data.getUint8(typePlace), place);
    case Kind.ScalarArray:
    case Kind.StructArray:
      return new Vector(source, field, place, program.fields[field + P.FIELD_LENGTH]!, undefined);
    case Kind.UnionVector:
      return unionVector(source, field, place, typePlace);
    case Kind.NestedFlatbuffer:
      return nestedTable(source, field, place);
    case Kind.Flexbuffer:
      return flexValue(source, field, place);
    default:
      return vectorAt(source, field, followField(source, field, place));
  }
}

/** The string at `pos`. Throws `string-out-of-range` or `invalid-utf8`. */
export function readString(source: Source, pos: number): string {
  const length = stringLength(source, pos);
  return decodeUtf8(source.view.bytes, pos + 4, pos + 4 + length);
}

/** The member with this type, whose offset is at `place`; undefined for NONE. */
export function unionMember(source: Source, union: number, tag: number, place: number): unknown {
  if (tag === 0) return undefined;
  const { program } = source;
  const member = P.unionMember(program, union, tag);
  if (member < 0) return unknownMember(tag);
  const pos = place + source.data.getUint32(place, true);
  const kind = program.memberKind[member];
  if (kind === Kind.String) return readString(source, pos);
  const type = source.types[program.memberObject[member]!]!;
  return kind === Kind.Struct ? new Struct(source, type, pos) : new Table(source, type, pos);
}

/** The bytes of a string, or of the elements of a vector, that a table stores at `place`; the buffer's own memory. */
export function fieldBytes(source: Source, field: number, place: number): Uint8Array {
  const { program, view } = source;
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind <= Kind.LAST_SCALAR || kind === Kind.Struct || kind === Kind.ScalarArray || kind === Kind.StructArray) {
    return view.numbers(Uint8Array, place, program.fields[field + P.FIELD_SIZE]!);
  }
  if (!HAS_BYTES.has(kind)) {
    throw new FlatbufferError(
      "wrong-type",
      "only strings, structs, scalars and vectors of them have bytes of their own",
    );
  }
  const pos = followField(source, field, place);
  if (kind === Kind.String) return view.numbers(Uint8Array, pos + 4, stringLength(source, pos));
  const length = vectorLength(source, field, pos);
  return view.numbers(Uint8Array, firstElement(program, field, pos), length * program.fields[field + P.FIELD_STRIDE]!);
}

const HAS_BYTES: ReadonlySet<number> = new Set([
  Kind.String,
  Kind.ScalarVector,
  Kind.StructVector,
  Kind.NestedFlatbuffer,
  Kind.Flexbuffer,
]);

function vectorAt(source: Source, field: number, pos: number): Vector {
  const length = vectorLength(source, field, pos);
  return new Vector(source, field, firstElement(source.program, field, pos), length, undefined);
}

function unionVector(source: Source, field: number, place: number, typePlace: number): Vector | undefined {
  if (typePlace === 0) return undefined;
  const values = followField(source, field, place);
  const types = vectorAt(source, field - P.FIELD_WORDS, followField(source, field - P.FIELD_WORDS, typePlace));
  const length = vectorLength(source, field, values);
  if (types.length === length)
    return new Vector(source, field, firstElement(source.program, field, values), length, types);
  throw new FlatbufferError(
    "union-lengths-differ",
    `a vector of unions has ${length} values but ${types.length} types`,
    {
      offset: values,
    },
  );
}

function nestedTable(source: Source, field: number, place: number): Table {
  const { program, limits } = source;
  const pos = followField(source, field, place);
  const view = source.view.window(firstElement(program, field, pos), vectorLength(source, field, pos));
  const nested = sourceOf({ program, view, limits });
  return new Table(nested, nested.types[program.fields[field + P.FIELD_CHILD]!]!, view.data.getUint32(0, true));
}

function flexValue(source: Source, field: number, place: number): unknown {
  const pos = followField(source, field, place);
  const start = firstElement(source.program, field, pos);
  return flexToValue(source.view, start, start + vectorLength(source, field, pos), { limits: source.limits });
}

function unknownMember(tag: number): UnknownMember {
  return Object.freeze({ $unknown: tag });
}
