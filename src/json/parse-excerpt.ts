import { type BaseType, baseTypeName } from "../model/base-type.js";
import { decodeUtf8 } from "../wire/utf8.js";

/** What stands at a position, for messages: a word, a number, a string's beginning, or one character. */
export function tokenAt(bytes: Uint8Array, pos: number, end: number): string {
  if (pos >= end) return "the end of the text";
  const first = bytes[pos]!;
  let stop = pos + 1;
  if (first === 0x22 || first === 0x27) {
    while (stop < end && bytes[stop] !== first && bytes[stop] !== 0x0a) stop += bytes[stop] === 0x5c ? 2 : 1;
    stop++;
  } else if (isWordByte(first)) {
    while (stop < end && isWordByte(bytes[stop]!)) stop++;
  } else {
    while (stop < end && (bytes[stop]! & 0xc0) === 0x80) stop++;
  }
  return quoteText(bytes, pos, Math.min(stop, end));
}

/** A piece of the text for messages: shortened, and without control characters. */
export function quoteText(bytes: Uint8Array, start: number, end: number): string {
  const isLong = end - start > MAX_SHOWN;
  const text = decodeUtf8(bytes, start, isLong ? start + MAX_SHOWN : end, true);
  const clean = text.replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return isLong ? `${clean}...` : clean;
}

/** The schema language's word for a scalar kind. */
export function kindName(kind: number): string {
  return baseTypeName(kind as BaseType);
}

const MAX_SHOWN = 60;
/** Control characters, line separators and what changes the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function isWordByte(byte: number): boolean {
  const lower = byte | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || "_+-.$".includes(String.fromCharCode(byte))
  );
}
