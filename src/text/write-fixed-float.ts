import { DIGITS4, trailingZeroChars } from "./digits.js";
import { HIGH_WORD } from "./double-words.js";
import { writeHugeInteger } from "./write-huge-integer.js";
import { writeSafeInteger, writeUint32 } from "./write-integer.js";

/** Bytes `writeFixedFloat` may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_FIXED_FLOAT_BYTES = 50;

/** Bytes `writeFixedDouble` may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_FIXED_DOUBLE_BYTES = 324;

/**
 * Writes a float32 as flatc prints it and returns the position behind it: C's `%.6f`, without the zeros at the end
 * but with one digit after the point (`1.0`, `-0.0`). Rounding is that of the exact binary value, ties to even;
 * whole digits are exact up to the largest float. `value` is rounded to a float32 first.
 * NaN and infinities come out as `nan` and `inf` behind the sign bit they reach this function with; since engines
 * may drop the sign of a NaN, a caller that must print it looks at the stored bits.
 */
export function writeFixedFloat(view: DataView, pos: number, value: number): number {
  DOUBLE[0] = Math.fround(value);
  return writeScratch6(view, pos);
}

/** Writes a float64 as flatc prints it: as {@link writeFixedFloat}, with C's `%.12f`. */
export function writeFixedDouble(view: DataView, pos: number, value: number): number {
  DOUBLE[0] = value;
  return writeScratch12(view, pos);
}

// V8 folds a constant of this module into the code, typed array length and all; an imported one it looks up.
const WORDS4 = DIGITS4;
// The way of a value into the large functions below: as an argument it would be boxed on the heap.
const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);
const HIGH = HIGH_WORD;

function writeScratch6(view: DataView, pos: number): number {
  const size = Math.abs(DOUBLE[0]!);
  view.setUint8(pos, 45);
  pos -= WORDS[HIGH]! >> 31;
  // From 2^24 on a float32 is whole.
  if (!(size < 16777216)) return writeWhole(view, pos, size);
  let whole = Math.floor(size);
  // 24 bits times 20 bits: the product is exact, and so is what remains below the decimals.
  const scaled = (size - whole) * 1e6;
  let decimals = Math.floor(scaled);
  const rest = scaled - decimals;
  if (rest > 0.5 || (rest === 0.5 && decimals % 2 === 1)) decimals++;
  if (decimals === 1e6) {
    decimals = 0;
    whole++;
  }
  pos = writeUint32(view, pos, whole | 0);
  const first = (decimals / 100) | 0;
  const word0 = WORDS4[first]!;
  const word1 = WORDS4[(decimals - first * 100) * 100]!;
  view.setUint8(pos, 46);
  view.setUint32(pos + 1, word0, true);
  view.setUint32(pos + 5, word1, true);
  let zeros = trailingZeroChars(word1);
  if (zeros === 4) zeros = Math.min(zeros + trailingZeroChars(word0), 7);
  return pos + 9 - zeros;
}

function writeScratch12(view: DataView, pos: number): number {
  const size = Math.abs(DOUBLE[0]!);
  view.setUint8(pos, 45);
  pos -= WORDS[HIGH]! >> 31;
  let whole = Math.floor(size);
  // From 2^53 on a float64 is whole.
  if (whole === size || !(size < 9007199254740992)) return writeWhole(view, pos, size);
  // scaled + error is (size - whole) * 10^12 exactly (Dekker's product; 10^12 is 999999995904 + 4096).
  const fraction = size - whole;
  const split = fraction * 134217729;
  const fraction1 = split - (split - fraction);
  const fraction2 = fraction - fraction1;
  const scaled = fraction * 1e12;
  const error =
    fraction2 * TRILLION2 - (scaled - fraction1 * TRILLION1 - fraction2 * TRILLION1 - fraction1 * TRILLION2);
  const floor = Math.floor(scaled);
  const beyondHalf = scaled - floor - 0.5 + error;
  let high = Math.floor(floor / 1e8);
  let low = floor - high * 1e8;
  if (beyondHalf > 0 || (beyondHalf === 0 && low % 2 === 1)) low++;
  if (low === 1e8) {
    low = 0;
    high++;
    if (high === 10000) {
      high = 0;
      whole++;
    }
  }
  pos = writeSafeInteger(view, pos, whole);
  const word0 = WORDS4[high]!;
  const low1 = (low / 10000) | 0;
  const word1 = WORDS4[low1]!;
  const word2 = WORDS4[low - low1 * 10000]!;
  view.setUint8(pos, 46);
  view.setUint32(pos + 1, word0, true);
  view.setUint32(pos + 5, word1, true);
  view.setUint32(pos + 9, word2, true);
  let zeros = trailingZeroChars(word2);
  if (zeros === 4) {
    zeros += trailingZeroChars(word1);
    if (zeros === 8) zeros = Math.min(zeros + trailingZeroChars(word0), 11);
  }
  return pos + 13 - zeros;
}

// 10^12 in halves of at most 20 bits.
const TRILLION1 = 953674 * 2 ** 20;
const TRILLION2 = 1e12 - TRILLION1;

function writeWhole(view: DataView, pos: number, size: number): number {
  if (size < 9007199254740992) pos = writeSafeInteger(view, pos, size);
  else if (size < Infinity) pos = writeHugeInteger(view, pos, size);
  else {
    view.setUint32(pos, size === Infinity ? 0x666e69 : 0x6e616e, true);
    return pos + 3;
  }
  view.setUint16(pos, 0x302e, true);
  return pos + 2;
}
