/** The types that FlatBuffers knows, numbered as reflection.BaseType stores them. */
export const BaseType = {
  None: 0,
  UType: 1,
  Bool: 2,
  Byte: 3,
  UByte: 4,
  Short: 5,
  UShort: 6,
  Int: 7,
  UInt: 8,
  Long: 9,
  ULong: 10,
  Float: 11,
  Double: 12,
  String: 13,
  Vector: 14,
  Obj: 15,
  Union: 16,
  Array: 17,
  Vector64: 18,
} as const;

/** One of the numbers of `BaseType`. */
export type BaseType = (typeof BaseType)[keyof typeof BaseType];

/** What a scalar is, whatever stores it. Base types without an entry are no scalars. */
export interface ScalarInfo {
  /** The word of the schema language. */
  readonly name: string;
  /** Bytes; also the alignment. */
  readonly size: 1 | 2 | 4 | 8;
  /** `bool` and union types count as integers, as in FlatBuffers. */
  readonly isInteger: boolean;
  readonly isSigned: boolean;
  /** Smallest and largest integer; 0n for floating point. */
  readonly min: bigint;
  readonly max: bigint;
}

const SCALARS: readonly (ScalarInfo | undefined)[] = [
  undefined,
  integer("utype", 1, false),
  integer("bool", 1, false),
  integer("byte", 1, true),
  integer("ubyte", 1, false),
  integer("short", 2, true),
  integer("ushort", 2, false),
  integer("int", 4, true),
  integer("uint", 4, false),
  integer("long", 8, true),
  integer("ulong", 8, false),
  { name: "float", size: 4, isInteger: false, isSigned: true, min: 0n, max: 0n },
  { name: "double", size: 8, isInteger: false, isSigned: true, min: 0n, max: 0n },
];

/** The entry of a scalar base type, or undefined for strings, vectors, objects and the rest. */
export function scalarInfo(baseType: BaseType): ScalarInfo | undefined {
  return SCALARS[baseType];
}

/** Bytes of a scalar. Only for base types that are scalars; 0 otherwise. */
export function scalarSize(baseType: BaseType): number {
  return SCALARS[baseType]?.size ?? 0;
}

/** Whether a base type is one of the twelve scalars. */
export function isScalar(baseType: BaseType): boolean {
  return baseType >= BaseType.UType && baseType <= BaseType.Double;
}

/** Whether a base type is an integer scalar (bool and union types included). */
export function isInteger(baseType: BaseType): boolean {
  return baseType >= BaseType.UType && baseType <= BaseType.ULong;
}

/** Whether a base type is stored as a floating-point number. */
export function isFloat(baseType: BaseType): boolean {
  return baseType === BaseType.Float || baseType === BaseType.Double;
}

/** The word for a base type in messages: `int`, `string`, `vector` ... */
export function baseTypeName(baseType: BaseType): string {
  return SCALARS[baseType]?.name ?? NAMES[baseType] ?? `base type ${baseType}`;
}

const NAMES: Readonly<Record<number, string>> = {
  [BaseType.None]: "none",
  [BaseType.String]: "string",
  [BaseType.Vector]: "vector",
  [BaseType.Obj]: "object",
  [BaseType.Union]: "union",
  [BaseType.Array]: "array",
  [BaseType.Vector64]: "vector64",
};

function integer(name: string, size: 1 | 2 | 4 | 8, isSigned: boolean): ScalarInfo {
  const bits = BigInt(size * 8);
  const min = isSigned ? -(1n << (bits - 1n)) : 0n;
  const max = isSigned ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  return { name, size, isInteger: true, isSigned, min, max };
}
