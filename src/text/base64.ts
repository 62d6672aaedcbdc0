import { FlatbufferError } from "../wire/error.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 0x3d;

/** Byte of the text for each six bits. */
const DIGITS: Uint8Array = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
/** Six bits for each byte of a text, 64 for what is no digit. */
const VALUES: Uint8Array = new Uint8Array(256).fill(64);
for (let value = 0; value < 64; value++) VALUES[DIGITS[value]!] = value;

/** Characters of the base64 text of `byteLength` bytes, padding included. */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

/**
 * Writes the base64 text (RFC 4648, with padding) of `source[start, end)` into `target` from `pos`, where
 * `base64Length` bytes must be free. Returns the position behind it.
 */
export function writeBase64(source: Uint8Array, start: number, end: number, target: Uint8Array, pos: number): number {
  const whole = end - ((end - start) % 3);
  for (let at = start; at < whole; at += 3, pos += 4) {
    const bits = source[at]! * 0x10000 + source[at + 1]! * 0x100 + source[at + 2]!;
    target[pos] = DIGITS[bits >>> 18]!;
    target[pos + 1] = DIGITS[(bits >>> 12) & 63]!;
    target[pos + 2] = DIGITS[(bits >>> 6) & 63]!;
    target[pos + 3] = DIGITS[bits & 63]!;
  }
  if (whole === end) return pos;
  const first = source[whole]!;
  const second = whole + 1 < end ? source[whole + 1]! : 0;
  target[pos] = DIGITS[first >>> 2]!;
  target[pos + 1] = DIGITS[(first & 3) * 16 + (second >>> 4)]!;
  target[pos + 2] = whole + 1 < end ? DIGITS[(second & 15) * 4]! : PADDING;
  target[pos + 3] = PADDING;
  return pos + 4;
}

/**
 * Reads the base64 text `source[start, end)` into `target` from `pos`, where three bytes for every four characters
 * must be free. Returns how many bytes it holds.
 *
 * Strict: the standard alphabet, whole groups of four, padding only at the end and no stray bits under it, so that
 * each value has one text. Throws `invalid-value` with the `offset` of the first wrong character.
 */
export function readBase64(source: Uint8Array, start: number, end: number, target: Uint8Array, pos: number): number {
  const length = end - start;
  if (length === 0) return 0;
  if (length % 4 !== 0) throw wrong(`${length} characters are no whole number of groups of four`, end);
  const padding = source[end - 1] !== PADDING ? 0 : source[end - 2] !== PADDING ? 1 : 2;
  const whole = padding === 0 ? end : end - 4;
  const first = pos;
  for (let at = start; at < whole; at += 4, pos += 3) {
    const a = VALUES[source[at]!]!;
    const b = VALUES[source[at + 1]!]!;
    const c = VALUES[source[at + 2]!]!;
    const d = VALUES[source[at + 3]!]!;
    if (((a | b | c | d) & 64) !== 0) throw wrongDigit(source, at);
    target[pos] = a * 4 + (b >>> 4);
    target[pos + 1] = (b & 15) * 16 + (c >>> 2);
    target[pos + 2] = (c & 3) * 64 + d;
  }
  if (padding === 0) return pos - first;
  const a = VALUES[source[whole]!]!;
  const b = VALUES[source[whole + 1]!]!;
  const c = padding === 1 ? VALUES[source[whole + 2]!]! : 0;
  if (((a | b | c) & 64) !== 0) throw wrongDigit(source, whole);
  if (padding === 2 ? (b & 15) !== 0 : (c & 3) !== 0)
    throw wrong("the last digit has bits that belong to no byte", end - 1 - padding);
  target[pos++] = a * 4 + (b >>> 4);
  if (padding === 1) target[pos++] = (b & 15) * 16 + (c >>> 2);
  return pos - first;
}

function wrongDigit(source: Uint8Array, group: number): FlatbufferError {
  let at = group;
  while (VALUES[source[at]!] !== 64) at++;
  const byte = source[at]!;
  const shown =
    byte > 0x20 && byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `byte 0x${byte.toString(16).padStart(2, "0")}`;
  return wrong(`${shown} is no base64 digit`, at);
}

function wrong(reason: string, offset: number): FlatbufferError {
  return new FlatbufferError("invalid-value", `base64: ${reason}`, { offset });
}
