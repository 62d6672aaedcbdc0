import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { follow } from "./follow.js";
import { planOfStruct, planOfTable } from "./plan.js";
import { grow } from "./sink.js";
import { writeBase64 } from "./write-base64.js";
import { writeFields } from "./write-fields.js";
import { writeScalars } from "./write-scalars.js";
import { writeString } from "./write-string.js";
import { writeClose, writeEmpty, writeSeparator } from "./write-text.js";
import type { JsonWriter } from "./writer.js";

/** The length of the vector at `vector`, all of whose elements lie in the window. */
export function lengthOf(writer: JsonWriter, field: number, vector: number): number {
  const { fields } = writer.program;
  let length = writer.data.getUint32(vector, true);
  if (P.hasLongLength(writer.program, field)) {
    if (vector > writer.limit - 8) throw badLength(vector, length);
    length += writer.data.getUint32(vector + 4, true) * 4294967296;
  }
  if (length * fields[field + P.FIELD_STRIDE]! > writer.limit - firstOf(writer, field, vector)) {
    throw badLength(vector, length);
  }
  return length;
}

/** Where the first element of the vector at `vector` is. */
export function firstOf(writer: JsonWriter, field: number, vector: number): number {
  return vector + P.lengthSize(writer.program, field);
}

function badLength(vector: number, length: number): FlatbufferError {
  return new FlatbufferError("vector-out-of-range", `a vector of ${length} elements doesn't fit in the buffer`, {
    offset: vector,
  });
}

/** The vector of any kind at `vector` (its length word); its elements are parted by separators of `width` bytes. */
export function writeVector(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  switch (writer.program.fields[field + P.FIELD_KIND]!) {
    case Kind.StringVector:
      return writeStrings(writer, pos, field, vector, width);
    case Kind.TableVector:
      return writeTables(writer, pos, field, vector, width);
    case Kind.StructVector:
      return writeStructs(writer, pos, field, vector, width);
    default:
      return writeScalarVector(writer, pos, field, vector, width);
  }
}

/** A vector of scalars, also one that holds a format that is not to be expanded. */
export function writeScalarVector(
  writer: JsonWriter,
  pos: number,
  field: number,
  vector: number,
  width: number,
): number {
  const { fields } = writer.program;
  const length = lengthOf(writer, field, vector);
  const first = firstOf(writer, field, vector);
  if (writer.rules.base64 && fields[field + P.FIELD_ELEMENT] === Kind.UByte && fields[field + P.FIELD_ENUM]! < 0) {
    return writeBase64(writer, pos, first, length);
  }
  return length < MANY
    ? writeScalars(writer, pos, field, first, length, width)
    : writeMany(writer, pos, field, first, length, width);
}

/** Vectors from here on are worth remembering. */
const MANY = 1024;

/**
 * Tables one after another may share a large vector. It is printed for the first of them and copied for the others, so
 * that a bomb made of it takes no longer than the memory it asks for.
 */
function writeMany(
  writer: JsonWriter,
  pos: number,
  field: number,
  first: number,
  length: number,
  width: number,
): number {
  const { last } = writer;
  if (last?.first === first && last.field === field && last.width === width) {
    const byteLength = last.end - last.start;
    if (pos + byteLength > writer.end) grow(writer, pos, byteLength);
    writer.bytes.copyWithin(pos, last.start, last.end);
    return pos + byteLength;
  }
  const end = writeScalars(writer, pos, field, first, length, width);
  writer.last = { first, field, width, start: pos, end };
  return end;
}

/** A vector of strings. */
export function writeStrings(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  const length = lengthOf(writer, field, vector);
  if (length === 0) return writeEmpty(writer, pos, width, 0x5b, 0x5d);
  const { indexes } = writer.trail;
  const { level } = writer;
  const start = pos;
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    indexes[level] = index;
    pos = writeSeparator(writer.out, pos, writer.separator, width);
    pos = writeString(writer, pos, follow(writer, vector + 4 + 4 * index));
  }
  indexes[level] = -1;
  writer.out.setUint8(start, 0x5b); // over the first comma
  return writeClose(writer, pos, width, 0x5d);
}

/** A vector of tables. */
export function writeTables(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  const length = lengthOf(writer, field, vector);
  if (length === 0) return writeEmpty(writer, pos, width, 0x5b, 0x5d);
  const object = writer.program.fields[field + P.FIELD_CHILD]!;
  const { indexes } = writer.trail;
  const { level } = writer;
  const start = pos;
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    indexes[level] = index;
    pos = writeSeparator(writer.out, pos, writer.separator, width);
    const table = follow(writer, vector + 4 + 4 * index);
    pos = writeFields(writer, pos, planOfTable(writer, object, table), table, width + writer.step);
  }
  indexes[level] = -1;
  writer.out.setUint8(start, 0x5b);
  return writeClose(writer, pos, width, 0x5d);
}

/** A vector of structs. */
export function writeStructs(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  const length = lengthOf(writer, field, vector);
  return writeStructElements(writer, pos, field, firstOf(writer, field, vector), length, width);
}

/** The fixed array of a struct's field at `first`. */
export function writeArray(writer: JsonWriter, pos: number, field: number, first: number, width: number): number {
  const { fields } = writer.program;
  const length = fields[field + P.FIELD_LENGTH]!;
  return fields[field + P.FIELD_KIND] === Kind.StructArray
    ? writeStructElements(writer, pos, field, first, length, width)
    : writeScalars(writer, pos, field, first, length, width);
}

function writeStructElements(
  writer: JsonWriter,
  pos: number,
  field: number,
  first: number,
  length: number,
  width: number,
): number {
  if (length === 0) return writeEmpty(writer, pos, width, 0x5b, 0x5d);
  const object = writer.program.fields[field + P.FIELD_CHILD]!;
  const size = writer.program.objectSize[object]!;
  const { indexes } = writer.trail;
  const { level } = writer;
  const start = pos;
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    indexes[level] = index;
    pos = writeSeparator(writer.out, pos, writer.separator, width);
    pos = writeFields(writer, pos, planOfStruct(writer, object), first + size * index, width + writer.step);
  }
  indexes[level] = -1;
  writer.out.setUint8(start, 0x5b);
  return writeClose(writer, pos, width, 0x5d);
}
