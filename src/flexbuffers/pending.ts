import { FlatbufferError } from "../wire/error.js";
import { paddingFor } from "./byte-writer.js";
import { isInline } from "./packed-type.js";

/** A value that is not in its place yet. */
export interface Pending {
  readonly type: number;
  /** The least byte width: of the number, of a vector's elements, of a string's length. */
  readonly width: number;
  /** The number, or the position of what an offset will lead to. */
  readonly value: number | bigint;
}

/** The width that a slot needs which is `index` slots behind the next aligned position. */
export function slotWidth({ type, width, value }: Pending, length: number, index: number): number {
  if (isInline(type)) return width;
  for (let candidate = 1; candidate < 8; candidate *= 2) {
    const distance = length + paddingFor(length, candidate) + index * candidate - Number(value);
    if (uintWidth(distance) <= candidate) return candidate;
  }
  return 8;
}

/** The least width for an unsigned integer. */
export function uintWidth(value: number | bigint): number {
  if (value < 0x100) return 1;
  if (value < 0x10000) return 2;
  return value < 0x1_0000_0000 ? 4 : 8;
}

/** The least width for a signed integer. */
export function intWidth(value: number | bigint): number {
  if (value >= -0x80 && value < 0x80) return 1;
  if (value >= -0x8000 && value < 0x8000) return 2;
  return value >= -0x8000_0000 && value < 0x8000_0000 ? 4 : 8;
}

/** The least width that holds a floating point number exactly; NaN takes 8 bytes, as flatc writes it. */
export function floatWidth(value: number): number {
  return Math.fround(value) === value ? 4 : 8;
}

/** The integer as a number where that is exact. A number beyond 2^53 is none: it may not be what was meant. */
export function toExact(value: number | bigint, min: bigint): number | bigint {
  const isInRange = value >= min && (typeof value === "number" ? Number.isSafeInteger(value) : value <= MAX_UINT64);
  if (!isInRange) throw outOfRange(value);
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

/** The error for an integer that doesn't fit. */
export function outOfRange(value: number | bigint): FlatbufferError {
  return new FlatbufferError("number-out-of-range", `${value} is no integer that a FlexBuffer can hold there`);
}

/** The largest signed integer of 8 bytes. */
export const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;
/** The smallest signed integer of 8 bytes. */
export const MIN_INT64: bigint = -0x8000_0000_0000_0000n;
const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;
