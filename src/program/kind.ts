/**
 * What a walker dispatches on. Kinds 1 to 12 are the scalars with their BaseType numbers, so that a scalar's kind is
 * its base type; the others say in one number what BaseType tells in two (a vector *of what*).
 */
export const Kind = {
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
  Table: 14,
  Struct: 15,
  Union: 16,
  ScalarVector: 17,
  StringVector: 18,
  TableVector: 19,
  StructVector: 20,
  UnionVector: 21,
  ScalarArray: 22,
  StructArray: 23,
  /** A [ubyte] that holds a FlatBuffer of a known root type. */
  NestedFlatbuffer: 24,
  /** A [ubyte] that holds FlexBuffers data. */
  Flexbuffer: 25,
} as const;

/** One of the numbers of `Kind`. */
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The last kind that is a scalar. */
export const LAST_SCALAR: number = Kind.Double;
