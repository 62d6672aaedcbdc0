import { DIGITS4, leadingZeroChars } from "./digits.js";

/**
 * Bytes any integer writer here may touch from `pos` on: 20 digits or a sign and 19, plus the rest of the last
 * four-byte store. What lies behind the returned position, within this room, is scratch.
 */
export const MAX_INTEGER_BYTES = 24;

/** Writes a 32-bit signed integer in decimal and returns the position behind it. `value` must be an int32. */
export function writeInt32(view: DataView, pos: number, value: number): number {
  if (value >= 0) return writeUint32(view, pos, value);
  view.setUint8(pos, 45);
  return writeUint32(view, pos + 1, -value);
}

/** Writes a 32-bit unsigned integer in decimal and returns the position behind it. `value` must be a uint32. */
export function writeUint32(view: DataView, pos: number, value: number): number {
  if (value < 10000) return writeUpTo4(view, pos, value);
  if (value < 100000000) {
    const high = (value / 10000) | 0;
    pos = writeUpTo4(view, pos, high);
    view.setUint32(pos, DIGITS4[value - high * 10000]!, true);
    return pos + 4;
  }
  const high = (value / 100000000) | 0;
  return write8(view, writeUpTo4(view, pos, high), value - high * 100000000);
}

/** Writes a whole number from 0 to 2^53 - 1, held in a double, and returns the position behind it. */
export function writeSafeInteger(view: DataView, pos: number, value: number): number {
  if (value < 4294967296) return writeUint32(view, pos, value >>> 0);
  const high = Math.floor(value / 100000000);
  return write8(view, writeUint32(view, pos, high >>> 0), (value - high * 100000000) | 0);
}

/** Writes a signed 64-bit integer given as its low and high 32 bits (either may be read signed or unsigned). */
export function writeInt64(view: DataView, pos: number, low: number, high: number): number {
  low = low >>> 0;
  high = high | 0;
  if (high >= 0) return writeUint64(view, pos, low, high);
  view.setUint8(pos, 45);
  return writeUint64(view, pos + 1, -low >>> 0, (low === 0 ? -high : ~high) >>> 0);
}

/** Writes an unsigned 64-bit integer given as its low and high 32 bits (either may be read signed or unsigned). */
export function writeUint64(view: DataView, pos: number, low: number, high: number): number {
  low = low >>> 0;
  high = high >>> 0;
  if (high === 0) return writeUint32(view, pos, low);
  // The double nearest to the value is off by at most 1024, so its quotient is off by at most one, and the true
  // remainder, between -10^8 and 2 * 10^8, is known from its low 32 bits alone.
  let quotient = Math.floor((high * 4294967296 + low) / 100000000);
  let rest = (low - Math.imul(quotient | 0, 100000000)) | 0;
  if (rest < 0) {
    quotient--;
    rest += 100000000;
  } else if (rest >= 100000000) {
    quotient++;
    rest -= 100000000;
  }
  if (quotient < 100000000) return write8(view, writeUint32(view, pos, quotient | 0), rest);
  const top = (quotient / 100000000) | 0;
  pos = write8(view, writeUpTo4(view, pos, top), (quotient - top * 100000000) | 0);
  return write8(view, pos, rest);
}

function writeUpTo4(view: DataView, pos: number, value: number): number {
  const word = DIGITS4[value]!;
  const skip = leadingZeroChars(word);
  view.setUint32(pos, word >>> (8 * skip), true);
  return pos + 4 - skip;
}

function write8(view: DataView, pos: number, value: number): number {
  const high = (value / 10000) | 0;
  view.setUint32(pos, DIGITS4[high]!, true);
  view.setUint32(pos + 4, DIGITS4[value - high * 10000]!, true);
  return pos + 8;
}
