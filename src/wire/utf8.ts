import { FlatbufferError } from "./error.js";
import { SHORT_TEXT, shortText } from "./short-text.js";

/** V8's longest string; one more character throws a RangeError there. */
const MAX_STRING_LENGTH = 536_870_888;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/**
 * The string in `bytes[start, end)`. A BOM is kept.
 *
 * Throws `invalid-utf8` with the offset of the first bad byte, or puts U+FFFD in its place when `replace` is true.
 * Throws `string-too-long` for what no JavaScript string can hold.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number, replace = false): string {
  if (end - start <= SHORT_TEXT) {
    const count = decodeUnits(bytes, start, end);
    if (count >= 0) return shortText(units, count);
  }
  if (end - start > MAX_STRING_LENGTH) {
    throw new FlatbufferError(
      "string-too-long",
      `a string of ${end - start} bytes is longer than JavaScript can hold`,
      {
        offset: start,
      },
    );
  }
  const slice = bytes.subarray(start, end);
  if (replace) return lossy.decode(slice);
  try {
    return strict.decode(slice);
  } catch (error) {
    const bad = findInvalidUtf8(bytes, start, end);
    throw new FlatbufferError("invalid-utf8", `byte 0x${hex(bytes[bad])} at ${bad} is no part of valid UTF-8`, {
      offset: bad,
      cause: error,
    });
  }
}

/**
 * Position of the first byte of `bytes[start, end)` that starts no valid UTF-8 sequence, or -1 when all do.
 * Valid means: shortest form, no surrogates, at most U+10FFFF.
 */
export function findInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let pos = start;
  while (pos < end) {
    const first = bytes[pos]!;
    if (first < 0x80) {
      pos++;
      continue;
    }
    const length = sequenceLength(bytes, pos, end);
    if (length === 0) return pos;
    pos += length;
  }
  return -1;
}

/** Bytes of the valid non-ASCII sequence at `pos`, or 0 when there is none that ends before `end`. */
export function sequenceLength(bytes: Uint8Array, pos: number, end: number): 0 | 2 | 3 | 4 {
  const first = bytes[pos]!;
  if (first < 0xc2 || pos + 1 >= end) return 0;
  const second = bytes[pos + 1]!;
  if (first < 0xe0) return isContinuation(second) ? 2 : 0;
  if (pos + 2 >= end || !isContinuation(bytes[pos + 2]!)) return 0;
  if (first < 0xf0) {
    // E0 below A0 is an overlong form, ED from A0 up is a surrogate.
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high ? 3 : 0;
  }
  if (pos + 3 >= end || !isContinuation(bytes[pos + 3]!)) return 0;
  // F0 below 90 is an overlong form, F4 from 90 up lies beyond U+10FFFF.
  const low = first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xf4 ? 0x8f : 0xbf;
  return first <= 0xf4 && second >= low && second <= high ? 4 : 0;
}

/** Scratch memory: what `decodeUnits` wrote last. */
const units = new Uint16Array(SHORT_TEXT);

/** Writes the UTF-16 units of short, valid UTF-8 into `units` and says how many, or -1 when it is not valid. */
function decodeUnits(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let pos = start;
  while (pos < end) {
    const first = bytes[pos]!;
    if (first < 0x80) {
      units[count++] = first;
      pos++;
      continue;
    }
    const length = sequenceLength(bytes, pos, end);
    if (length === 0) return -1;
    if (length === 2) units[count++] = (first & 0x1f) * 0x40 + (bytes[pos + 1]! & 0x3f);
    else if (length === 3) units[count++] = threeByteUnit(bytes, pos);
    else {
      const rest = (threeByteUnit(bytes, pos) & 0x7fff) * 0x40 + (bytes[pos + 3]! & 0x3f);
      units[count++] = 0xd7c0 + (rest >>> 10);
      units[count++] = 0xdc00 + (rest & 0x3ff);
    }
    pos += length;
  }
  return count;
}

/** The bits of the first three bytes of a sequence. */
function threeByteUnit(bytes: Uint8Array, pos: number): number {
  return (bytes[pos]! & 0x0f) * 0x1000 + (bytes[pos + 1]! & 0x3f) * 0x40 + (bytes[pos + 2]! & 0x3f);
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

function hex(byte: number | undefined): string {
  return (byte ?? 0).toString(16).padStart(2, "0");
}
