import { DIGITS4, trailingZeroChars } from "./digits.js";
import { LOW_WORD } from "./double-words.js";
import { writeHugeInteger } from "./write-huge-integer.js";
import { writeSafeInteger, writeUint32 } from "./write-integer.js";

/** Bytes `writeFixedFloat` may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_FIXED_FLOAT_BYTES = 50;

/** Bytes `writeFixedDouble` may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_FIXED_DOUBLE_BYTES = 324;

/**
 * Writes the float32 at `at` of `data` as flatc prints it and returns the position behind it: C's `%.6f`, without the
 * zeros at the end but with one digit after the point (`1.0`, `-0.0`). Rounding is that of the exact binary value,
 * ties to even; whole digits are exact up to the largest float. NaN and infinities come out as `nan` and `inf` behind
 * their sign bit.
 */
export function writeFixedFloat(view: DataView, pos: number, data: DataView, at: number): number {
  const size = Math.abs(data.getFloat32(at, true));
  view.setUint8(pos, 45);
  pos -= data.getInt32(at, true) >> 31;
  // From 2^24 on a float32 is whole.
  if (!(size < 16777216)) return writeWhole(view, pos, size);
  // 24 bits times 20 bits: the product is exact. 2^52 more leaves no bits for decimals, and rounds to even.
  DOUBLE[0] = size * 1e6 + 4503599627370496;
  let whole = size | 0;
  let decimals = (WORDS[LOW]! - Math.imul(whole, 1000000)) | 0;
  if (decimals === 1000000) {
    decimals = 0;
    whole++;
  }
  pos = writeUint32(view, pos, whole);
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

/** Writes the float64 at `at` of `data` as flatc prints it: as {@link writeFixedFloat}, with C's `%.12f`. */
export function writeFixedDouble(view: DataView, pos: number, data: DataView, at: number): number {
  const size = Math.abs(data.getFloat64(at, true));
  view.setUint8(pos, 45);
  pos -= data.getInt32(at + 4, true) >> 31;
  let whole = Math.floor(size);
  // From 2^53 on a float64 is whole.
  if (whole === size || !(size < 9007199254740992)) return writeWhole(view, pos, size);
  const fraction = size - whole;
  // The product rounded to a double, and that to a whole number. Only at a tie does it matter what the first one lost.
  const scaled = fraction * 1e12;
  let decimals = scaled + 4503599627370496 - 4503599627370496;
  if (Math.abs(scaled - decimals) === 0.5) decimals = settleTie(fraction, scaled, decimals);
  let high = (decimals / 1e8) | 0;
  const low = (decimals - high * 1e8) | 0;
  if (high === 10000) {
    high = 0;
    whole++;
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

// V8 folds a constant of this module into the code, typed array length and all; an imported one it looks up.
const WORDS4 = DIGITS4;
const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);
const LOW = LOW_WORD;

/** What `fraction` times 10^12 is rounded to if it isn't the tie that its double `scaled` is. */
function settleTie(fraction: number, scaled: number, even: number): number {
  // scaled + error is the product exactly (Dekker; 10^12 is 999999995904 + 4096).
  const split = fraction * 134217729;
  const fraction1 = split - (split - fraction);
  const fraction2 = fraction - fraction1;
  const error =
    fraction2 * TRILLION2 - (scaled - fraction1 * TRILLION1 - fraction2 * TRILLION1 - fraction1 * TRILLION2);
  if (scaled > even) return error > 0 ? even + 1 : even;
  return error < 0 ? even - 1 : even;
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
