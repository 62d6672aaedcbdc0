import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import type { NumberArray, NumberArrayType } from "../wire/view.js";

/** What a scalar is in JavaScript: 64-bit integers are bigint, `bool` is boolean, all others are numbers. */
export type ScalarValue = number | bigint | boolean;

/** The scalar of this kind at `pos`. Throws the engine's RangeError beyond the window. */
export function readScalar(data: DataView, kind: number, pos: number): ScalarValue {
  switch (kind) {
    case Kind.Bool:
      return data.getUint8(pos) !== 0;
    case Kind.UType:
    case Kind.UByte:
      return data.getUint8(pos);
    case Kind.Byte:
      return data.getInt8(pos);
    case Kind.Short:
      return data.getInt16(pos, true);
    case Kind.UShort:
      return data.getUint16(pos, true);
    case Kind.Int:
      return data.getInt32(pos, true);
    case Kind.UInt:
      return data.getUint32(pos, true);
    case Kind.Long:
      return data.getBigInt64(pos, true);
    case Kind.ULong:
      return data.getBigUint64(pos, true);
    case Kind.Float:
      return data.getFloat32(pos, true);
    default:
      return data.getFloat64(pos, true);
  }
}

/** Writes the scalar of this kind at `pos`; the value is in range. */
export function writeScalar(data: DataView, kind: number, pos: number, value: ScalarValue): void {
  switch (kind) {
    case Kind.Bool:
      data.setUint8(pos, value === true ? 1 : 0);
      break;
    case Kind.UByte:
      data.setUint8(pos, value as number);
      break;
    case Kind.Byte:
      data.setInt8(pos, value as number);
      break;
    case Kind.Short:
      data.setInt16(pos, value as number, true);
      break;
    case Kind.UShort:
      data.setUint16(pos, value as number, true);
      break;
    case Kind.Int:
      data.setInt32(pos, value as number, true);
      break;
    case Kind.UInt:
      data.setUint32(pos, value as number, true);
      break;
    case Kind.Long:
      data.setBigInt64(pos, value as bigint, true);
      break;
    case Kind.ULong:
      data.setBigUint64(pos, value as bigint, true);
      break;
    case Kind.Float:
      data.setFloat32(pos, value as number, true);
      break;
    default:
      data.setFloat64(pos, value as number, true);
  }
}

/** What an absent scalar field reads as: its default, or null when it is optional. */
export function absentScalar(program: P.Program, field: number): ScalarValue | null {
  if ((program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OPTIONAL) !== 0) return null;
  const number = field / P.FIELD_WORDS;
  switch (program.fields[field + P.FIELD_KIND]) {
    case Kind.Bool:
      return program.defaultIntegers[number] !== 0n;
    case Kind.Long:
      return program.defaultIntegers[number]!;
    case Kind.ULong:
      return BigInt.asUintN(64, program.defaultIntegers[number]!);
    default:
      return program.defaultNumbers[number]!;
  }
}

/** Typed arrays by the kind of their elements; `bool` has none. */
export const NUMBER_ARRAYS: readonly (NumberArrayType<NumberArray> | undefined)[] = [
  undefined,
  Uint8Array,
  undefined,
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
];
