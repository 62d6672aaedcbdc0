import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import { grow } from "./sink.js";
import { writeEnum } from "./write-enum.js";
import { writeScalar } from "./write-scalar.js";
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
  const { data, program, rules, separator } = writer;
  const kind = program.fields[field + P.FIELD_ELEMENT]!;
  const size = program.fields[field + P.FIELD_STRIDE]!;
  const enumIndex = program.fields[field + P.FIELD_ENUM]!;
  const isNamed = enumIndex >= 0 && kind !== Kind.Bool && rules.enumNames;
  const start = pos;
  const end = first + length * size;
  for (let at = first; at < end; at += size) {
    if (pos > writer.end) grow(writer, pos, 0);
    pos = writeSeparator(writer.out, pos, separator, width);
    if (isNamed) pos = writeEnum(writer, pos, enumIndex, kind, data, at);
    else pos = writeScalar(writer, pos, kind, data, at);
  }
  writer.out.setUint8(start, 0x5b); // over the first comma
  return writeClose(writer, pos, width, 0x5d);
}
