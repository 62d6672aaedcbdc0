import { DOT, MINUS, PLUS, ZERO } from "./parse-ascii.js";
import { continuesNumber } from "./parse-short.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads a decimal number as JSON spells it and returns the nearest double. Returns NaN, with the position unmoved, for
 * everything that takes a closer look: other spellings, more than 24 digits, large exponents, and the rare number
 * whose rounding the arithmetic here can't decide.
 */
export function readDecimal(state: ParseState): number {
  const { bytes } = state;
  let pos = state.pos;
  let byte = bytes[pos]!;
  const isNegative = byte === MINUS;
  if (isNegative) byte = bytes[++pos]!;
  const first = pos;
  // The digits as an integer: up to 15 of them in `high`, up to 9 more in `low`.
  let high = 0;
  let low = 0;
  let count = 0;
  let digit = byte - ZERO;
  while (digit >= 0 && digit <= 9) {
    if (count < 15) high = high * 10 + digit;
    else low = low * 10 + digit;
    if (count > 0 || digit > 0) count++;
    byte = bytes[++pos]!;
    digit = byte - ZERO;
  }
  if (pos === first || (bytes[first] === ZERO && pos - first > 1)) return Number.NaN;
  let exponent = 0;
  if (byte === DOT) {
    const point = pos;
    byte = bytes[++pos]!;
    digit = byte - ZERO;
    while (digit >= 0 && digit <= 9) {
      if (count < 15) high = high * 10 + digit;
      else low = low * 10 + digit;
      if (count > 0 || digit > 0) count++;
      byte = bytes[++pos]!;
      digit = byte - ZERO;
    }
    exponent = point + 1 - pos;
    if (exponent === 0) return Number.NaN;
  }
  if ((byte | 0x20) === LOWER_E) {
    byte = bytes[++pos]!;
    const isBelow = byte === MINUS;
    if (isBelow || byte === PLUS) byte = bytes[++pos]!;
    const start = pos;
    let power = 0;
    digit = byte - ZERO;
    while (digit >= 0 && digit <= 9) {
      power = power * 10 + digit;
      byte = bytes[++pos]!;
      digit = byte - ZERO;
    }
    if (pos === start || pos - start > 4) return Number.NaN;
    exponent += isBelow ? -power : power;
  }
  if (continuesNumber(byte)) return Number.NaN;
  const value = scale(high, low, count, exponent);
  // NaN is left as it is: it says that nothing was read.
  if (!Number.isNaN(value)) state.pos = pos;
  return isNegative ? -value : value;
}

const LOWER_E = 0x65;

/** 10^0 to 10^22: those that a double holds exactly. */
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** Above and below 1 by more than the relative error of the last correction. */
const UP = 1 + 2 ** -46;
const DOWN = 1 - 2 ** -46;
/** Splits a double into halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** The double nearest to the integer of `count` digits in `high` and `low`, times 10^exponent; NaN when undecided. */
function scale(high: number, low: number, count: number, exponent: number): number {
  if (high === 0) return 0;
  if (count > 24 || exponent < -22 || exponent > 22) return Number.NaN;
  // Both factors are exact, so the one rounding of the operation is the right one.
  if (count <= 15) return exponent < 0 ? high / POWERS[-exponent]! : high * POWERS[exponent]!;
  // The integer as an unevaluated sum of two doubles, exact: 24 digits are 80 bits.
  const shift = POWERS[count - 15]!;
  const product = high * shift;
  const rest = productError(high, shift, product) + low;
  const sum = product + rest;
  const tail = rest - (sum - product);
  const factor = POWERS[Math.abs(exponent)]!;
  let value: number;
  let correction: number;
  if (exponent < 0) {
    value = sum / factor;
    const back = value * factor;
    correction = (sum - back - productError(value, factor, back) + tail) / factor;
  } else {
    value = sum * factor;
    correction = productError(sum, factor, value) + tail * factor;
  }
  const result = value + correction * UP;
  return result === value + correction * DOWN ? result : Number.NaN;
}

/** What `product`, the rounded left x right, lacks to the exact one. */
function productError(left: number, right: number, product: number): number {
  const leftScaled = left * SPLITTER;
  const leftHigh = leftScaled - (leftScaled - left);
  const leftLow = left - leftHigh;
  const rightScaled = right * SPLITTER;
  const rightHigh = rightScaled - (rightScaled - right);
  const rightLow = right - rightHigh;
  return leftLow * rightLow - (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow);
}
