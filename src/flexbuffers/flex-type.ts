/**
 * The types of FlexBuffers, numbered as they are stored.
 *
 * A packed type is one byte, `type * 4 + log2(byteWidth)`. The width in it belongs to what an offset leads to;
 * a value stored inline has the width of the vector, map or root that holds it.
 */
export const FlexType = {
  Null: 0,
  Int: 1,
  UInt: 2,
  Float: 3,
  Key: 4,
  String: 5,
  IndirectInt: 6,
  IndirectUInt: 7,
  IndirectFloat: 8,
  Map: 9,
  Vector: 10,
  VectorInt: 11,
  VectorUInt: 12,
  VectorFloat: 13,
  VectorKey: 14,
  /** Written by early versions only; its strings can be read as keys alone, since their length has an unknown width. */
  VectorStringDeprecated: 15,
  VectorInt2: 16,
  VectorUInt2: 17,
  VectorFloat2: 18,
  VectorInt3: 19,
  VectorUInt3: 20,
  VectorFloat3: 21,
  VectorInt4: 22,
  VectorUInt4: 23,
  VectorFloat4: 24,
  Blob: 25,
  Bool: 26,
  VectorBool: 36,
} as const;

/** One of the numbers of `FlexType`. */
export type FlexType = (typeof FlexType)[keyof typeof FlexType];

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

const { Int, UInt, Float, Key, Bool } = FlexType;

/** Index: type of the vector. */
const ELEMENT_TYPES: readonly number[] = Object.assign(new Array<number>(FlexType.VectorBool + 1).fill(-1), {
  [FlexType.VectorInt]: Int,
  [FlexType.VectorUInt]: UInt,
  [FlexType.VectorFloat]: Float,
  [FlexType.VectorKey]: Key,
  [FlexType.VectorStringDeprecated]: Key,
  [FlexType.VectorInt2]: Int,
  [FlexType.VectorUInt2]: UInt,
  [FlexType.VectorFloat2]: Float,
  [FlexType.VectorInt3]: Int,
  [FlexType.VectorUInt3]: UInt,
  [FlexType.VectorFloat3]: Float,
  [FlexType.VectorInt4]: Int,
  [FlexType.VectorUInt4]: UInt,
  [FlexType.VectorFloat4]: Float,
  [FlexType.VectorBool]: Bool,
});
