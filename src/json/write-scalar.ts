import * as Kind from "../program/kind.js";
import { writeFixedDouble, writeFixedFloat } from "../text/write-fixed-float.js";
import { writeInt32, writeInt64, writeUint32, writeUint64 } from "../text/write-integer.js";
import { writeShortestDouble } from "../text/write-shortest-double.js";
import { writeShortestFloat } from "../text/write-shortest-float.js";
import { FlatbufferError } from "../wire/error.js";
import { writeWord } from "./write-text.js";
import type { JsonWriter } from "./writer.js";

/** The scalar of `kind` at `at` of `data`: the buffer, or the table of defaults. Needs room only within the slack. */
export function writeScalar(writer: JsonWriter, pos: number, kind: number, data: DataView, at: number): number {
  const { out } = writer;
  switch (kind) {
    case Kind.Bool:
      return writeBool(out, pos, data.getUint8(at));
    case Kind.UType:
    case Kind.UByte:
      return writeUint32(out, pos, data.getUint8(at));
    case Kind.Byte:
      return writeInt32(out, pos, data.getInt8(at));
    case Kind.Short:
      return writeInt32(out, pos, data.getInt16(at, true));
    case Kind.UShort:
      return writeUint32(out, pos, data.getUint16(at, true));
    case Kind.Int:
      return writeInt32(out, pos, data.getInt32(at, true));
    case Kind.UInt:
      return writeUint32(out, pos, data.getUint32(at, true));
    case Kind.Float:
      return writeFloat(writer, pos, data, at);
    case Kind.Double:
      return writeDouble(writer, pos, data, at);
    default:
      return writeLong(writer, pos, kind, data, at);
  }
}

export function writeBool(out: DataView, pos: number, value: number): number {
  if (value !== 0) {
    out.setUint32(pos, 0x65757274, true);
    return pos + 4;
  }
  out.setUint32(pos, 0x736c6166, true);
  out.setUint8(pos + 4, 0x65);
  return pos + 5;
}

export function writeLong(writer: JsonWriter, pos: number, kind: number, data: DataView, at: number): number {
  const { out, quoteInt64 } = writer;
  const low = data.getInt32(at, true);
  const high = data.getInt32(at + 4, true);
  if (quoteInt64) out.setUint8(pos++, 0x22);
  pos = kind === Kind.Long ? writeInt64(out, pos, low, high) : writeUint64(out, pos, low, high);
  if (quoteInt64) out.setUint8(pos++, 0x22);
  return pos;
}

export function writeFloat(writer: JsonWriter, pos: number, data: DataView, at: number): number {
  if ((data.getInt32(at, true) & 0x7f800000) === 0x7f800000) {
    return writeNonFinite(writer, pos, data.getFloat32(at, true), data.getInt32(at, true) < 0, at);
  }
  return writer.fixedFloats
    ? writeFixedFloat(writer.out, pos, data, at)
    : writeShortestFloat(writer.out, pos, data, at);
}

export function writeDouble(writer: JsonWriter, pos: number, data: DataView, at: number): number {
  if ((data.getInt32(at + 4, true) & 0x7ff00000) === 0x7ff00000) {
    return writeNonFinite(writer, pos, data.getFloat64(at, true), data.getInt32(at + 4, true) < 0, at);
  }
  return writer.fixedFloats
    ? writeFixedDouble(writer.out, pos, data, at)
    : writeShortestDouble(writer.out, pos, data, at);
}

/** nan or an infinity. Only flatc's bare text shows the sign of a nan. */
export function writeNonFinite(writer: JsonWriter, pos: number, value: number, negative: boolean, at: number): number {
  const { nonFinite, isFlatc } = writer.rules;
  const { out } = writer;
  const isNan = Number.isNaN(value);
  if (nonFinite === "null") return writeWord(out, pos, "null");
  if (nonFinite === "error") {
    throw new FlatbufferError("non-finite", `${isNan ? "nan" : negative ? "-inf" : "inf"} is no JSON number`, {
      offset: at,
    });
  }
  const sign = negative && (!isNan || (isFlatc && nonFinite === "bare")) ? "-" : "";
  const word = sign + (isNan ? "nan" : "inf");
  return writeWord(out, pos, nonFinite === "bare" ? word : `"${word}"`);
}
