import { writeCodePoint } from "../wire/encode-utf8.js";
import { sequenceLength } from "../wire/utf8.js";

/** What `unescapeString` may find wrong, in words; `Unescaped.error` counts in it. */
export const UNESCAPE_ERRORS = [
  "",
  "unknown escape; known are \\n \\t \\r \\b \\f \\\" \\' \\\\ \\/ \\xHH \\uHHHH",
  'unknown escape; JSON knows \\n \\t \\r \\b \\f \\" \\\\ \\/ \\uHHHH',
  "an escape wants hex digits here",
  "a high surrogate wants its low surrogate right behind it",
  "a low surrogate without its high surrogate in front",
  "not valid UTF-8",
] as const;

const UNKNOWN_ESCAPE = 1;
const UNKNOWN_JSON_ESCAPE = 2;
const NO_HEX = 3;
const LONE_HIGH = 4;
const LONE_LOW = 5;
/** The error of a string that is no UTF-8, among `UNESCAPE_ERRORS`. */
export const NOT_UTF8 = 6;

/** What came out of `unescapeString`. */
export interface Unescaped {
  /** Bytes written; or when `error` is not 0, the position of what is wrong. */
  length: number;
  /** 0, or an index into `UNESCAPE_ERRORS`. */
  error: number;
}

/**
 * Writes the text that the string constant `source[start, end)` (without its quotes) means into `target` from 0,
 * which must have room for `end - start` bytes: no escape is shorter than what it stands for.
 *
 * Knows flatc's escapes, or with `strict` only JSON's. The result must be valid UTF-8 as a whole, so `\xC3\xA9` is
 * an é and `\xC3` alone is an error. Control characters are the scanner's business.
 */
export function unescapeString(
  source: Uint8Array,
  start: number,
  end: number,
  strict: boolean,
  target: Uint8Array,
): Unescaped {
  let length = 0;
  let hasRawBytes = false;
  let pos = start;
  while (pos < end) {
    const byte = source[pos]!;
    if (byte !== BACKSLASH) {
      const bytes = byte < 0x80 ? 1 : sequenceLength(source, pos, end);
      // Half a sequence may be completed by \x escapes, so bytes are judged together at the end.
      if (bytes === 0) hasRawBytes = true;
      target[length++] = byte;
      pos++;
      for (let more = 1; more < bytes; more++) target[length++] = source[pos++]!;
      continue;
    }
    const letter = pos + 1 < end ? source[pos + 1]! : 0;
    const simple = letter < 128 ? SIMPLE[letter]! : 0;
    if (simple !== 0 && !(strict && letter === SINGLE_QUOTE)) {
      target[length++] = simple;
      pos += 2;
    } else if (letter === LOWER_X && !strict) {
      const value = hexValue(source, pos + 2, 2, end);
      if (value < 0) return { length: pos, error: NO_HEX };
      if (value >= 0x80) hasRawBytes = true;
      target[length++] = value;
      pos += 4;
    } else if (letter === LOWER_U) {
      let code = hexValue(source, pos + 2, 4, end);
      if (code < 0) return { length: pos, error: NO_HEX };
      if (code >= 0xdc00 && code <= 0xdfff) return { length: pos, error: LONE_LOW };
      let width = 6;
      if (code >= 0xd800 && code <= 0xdbff) {
        const low =
          source[pos + 6] === BACKSLASH && source[pos + 7] === LOWER_U ? hexValue(source, pos + 8, 4, end) : -1;
        if (low < 0xdc00 || low > 0xdfff) return { length: pos, error: LONE_HIGH };
        code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
        width = 12;
      }
      length = writeCodePoint(target, length, code);
      pos += width;
    } else return { length: pos, error: strict ? UNKNOWN_JSON_ESCAPE : UNKNOWN_ESCAPE };
  }
  if (hasRawBytes && !isUtf8(target, length)) return { length: start, error: NOT_UTF8 };
  return { length, error: 0 };
}

const BACKSLASH = 0x5c;
const SINGLE_QUOTE = 0x27;
const LOWER_U = 0x75;
const LOWER_X = 0x78;

/** The character for the letter behind a backslash, 0 where it takes more than that. */
const SIMPLE: Uint8Array = new Uint8Array(128);
for (const [letter, char] of [
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
] as const) {
  SIMPLE[letter.charCodeAt(0)] = char.charCodeAt(0);
}

/** The value of `count` hex digits at `pos`, or -1. */
function hexValue(source: Uint8Array, pos: number, count: number, end: number): number {
  if (pos + count > end) return -1;
  let value = 0;
  for (let index = 0; index < count; index++) {
    const code = source[pos + index]!;
    const lower = code | 0x20;
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function isUtf8(bytes: Uint8Array, end: number): boolean {
  let pos = 0;
  while (pos < end) {
    if (bytes[pos]! < 0x80) {
      pos++;
      continue;
    }
    const length = sequenceLength(bytes, pos, end);
    if (length === 0) return false;
    pos += length;
  }
  return true;
}
