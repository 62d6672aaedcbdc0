import { type BaseType, scalarInfo } from "../model/base-type.js";
import * as Kind from "../program/kind.js";
import { DOT, NINE, ZERO } from "./parse-ascii.js";

/** What an integer of up to 9 digits may be, by kind: the kind's range, as far as 32 bits hold it. */
export const LEAST: Int32Array = new Int32Array(13);
export const GREATEST: Int32Array = new Int32Array(13);
for (let kind: number = Kind.UType; kind <= Kind.UInt; kind++) {
  const { min, max } = scalarInfo(kind as BaseType)!;
  LEAST[kind] = Number(min);
  GREATEST[kind] = Math.min(Number(max), 0x7fffffff);
}

/** Whether a number goes on with this byte: a digit, a point, an exponent, hexadecimal digits. */
export function continuesNumber(byte: number): boolean {
  return (byte >= ZERO && byte <= NINE) || byte === DOT || (byte | 0x20) === LOWER_E || (byte | 0x20) === LOWER_X;
}

const LOWER_E = 0x65;
const LOWER_X = 0x78;
