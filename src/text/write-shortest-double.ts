import { writeDecimal } from "./write-decimal.js";
import { writeSafeInteger } from "./write-integer.js";

export const MAX_SHORTEST_BYTES = 32;

export function writeShortestDouble(view: DataView, pos: number, value: number): number {
  DOUBLE[0] = value;
  const high = WORDS[HIGH]!;
  const low = WORDS[LOW]! >>> 0;
  if (high < 0) view.setUint8(pos++, 45);
  const exponent = (high >>> 20) & 0x7ff;
  if (exponent >= 1023 && exponent < 1076) {
    const size = Math.abs(value);
    if (Math.floor(size) === size) return writeSafeInteger(view, pos, size);
  }
  if (exponent === 0 || exponent === 2047) return writeRare(view, pos, value);
  const base = exponent * 4;
  let unit = UNITS[base]!;
  if (unit === 0) unit = makeUnit(exponent);
  const unitHigh = UNITS[base + 1]!;
  const unitLow = unit - unitHigh;

  const fraction = high & 0xfffff;
  const mantissa = (fraction + 0x100000) * 4294967296 + low;
  const split = mantissa * 134217729;
  const mHigh = split - (split - mantissa);
  const mLow = mantissa - mHigh;
  const product = mantissa * unit;
  const error = mLow * unitLow - (product - mHigh * unitHigh - mLow * unitHigh - mHigh * unitLow);
  const whole = Math.floor(product);
  const rest = product - whole + (error + mantissa * UNITS[base + 2]!);
  const carry = Math.floor(rest);
  const part = rest - carry;
  let digits = whole + carry;
  let half = unit * 0.5;
  let last = 0;

  const lowHalf = fraction === 0 && low === 0 ? half * 0.5 : half;
  if (part < lowHalf - MARGIN) {
  } else if (part > 1 - half + MARGIN) {
    digits++;
  } else {
    if (part < lowHalf + MARGIN || part > 1 - half - MARGIN || lowHalf !== half) return writeRare(view, pos, value);
    const tenths = part * 10 + 0.5;
    last = Math.floor(tenths);
    const tie = tenths - last;
    if (tie < MARGIN || tie > 1 - MARGIN) return writeRare(view, pos, value);
  }
  const pointPos = UNITS[base + 3]!;
  if (digits < 1e15) {
    const head = Math.floor(digits / 1e7);
    return writeDecimal(view, pos, head | 0, (((digits - head * 1e7) | 0) * 10 + last) | 0, 0, (pointPos - 1) | 0);
  }
  const head = Math.floor(digits / 1e8);
  return writeDecimal(view, pos, head | 0, (digits - head * 1e8) | 0, last, pointPos | 0);
}

const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);
const HIGH = 1;
const LOW = 0;
const MARGIN = 2 ** -44;
const UNITS = new Float64Array(2047 * 4);

function makeUnit(biased: number): number {
  const exponent = biased - 1075;
  const power = Math.floor(exponent * 0.30102999566398120) + 1;
  const scaled =
    exponent >= 0 ? (1n << BigInt(exponent + 120)) / 10n ** BigInt(power) : (10n ** BigInt(-power) << 120n) >> BigInt(-exponent);
  const unit = Number(scaled);
  const rest = Number(scaled - BigInt(unit));
  const f = 2 ** -120;
  const split = unit * f * 134217729;
  UNITS[biased * 4] = unit * f;
  UNITS[biased * 4 + 1] = split - (split - unit * f);
  UNITS[biased * 4 + 2] = rest * f;
  UNITS[biased * 4 + 3] = power + 16;
  return unit * f;
}

function writeRare(view: DataView, pos: number, value: number): number {
  if (value === 0) {
    view.setUint8(pos, 48);
    return pos + 1;
  }
  const text = String(Math.abs(value));
  for (let i = 0; i < text.length; i++) view.setUint8(pos + i, text.charCodeAt(i));
  return pos + text.length;
}
