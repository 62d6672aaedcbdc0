import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { isFlatbufferError } from "../wire/error.js";
import { grow } from "./sink.js";
import { writeBlock } from "./write-block.js";
import { writeEnum } from "./write-enum.js";
import { writeClose, writeEmpty, writeSeparator } from "./write-text.js";
import type { JsonWriter } from "./writer.js";

/** Elements that are written between two looks at the room that is left. */
const BLOCK = 32;
/** The longest scalar: 309 digits and 12 decimals of a double in flatc's text, sign and point. */
const MAX_SCALAR_BYTES = 328;

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
  const size = fields[field + P.FIELD_STRIDE]!;
  const enumIndex = fields[field + P.FIELD_ENUM]!;
  const start = pos;
  if (enumIndex >= 0 && kind !== Kind.Bool && writer.rules.enumNames) {
    pos = writeEnums(writer, pos, enumIndex, kind, first, length, size, width);
  } else {
    const end = first + length * size;
    const need = BLOCK * (width + MAX_SCALAR_BYTES);
    try {
      for (let at = first; at < end; at += BLOCK * size) {
        if (pos + need > writer.end) grow(writer, pos, need);
        pos = writeBlock(writer, pos, kind, at, Math.min(end, at + BLOCK * size), width);
      }
    } catch (error) {
      throw atElement(writer, error, first, size);
    }
  }
  writer.out.setUint8(start, 0x5b); // over the first comma
  return writeClose(writer, pos, width, 0x5d);
}

/** A block keeps no count; which element it was follows from the byte. */
function atElement(writer: JsonWriter, error: unknown, first: number, size: number): unknown {
  if (isFlatbufferError(error) && error.code === "non-finite" && error.offset !== undefined) {
    writer.trail.indexes[writer.level] = (error.offset - first) / size;
  }
  return error;
}

function writeEnums(
  writer: JsonWriter,
  pos: number,
  enumIndex: number,
  kind: number,
  first: number,
  length: number,
  size: number,
  width: number,
): number {
  const { data, separator } = writer;
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    pos = writeSeparator(writer.out, pos, separator, width);
    pos = writeEnum(writer, pos, enumIndex, kind, data, first + index * size);
  }
  return pos;
}
