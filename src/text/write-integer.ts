import { DIGITS4, leadingZeroChars } from "./digits.js";

/** Bytes any writer here may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_INTEGER_BYTES = 20;

/** Writes a 32-bit signed integer in decimal and returns the position behind it. Bool and all narrower kinds too. */
export function writeInt32(view: DataView, pos: number, value: number): number {
  // -1 or 0. The sign is always written, and stays if there is one: half of all branches on it would be mispredicted.
  const sign = value >> 31;
  view.setUint8(pos, 45);
  return writeUint32(view, pos - sign, (value ^ sign) - sign);
}

/** Writes a 32-bit unsigned integer in decimal and returns the position behind it. */
export function writeUint32(view: DataView, pos: number, value: number): number {
  // The conversion tells V8 the range, so that it divides integers, not doubles.
  value = value >>> 0;
  if (value < 10000) return writeUpTo4Digits(view, pos, value);
  if (value < 100000000) {
    const high = (value / 10000) >>> 0;
    pos = writeUpTo4Digits(view, pos, high);
    view.setUint32(pos, WORDS4[value - high * 10000]!, true);
    return pos + 4;
  }
  const high = (value / 100000000) >>> 0;
  return write8Digits(view, writeUpTo4Digits(view, pos, high), value - high * 100000000);
}

/** Writes a whole number from 0 to 2^53 - 1, held in a double, and returns the position behind it. */
export function writeSafeInteger(view: DataView, pos: number, value: number): number {
  if (value < 4294967296) return writeUint32(view, pos, value >>> 0);
  const high = Math.floor(value / 1e8);
  return write8Digits(view, writeUint32(view, pos, high >>> 0), (value - high * 1e8) >>> 0);
}

/**
 * Writes a signed 64-bit integer, given as its low and its high 32 bits, and returns the position behind it.
 * Either half may be read from the bytes as signed or as unsigned.
 */
export function writeInt64(view: DataView, pos: number, low: number, high: number): number {
  const sign = high >> 31;
  view.setUint8(pos, 45);
  low = (low ^ sign) - sign;
  return writeUint64(view, pos - sign, low, (high ^ sign) + (sign & +(low === 0)));
}

/** Writes an unsigned 64-bit integer, given as its low and its high 32 bits; see {@link writeInt64}. */
export function writeUint64(view: DataView, pos: number, low: number, high: number): number {
  low = low >>> 0;
  high = high >>> 0;
  if (high === 0) return writeUint32(view, pos, low);
  // The double nearest to the value is off by at most 1024, so this quotient by at most one, and the low 32 bits
  // alone tell the remainder it leaves, between -10^8 and 2 * 10^8.
  let quotient = Math.floor((high * 4294967296 + low) / 1e8);
  let rest = (low - Math.imul(quotient | 0, 100000000)) | 0;
  if (rest < 0) {
    quotient--;
    rest += 100000000;
  } else if (rest >= 100000000) {
    quotient++;
    rest -= 100000000;
  }
  if (quotient < 1e8) return write8Digits(view, writeUint32(view, pos, quotient >>> 0), rest);
  const top = Math.floor(quotient / 1e8);
  pos = write8Digits(view, writeUpTo4Digits(view, pos, top >>> 0), (quotient - top * 1e8) >>> 0);
  return write8Digits(view, pos, rest);
}

// V8 folds a constant of this module into the code, typed array length and all; an imported one it looks up.
const WORDS4 = DIGITS4;

function writeUpTo4Digits(view: DataView, pos: number, value: number): number {
  const word = WORDS4[value]!;
  const skip = leadingZeroChars(word);
  view.setUint32(pos, word >>> (8 * skip), true);
  return pos + 4 - skip;
}

function write8Digits(view: DataView, pos: number, value: number): number {
  const high = (value / 10000) >>> 0;
  view.setUint32(pos, WORDS4[high]!, true);
  view.setUint32(pos + 4, WORDS4[value - high * 10000]!, true);
  return pos + 8;
}
