import { DIGITS4, trailingZeroChars } from "./digits.js";

/**
 * Lays out decimal digits as JavaScript prints a number, without the sign, and returns the position behind them:
 * `120`, `0.00012`, `1.2e-7`, `1e+21`. It is the common last step of both shortest-float writers.
 *
 * The digits are sixteen, given as two numbers of eight, `head` (whose first digit must not be 0) and `tail`, and
 * perhaps a seventeenth, `last`, which is none when it is 0. Trailing zeros are dropped here.
 * `pointPos` is how many digits stand before the decimal point: 0.12 has 0, 0.012 has -1.
 */
export function writeDecimal(
  view: DataView,
  pos: number,
  head: number,
  tail: number,
  last: number,
  pointPos: number,
): number {
  const word0Value = (head / 10000) | 0;
  const word0 = DIGITS4[word0Value]!;
  const word1 = DIGITS4[head - word0Value * 10000]!;
  // The digits go where they will stay; what must move to make room for the point is moved afterwards.
  let digits: number;
  if (pointPos > 0) {
    digits = pos + 1;
    view.setUint32(pos, word0, true);
    if (pointPos < 4) view.setUint32(pos + pointPos + 1, word0 >>> (8 * pointPos), true);
  } else if (pointPos > -6) {
    digits = pos + 2 - pointPos;
    view.setUint32(pos, 0x30302e30, true);
    view.setUint32(pos + 4, 0x30303030, true);
    view.setUint32(digits, word0, true);
  } else {
    digits = pos + 1;
    view.setUint32(digits, word0, true);
  }
  view.setUint32(digits + 4, word1, true);
  let count: number;
  if (tail === 0 && last === 0) {
    count = word1 === 0x30303030 ? 4 - trailingZeroChars(word0) : 8 - trailingZeroChars(word1);
  } else {
    const word2Value = (tail / 10000) | 0;
    const word2 = DIGITS4[word2Value]!;
    const word3 = DIGITS4[tail - word2Value * 10000]!;
    view.setUint32(digits + 8, word2, true);
    view.setUint32(digits + 12, word3, true);
    if (last !== 0) {
      view.setUint8(digits + 16, 48 + last);
      count = 17;
    } else {
      count = word3 === 0x30303030 ? 12 - trailingZeroChars(word2) : 16 - trailingZeroChars(word3);
    }
  }
  if (pointPos > 0 && pointPos <= 21) return placePoint(view, pos, word0, count, pointPos);
  if (pointPos <= 0 && pointPos > -6) return digits + count;
  return writeExponent(view, pos, count, pointPos - 1);
}

/** 1 to 21 digits before the point. The first four digits stand right already, the rest one byte too far right. */
function placePoint(view: DataView, pos: number, word0: number, count: number, pointPos: number): number {
  if (pointPos < 4) {
    if (count <= pointPos) return pos + fillZeros(view, pos, count, pointPos);
    view.setUint8(pos + pointPos, 46);
    return pos + count + 1;
  }
  view.setUint32(pos, word0, true);
  const whole = Math.min(count, pointPos);
  for (let i = 4; i < whole; i++) view.setUint8(pos + i, view.getUint8(pos + i + 1));
  if (count <= pointPos) return pos + fillZeros(view, pos, count, pointPos);
  view.setUint8(pos + pointPos, 46);
  return pos + count + 1;
}

function fillZeros(view: DataView, pos: number, from: number, to: number): number {
  for (let i = from; i < to; i++) view.setUint8(pos + i, 48);
  return to;
}

/** One digit, the point and the other digits if there are any, and the exponent, whose sign is always written. */
function writeExponent(view: DataView, pos: number, count: number, exponent: number): number {
  view.setUint8(pos, view.getUint8(pos + 1));
  view.setUint8(pos + 1, 46);
  pos += count === 1 ? 1 : count + 1;
  view.setUint16(pos, exponent < 0 ? 0x2d65 : 0x2b65, true);
  pos += 2;
  if (exponent < 0) exponent = -exponent;
  if (exponent < 10) {
    view.setUint8(pos, 48 + exponent);
    return pos + 1;
  }
  const word = DIGITS4[exponent]!;
  if (exponent < 100) {
    view.setUint16(pos, word >>> 16, true);
    return pos + 2;
  }
  view.setUint32(pos, word >>> 8, true);
  return pos + 3;
}
