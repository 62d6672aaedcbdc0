import { FlatbufferError } from "../wire/error.js";
import { sequenceLength } from "../wire/utf8.js";
import type { View } from "../wire/view.js";

/** How strings are escaped; `wroteNonAscii` is set when anything else than ASCII was written. */
export interface JsonEscape {
  /** Whether characters beyond ASCII become \u escapes. */
  readonly ascii: boolean;
  /** Upper-case hex digits and no escapes beyond JSON's own, as flatc writes. */
  readonly isFlatc: boolean;
  readonly invalid: "error" | "replace" | "escape";
  wroteNonAscii: boolean;
}

/** A byte of a string becomes at most this many bytes of JSON. */
export const MAX_ESCAPE_BYTES = 6;

/**
 * Writes the UTF-8 bytes `[start, end)` of `view` as the inside of a JSON string and returns the position behind it.
 * `out` must have room for MAX_ESCAPE_BYTES times as many bytes and 4 more. Checks the UTF-8 on the way: throws
 * `invalid-utf8`, or writes what `how.invalid` says.
 */
export function escapeJson(
  how: JsonEscape,
  view: View,
  start: number,
  end: number,
  out: DataView,
  pos: number,
): number {
  const { data } = view;
  let at = start;
  for (;;) {
    let special = 0;
    for (; at + 4 <= end; at += 4, pos += 4) {
      const word = data.getInt32(at, true);
      out.setInt32(pos, word, true);
      special = specialBytes(word);
      if (special !== 0) break;
    }
    const rest = end - at;
    if (special === 0) {
      if (rest === 0) return pos;
      if (at + 4 <= view.byteLength) {
        // The last one to three bytes as a word, with spaces for what lies behind the string.
        const mask = (1 << (8 * rest)) - 1;
        const word = (data.getInt32(at, true) & mask) | (0x20202020 & ~mask);
        out.setInt32(pos, word, true);
        special = specialBytes(word);
        if (special === 0) return pos + rest;
      }
    }
    // The bytes before the special one are written already.
    const plain = special === 0 ? 0 : (31 - Math.clz32(special & -special)) >>> 3;
    at += plain;
    pos += plain;
    const byte = data.getUint8(at);
    if (byte < 0x80) {
      pos = writeAscii(how, byte, out, pos);
      at++;
      continue;
    }
    const length = sequenceLength(view.bytes, at, end);
    if (length > 0) {
      pos = writeSequence(how, data, at, length, out, pos);
      at += length;
    } else {
      pos = writeInvalid(how, byte, at, out, pos);
      at += how.invalid === "replace" ? invalidLength(view.bytes, at, end) : 1;
    }
  }
}

/**
 * Marks among four bytes (by their high bits) the first that is a control character, a quote, a backslash, DEL or not
 * ASCII. Bits above it mean nothing; 0 means that there is none.
 */
function specialBytes(word: number): number {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  // A term borrows or carries into the next byte only from one that is special.
  return (
    ((word - 0x20202020) | (quote - 0x01010101) | (backslash - 0x01010101) | (word + 0x01010101) | word) & 0x80808080
  );
}

function writeAscii(how: JsonEscape, byte: number, out: DataView, pos: number): number {
  const letter = ESCAPES[byte]!;
  if (letter === LITERAL || (byte === DEL && how.isFlatc && !how.ascii)) {
    out.setUint8(pos, byte);
    return pos + 1;
  }
  if (letter === 0) return writeUnit(how, byte, out, pos);
  out.setUint16(pos, BACKSLASH + letter * 256, true);
  return pos + 2;
}

/** A valid sequence of 2 to 4 bytes: as it is, or as the escape of its one or two UTF-16 units. */
function writeSequence(
  how: JsonEscape,
  data: DataView,
  at: number,
  length: number,
  out: DataView,
  pos: number,
): number {
  const code = codePoint(data, at, length);
  if (how.ascii || (!how.isFlatc && isAwkward(code))) {
    if (code < 0x10000) return writeUnit(how, code, out, pos);
    pos = writeUnit(how, 0xd7c0 + (code >>> 10), out, pos);
    return writeUnit(how, 0xdc00 + (code & 0x3ff), out, pos);
  }
  how.wroteNonAscii = true;
  for (let index = 0; index < length; index++) out.setUint8(pos + index, data.getUint8(at + index));
  return pos + length;
}

function codePoint(data: DataView, at: number, length: number): number {
  const first = data.getUint8(at);
  const second = data.getUint8(at + 1) & 0x3f;
  if (length === 2) return (first & 0x1f) * 64 + second;
  const third = data.getUint8(at + 2) & 0x3f;
  if (length === 3) return (first & 0x0f) * 4096 + second * 64 + third;
  return (first & 0x07) * 262_144 + second * 4096 + third * 64 + (data.getUint8(at + 3) & 0x3f);
}

/** Legal in JSON, but C1 controls reach terminals and U+2028/9 break readers that take JSON for JavaScript. */
function isAwkward(code: number): boolean {
  return code < 0xa0 || code === 0x2028 || code === 0x2029;
}

function writeInvalid(how: JsonEscape, byte: number, at: number, out: DataView, pos: number): number {
  if (how.invalid === "escape") {
    out.setUint16(pos, 0x785c, true); // \x
    out.setUint16(pos + 2, UPPER[byte]!, true);
    return pos + 4;
  }
  if (how.invalid === "replace") {
    if (how.ascii) return writeUnit(how, 0xfffd, out, pos);
    how.wroteNonAscii = true;
    out.setUint32(pos, 0xbdbfef, true);
    return pos + 3;
  }
  const hex = byte.toString(16).padStart(2, "0");
  throw new FlatbufferError(
    "invalid-utf8",
    `byte 0x${hex} at ${at} is no part of valid UTF-8; invalidUtf8: 'replace' or 'escape' prints it anyway`,
    { offset: at },
  );
}

/** Bytes that one U+FFFD stands for, as decoders count: what could have begun a sequence, and at least one. */
function invalidLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  const second = at + 1 < end ? bytes[at + 1]! : 0;
  if (first < 0xe0 || first > 0xf4 || (second & 0xc0) !== 0x80) return 1;
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 1;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 1;
  return first >= 0xf0 && at + 2 < end && (bytes[at + 2]! & 0xc0) === 0x80 ? 3 : 2;
}

/** One UTF-16 unit as \uXXXX. */
function writeUnit(how: JsonEscape, unit: number, out: DataView, pos: number): number {
  const digits = how.isFlatc ? UPPER : LOWER;
  out.setUint16(pos, 0x755c, true); // \u
  out.setUint16(pos + 2, digits[unit >>> 8]!, true);
  out.setUint16(pos + 4, digits[unit & 0xff]!, true);
  return pos + 6;
}

/** By byte: its two hex digits as they are stored. */
const UPPER: Uint16Array = /* @__PURE__ */ makeHexDigits("0123456789ABCDEF");
const LOWER: Uint16Array = /* @__PURE__ */ makeHexDigits("0123456789abcdef");

function makeHexDigits(digits: string): Uint16Array {
  return Uint16Array.from(
    { length: 256 },
    (_, byte) => digits.charCodeAt(byte >>> 4) + 256 * digits.charCodeAt(byte & 15),
  );
}

const BACKSLASH = 0x5c;
const DEL = 0x7f;

const LITERAL = 1;
/** By ASCII character: LITERAL, the letter of its short escape, or 0 when it has only \u00XX. */
const ESCAPES: Uint8Array = /* @__PURE__ */ makeEscapes();

function makeEscapes(): Uint8Array {
  const escapes = new Uint8Array(128).fill(LITERAL, 0x20, DEL);
  const letters = { '"': '"', "\\": "\\", "\n": "n", "\t": "t", "\r": "r", "\b": "b", "\f": "f" };
  for (const [character, letter] of Object.entries(letters)) {
    escapes[character.charCodeAt(0)] = letter.charCodeAt(0);
  }
  return escapes;
}
