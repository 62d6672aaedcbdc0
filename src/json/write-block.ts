import * as Kind from "../program/kind.js";
import { writeInt32, writeUint32 } from "../text/write-integer.js";
import { writeBool, writeDouble, writeFloat, writeLong } from "./write-scalar.js";
import { writeSeparator } from "./write-text.js";
import type { JsonWriter } from "./writer.js";

/**
 * The scalars of one kind in `[first, end)`, each after its separator. Needs room for all of them.
 *
 * One loop per kind, with nothing in it that could change `out`, so that the engine keeps it in registers. One loop with
 * a switch inside is clearly slower for small integers (bench, `--only to-json --input numbers`).
 */
export function writeBlock(
  writer: JsonWriter,
  pos: number,
  kind: number,
  first: number,
  end: number,
  width: number,
): number {
  const { data, out, separator } = writer;
  switch (kind) {
    case Kind.UType:
    case Kind.UByte:
      return width === 1
        ? writeTightBytes(data, out, pos, first, end)
        : writeBytes(data, out, pos, first, end, separator, width);
    case Kind.Bool:
      for (let at = first; at < end; at++) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeBool(out, pos, data.getUint8(at));
      }
      return pos;
    case Kind.Byte:
      for (let at = first; at < end; at++) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeInt32(out, pos, data.getInt8(at));
      }
      return pos;
    case Kind.Short:
      for (let at = first; at < end; at += 2) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeInt32(out, pos, data.getInt16(at, true));
      }
      return pos;
    case Kind.UShort:
      for (let at = first; at < end; at += 2) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeUint32(out, pos, data.getUint16(at, true));
      }
      return pos;
    case Kind.Int:
      for (let at = first; at < end; at += 4) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeInt32(out, pos, data.getInt32(at, true));
      }
      return pos;
    case Kind.UInt:
      for (let at = first; at < end; at += 4) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeUint32(out, pos, data.getUint32(at, true));
      }
      return pos;
    case Kind.Float:
      for (let at = first; at < end; at += 4) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeFloat(writer, pos, data, at);
      }
      return pos;
    case Kind.Double:
      for (let at = first; at < end; at += 8) {
        pos = writeSeparator(out, pos, separator, width);
        pos = writeDouble(writer, pos, data, at);
      }
      return pos;
    default:
      return writeLongs(writer, pos, kind, first, end, width);
  }
}

/** Most 64-bit integers are small ones; they go the short way. */
function writeLongs(writer: JsonWriter, pos: number, kind: number, first: number, end: number, width: number): number {
  const { data, out, separator, quoteInt64 } = writer;
  const texts = BYTE_TEXTS;
  for (let at = first; at < end; at += 8) {
    const low = data.getInt32(at, true);
    const isShort = low >= 0 && data.getInt32(at + 4, true) === 0 && !quoteInt64;
    if (isShort && low < 256 && width === 1) {
      const text = texts[low]!;
      out.setUint32(pos, text, true);
      pos += 4 - (Math.clz32(text) >>> 3);
      continue;
    }
    pos = writeSeparator(out, pos, separator, width);
    pos = isShort ? writeUint32(out, pos, low) : writeLong(writer, pos, kind, data, at);
  }
  return pos;
}

/** Bytes on one line: comma and digits are one word. */
function writeTightBytes(data: DataView, out: DataView, pos: number, first: number, end: number): number {
  const texts = BYTE_TEXTS;
  for (let at = first; at < end; at++) {
    const text = texts[data.getUint8(at)]!;
    out.setUint32(pos, text, true);
    pos += 4 - (Math.clz32(text) >>> 3);
  }
  return pos;
}

function writeBytes(
  data: DataView,
  out: DataView,
  pos: number,
  first: number,
  end: number,
  separator: number,
  width: number,
): number {
  const texts = BYTE_TEXTS;
  for (let at = first; at < end; at++) {
    const text = texts[data.getUint8(at)]!;
    pos = writeSeparator(out, pos, separator, width);
    out.setUint32(pos, text >>> 8, true);
    pos += 3 - (Math.clz32(text) >>> 3);
  }
  return pos;
}

/** By byte: a comma and its digits, as a little-endian word whose upper bytes are 0 behind the last digit. */
const BYTE_TEXTS: Uint32Array = /* @__PURE__ */ makeByteTexts();

function makeByteTexts(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let word = 0;
    for (const char of [...`,${byte}`].reverse()) word = word * 256 + char.charCodeAt(0);
    return word;
  });
}
