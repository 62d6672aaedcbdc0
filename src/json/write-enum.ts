import * as Kind from "../program/kind.js";
import type { EnumNames } from "./enum-names.js";
import { grow } from "./sink.js";
import { writeWords } from "./text-table.js";
import { writeScalar } from "./write-scalar.js";
import type { JsonWriter } from "./writer.js";

/** An integer of `kind` as the name that its enum has for it, as the names of its bits, or as a number. */
export function writeEnum(
  writer: JsonWriter,
  pos: number,
  enumIndex: number,
  kind: number,
  data: DataView,
  at: number,
): number {
  const { texts, enums } = writer.enums;
  const names = enums[enumIndex]!;
  const index = readInteger(kind, data, at) - names.min;
  const piece = index >= 0 && index < names.dense.length ? names.dense[index]! : -1;
  if (piece < 0) return writeUncommon(writer, pos, names, kind, data, at);
  const byteLength = texts.byteLength[piece]!;
  if (pos + byteLength > writer.end) grow(writer, pos, byteLength);
  return writeWords(writer.out, pos, texts.words, texts.first[piece]!, byteLength);
}

/** Exact up to 2^53, which is all that an index needs. */
function readInteger(kind: number, data: DataView, at: number): number {
  switch (kind) {
    case Kind.Byte:
      return data.getInt8(at);
    case Kind.Short:
      return data.getInt16(at, true);
    case Kind.UShort:
      return data.getUint16(at, true);
    case Kind.Int:
      return data.getInt32(at, true);
    case Kind.UInt:
      return data.getUint32(at, true);
    case Kind.Long:
      return data.getInt32(at + 4, true) * 4294967296 + data.getUint32(at, true);
    case Kind.ULong:
      return data.getUint32(at + 4, true) * 4294967296 + data.getUint32(at, true);
    default:
      return data.getUint8(at);
  }
}

/** Enums whose values lie far apart, combined bits, and numbers without a name. */
function writeUncommon(
  writer: JsonWriter,
  pos: number,
  names: EnumNames,
  kind: number,
  data: DataView,
  at: number,
): number {
  const value = readExact(kind, data, at);
  const { texts } = writer.enums;
  const piece = names.dense.length === 0 ? names.sparse.get(value) : undefined;
  if (piece !== undefined) {
    const byteLength = texts.byteLength[piece]!;
    if (pos + byteLength > writer.end) grow(writer, pos, byteLength);
    return writeWords(writer.out, pos, texts.words, texts.first[piece]!, byteLength);
  }
  return names.flags.length > 0 && value !== 0n
    ? writeFlags(writer, pos, names, value, kind, data, at)
    : writeScalar(writer, pos, kind, data, at);
}

function readExact(kind: number, data: DataView, at: number): bigint {
  if (kind === Kind.Long) return data.getBigInt64(at, true);
  if (kind === Kind.ULong) return data.getBigUint64(at, true);
  return BigInt(readInteger(kind, data, at));
}

/** All names that share a bit with the value, in ascending order, if together they have no bit too many or too few. */
function writeFlags(
  writer: JsonWriter,
  pos: number,
  { flags }: EnumNames,
  value: bigint,
  kind: number,
  data: DataView,
  at: number,
): number {
  const wanted = BigInt.asUintN(64, value);
  let covered = 0n;
  let text = "";
  for (const { bits, name } of flags) {
    if ((bits & wanted) === 0n) continue;
    covered |= bits;
    text += text === "" ? name : ` ${name}`;
  }
  if (covered !== wanted) return writeScalar(writer, pos, kind, data, at);
  if (pos + text.length + 2 > writer.end) grow(writer, pos, text.length + 2);
  const { out } = writer;
  out.setUint8(pos++, 0x22);
  for (let index = 0; index < text.length; index++) out.setUint8(pos++, text.charCodeAt(index));
  out.setUint8(pos, 0x22);
  return pos + 1;
}
