import * as Kind from "./kind.js";

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
