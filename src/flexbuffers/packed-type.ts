import * as FlexType from "./flex-type.js";

/*
 * A packed type is one byte, `type * 4 + log2(byteWidth)`. The width in it belongs to what an offset leads to;
 * a value stored inline has the width of the vector, map or root that holds it.
 */

/** The type in a packed type; a number that is no `FlexType` in damaged data. */
export function typeOf(packed: number): number {
  return packed >>> 2;
}

/** The byte width in a packed type: 1, 2, 4 or 8. */
export function widthOf(packed: number): number {
  return WIDTHS[packed & 3]!;
}

/** The packed type of `type` at `byteWidth`. */
export function packType(type: number, byteWidth: number): number {
  return type * 4 + WIDTHS.indexOf(byteWidth);
}

/** Whether `byteWidth` is one that FlexBuffers have. */
export function isWidth(byteWidth: number): boolean {
  return byteWidth === 1 || byteWidth === 2 || byteWidth === 4 || byteWidth === 8;
}

/** Whether the value itself lies in its slot, and not an offset to it. */
export function isInline(type: number): boolean {
  return type <= FlexType.Float || type === FlexType.Bool;
}

/** What the elements of a typed vector or tuple are, or -1 when `type` is neither. */
export function elementTypeOf(type: number): number {
  return ELEMENT_TYPES[type] ?? -1;
}

/** Elements of a tuple, whose type tells its length: 2, 3 or 4. 0 when `type` is no tuple. */
export function tupleLengthOf(type: number): number {
  return type >= FlexType.VectorInt2 && type <= FlexType.VectorFloat4
    ? Math.floor((type - FlexType.VectorInt2) / 3) + 2
    : 0;
}

const WIDTHS: readonly number[] = [1, 2, 4, 8];

/** Index: type of the vector. */
const ELEMENT_TYPES: readonly number[] = Object.assign(new Array<number>(FlexType.VectorBool + 1).fill(-1), {
  [FlexType.VectorInt]: FlexType.Int,
  [FlexType.VectorUInt]: FlexType.UInt,
  [FlexType.VectorFloat]: FlexType.Float,
  [FlexType.VectorKey]: FlexType.Key,
  [FlexType.VectorStringDeprecated]: FlexType.Key,
  [FlexType.VectorInt2]: FlexType.Int,
  [FlexType.VectorUInt2]: FlexType.UInt,
  [FlexType.VectorFloat2]: FlexType.Float,
  [FlexType.VectorInt3]: FlexType.Int,
  [FlexType.VectorUInt3]: FlexType.UInt,
  [FlexType.VectorFloat3]: FlexType.Float,
  [FlexType.VectorInt4]: FlexType.Int,
  [FlexType.VectorUInt4]: FlexType.UInt,
  [FlexType.VectorFloat4]: FlexType.Float,
  [FlexType.VectorBool]: FlexType.Bool,
});
