import { type BaseType, scalarSize } from "../model/base-type.js";
import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import { writeInt32, writeUint32 } from "../text/write-integer.js";
import { grow } from "./sink.js";
import { writeEnum } from "./write-enum.js";
import { writeBool, writeDouble, writeFloat, writeLong } from "./write-scalar.js";
import { writeClose, writeEmpty, writeSeparator } from "./write-text.js";
import type { JsonWriter } from "./writer.js";

/** The elements of a scalar vector or fixed array, with brackets. */
export function writeScalars(
  writer: JsonWriter,
  pos: number,
  field: number,
  first: number,
  length: number,
  width: number,
): number {
  if (length === 0) return writeEmpty(writer, pos, width, 0x5b, 0x5d);
  const { fields } = writer.program;
  const kind = fields[field + P.FIELD_ELEMENT]!;
  const end = first + length * fields[field + P.FIELD_STRIDE]!;
  const enumIndex = fields[field + P.FIELD_ENUM]!;
  const start = pos;
  if (enumIndex >= 0 && kind !== Kind.Bool && writer.rules.enumNames) {
    pos = writeEnums(writer, pos, enumIndex, kind, first, length, width);
  } else {
    pos = writeElements(writer, pos, kind, first, end, width);
  }
  writer.trail.indexes[writer.level] = -1;
  writer.out.setUint8(start, 0x5b); // over the first comma
  return writeClose(writer, pos, width, 0x5d);
}

/*
 * One loop per element type: a loop over all types, with a switch inside, takes 1.6 times as long on [ubyte]
 * (bench, numbers).
 */

function writeElements(
  writer: JsonWriter,
  pos: number,
  kind: number,
  first: number,
  end: number,
  width: number,
): number {
  const { data, separator } = writer;
  switch (kind) {
    case Kind.Bool:
      for (let at = first; at < end; at++) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeBool(writer.out, pos, data.getUint8(at));
      }
      return pos;
    case Kind.UType:
    case Kind.UByte:
      return writeUBytes(writer, pos, first, end, width);
    case Kind.Byte:
      for (let at = first; at < end; at++) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeInt32(writer.out, pos, data.getInt8(at));
      }
      return pos;
    case Kind.Short:
      for (let at = first; at < end; at += 2) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeInt32(writer.out, pos, data.getInt16(at, true));
      }
      return pos;
    case Kind.UShort:
      for (let at = first; at < end; at += 2) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeUint32(writer.out, pos, data.getUint16(at, true));
      }
      return pos;
    case Kind.Int:
      for (let at = first; at < end; at += 4) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeInt32(writer.out, pos, data.getInt32(at, true));
      }
      return pos;
    case Kind.UInt:
      for (let at = first; at < end; at += 4) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeUint32(writer.out, pos, data.getUint32(at, true));
      }
      return pos;
    case Kind.Float:
      return writeFloats(writer, pos, first, end, width);
    case Kind.Double:
      return writeDoubles(writer, pos, first, end, width);
    default:
      for (let at = first; at < end; at += 8) {
        if (pos > writer.end) grow(writer, pos, 0);
        pos = writeSeparator(writer.out, pos, separator, width);
        pos = writeLong(writer, pos, kind, data, at);
      }
      return pos;
  }
}

function writeUBytes(writer: JsonWriter, pos: number, first: number, end: number, width: number): number {
  const { data, separator } = writer;
  for (let at = first; at < end; at++) {
    if (pos > writer.end) grow(writer, pos, 0);
    pos = writeSeparator(writer.out, pos, separator, width);
    pos = writeUint32(writer.out, pos, data.getUint8(at));
  }
  return pos;
}

function writeFloats(writer: JsonWriter, pos: number, first: number, end: number, width: number): number {
  const { data, separator } = writer;
  const { indexes } = writer.trail;
  for (let at = first; at < end; at += 4) {
    if (pos > writer.end) grow(writer, pos, 0);
    indexes[writer.level] = (at - first) / 4;
    pos = writeSeparator(writer.out, pos, separator, width);
    pos = writeFloat(writer, pos, data, at);
  }
  return pos;
}

function writeDoubles(writer: JsonWriter, pos: number, first: number, end: number, width: number): number {
  const { data, separator } = writer;
  const { indexes } = writer.trail;
  for (let at = first; at < end; at += 8) {
    if (pos > writer.end) grow(writer, pos, 0);
    indexes[writer.level] = (at - first) / 8;
    pos = writeSeparator(writer.out, pos, separator, width);
    pos = writeDouble(writer, pos, data, at);
  }
  return pos;
}

function writeEnums(
  writer: JsonWriter,
  pos: number,
  enumIndex: number,
  kind: number,
  first: number,
  length: number,
  width: number,
): number {
  const { data, separator } = writer;
  const size = scalarSize(kind as BaseType);
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    pos = writeSeparator(writer.out, pos, separator, width);
    pos = writeEnum(writer, pos, enumIndex, kind, data, first + index * size);
  }
  return pos;
}
