import { DOT, MINUS, ZERO } from "./parse-ascii.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads a 64-bit integer of decimal digits at the position into `state.low` and `state.high`, without a BigInt.
 * Returns false for everything that takes a closer look: other spellings, and what is out of range.
 */
export function readLongDigits(state: ParseState, isUnsigned: boolean): boolean {
  const { bytes } = state;
  let pos = state.pos;
  const isNegative = bytes[pos] === MINUS;
  if (isNegative) pos++;
  const first = pos;
  let digit = bytes[pos]! - ZERO;
  // The digits but for the last 9, and those; both exact.
  let head = 0;
  while (digit >= 0 && digit <= 9) {
    if (pos - first < 15) head = head * 10 + digit;
    digit = bytes[++pos]! - ZERO;
  }
  const count = pos - first;
  const next = bytes[pos]!;
  if (count === 0 || count > 20 || next === DOT || (next | 0x20) === LOWER_E || (next | 0x20) === LOWER_X) return false;
  if (bytes[first] === ZERO && count > 1) return false;
  if (count <= 15) {
    const value = isNegative ? -head : head;
    if (isUnsigned && value < 0) return false;
    state.low = value | 0;
    state.high = Math.floor(value / TWO_32) | 0;
    state.pos = pos;
    return true;
  }
  head = 0;
  for (let at = first; at < pos - 9; at++) head = head * 10 + (bytes[at]! - ZERO);
  let tail = 0;
  for (let at = pos - 9; at < pos; at++) tail = tail * 10 + (bytes[at]! - ZERO);
  // head x 10^9 + tail in two steps of 16 bits, so that no product passes 2^53.
  const upper = Math.floor(head / 0x10000) * 1e9;
  const lower = (head % 0x10000) * 1e9 + tail + (upper % 0x10000) * 0x10000;
  const low = lower % TWO_32;
  const high = Math.floor(upper / 0x10000) + Math.floor(lower / TWO_32);
  if (!fits(low, high, isNegative, isUnsigned)) return false;
  state.low = isNegative ? -low | 0 : low | 0;
  // Two's complement: the low half carries into the high one only when it is 0.
  state.high = isNegative ? (low === 0 ? -high | 0 : ~high) : high | 0;
  state.pos = pos;
  return true;
}

const LOWER_E = 0x65;
const LOWER_X = 0x78;
const TWO_32 = 2 ** 32;

function fits(low: number, high: number, isNegative: boolean, isUnsigned: boolean): boolean {
  if (isUnsigned) return !isNegative && high < TWO_32;
  return high < 0x80000000 || (isNegative && high === 0x80000000 && low === 0);
}
