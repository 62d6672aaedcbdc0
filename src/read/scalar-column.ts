import * as Kind from "../program/kind.js";

/** The most values that `readColumn` reads at once. */
export const COLUMN_LENGTH = 256;

/**
 * Reads `count` scalars of one kind that lie `stride` bytes apart. What it gives is overwritten by the next call.
 *
 * Numbers come as doubles, which the engine stores without an object for each; each kind has a loop of its own, which
 * it compiles straight to that read.
 */
export function readColumn(
  data: DataView,
  kind: number,
  pos: number,
  stride: number,
  count: number,
): Float64Array | unknown[] {
  switch (kind) {
    case Kind.Bool:
      return bools(data, pos, stride, count);
    case Kind.Long:
      return longs(data, pos, stride, count);
    case Kind.ULong:
      return ulongs(data, pos, stride, count);
    case Kind.Byte:
      bytes(data, pos, stride, count);
      break;
    case Kind.Short:
      shorts(data, pos, stride, count);
      break;
    case Kind.UShort:
      ushorts(data, pos, stride, count);
      break;
    case Kind.Int:
      ints(data, pos, stride, count);
      break;
    case Kind.UInt:
      uints(data, pos, stride, count);
      break;
    case Kind.Float:
      floats(data, pos, stride, count);
      break;
    case Kind.Double:
      doubles(data, pos, stride, count);
      break;
    default:
      ubytes(data, pos, stride, count);
  }
  return numbers;
}

const numbers = new Float64Array(COLUMN_LENGTH);
const others: unknown[] = new Array<unknown>(COLUMN_LENGTH).fill(null);

function bools(data: DataView, pos: number, stride: number, count: number): unknown[] {
  for (let index = 0; index < count; index++, pos += stride) others[index] = data.getUint8(pos) !== 0;
  return others;
}

function longs(data: DataView, pos: number, stride: number, count: number): unknown[] {
  for (let index = 0; index < count; index++, pos += stride) others[index] = data.getBigInt64(pos, true);
  return others;
}

function ulongs(data: DataView, pos: number, stride: number, count: number): unknown[] {
  for (let index = 0; index < count; index++, pos += stride) others[index] = data.getBigUint64(pos, true);
  return others;
}

function bytes(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getInt8(pos);
}

function ubytes(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getUint8(pos);
}

function shorts(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getInt16(pos, true);
}

function ushorts(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getUint16(pos, true);
}

function ints(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getInt32(pos, true);
}

function uints(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getUint32(pos, true);
}

function floats(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getFloat32(pos, true);
}

function doubles(data: DataView, pos: number, stride: number, count: number): void {
  for (let index = 0; index < count; index++, pos += stride) numbers[index] = data.getFloat64(pos, true);
}
