import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { ScalarValue } from "../program/read-scalar.js";
import type { NumberArray, NumberArrayType } from "../wire/view.js";

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
