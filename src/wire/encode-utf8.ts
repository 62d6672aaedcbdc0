import { FlatbufferError } from "./error.js";

const encoder = new TextEncoder();

/** Up to this many characters a loop is quicker than a call into the engine. */
const SHORT = 32;

/** The UTF-8 bytes of `text`. Throws `invalid-utf8` for a lone surrogate, which has none. */
export function encodeUtf8(text: string): Uint8Array {
  const byteLength = text.length <= SHORT ? utf8Length(text) : -1;
  if (byteLength >= 0) {
    const bytes = new Uint8Array(byteLength);
    writeUtf8(bytes, 0, text);
    return bytes;
  }
  const lone = findLoneSurrogate(text);
  if (lone >= 0) {
    throw new FlatbufferError(
      "invalid-utf8",
      `character ${lone} of the text is a lone surrogate, which UTF-8 can't hold`,
    );
  }
  return encoder.encode(text);
}

/** Index of the first surrogate without its other half, or -1. */
export function findLoneSurrogate(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(index + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return index;
    index++;
  }
  return -1;
}

/** Bytes of a string in UTF-8; -1 when it has half a surrogate pair. */
export function utf8Length(text: string): number {
  let byteLength = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    if (code < 0x800) byteLength++;
    else if ((code & 0xf800) !== 0xd800) byteLength += 2;
    else if (code >= 0xdc00 || (text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00) return -1;
    else {
      byteLength += 2; // two units, four bytes
      index++;
    }
  }
  return byteLength;
}

/**
 * Writes a string for which `utf8Length` has said that it's well-formed and how long: for short strings, where a call
 * into the engine costs more than the writing (bench, `--only objects --input small`).
 */
export function writeUtf8(target: Uint8Array, start: number, text: string): void {
  let pos = start;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) target[pos++] = code;
    else if ((code & 0xf800) !== 0xd800) pos = writeCodePoint(target, pos, code);
    else pos = writeCodePoint(target, pos, text.codePointAt(index++)!);
  }
}

/** Writes one character that is no surrogate; returns the position behind it. */
export function writeCodePoint(target: Uint8Array, pos: number, code: number): number {
  if (code < 0x80) {
    target[pos] = code;
    return pos + 1;
  }
  const last = 0x80 | (code & 63);
  if (code < 0x800) {
    target[pos] = 0xc0 | (code >>> 6);
    target[pos + 1] = last;
    return pos + 2;
  }
  const middle = 0x80 | ((code >>> 6) & 63);
  if (code < 0x10000) {
    target[pos] = 0xe0 | (code >>> 12);
    target[pos + 1] = middle;
    target[pos + 2] = last;
    return pos + 3;
  }
  target[pos] = 0xf0 | (code >>> 18);
  target[pos + 1] = 0x80 | ((code >>> 12) & 63);
  target[pos + 2] = middle;
  target[pos + 3] = last;
  return pos + 4;
}
