/*
 * What a walker dispatches on. Kinds 1 to 12 are the scalars with their BaseType numbers, so that a scalar's kind is
 * its base type; the others say in one number what BaseType tells in two (a vector *of what*).
 *
 * To be imported as `Kind`. They are constants of a module, not properties of an object, so that the build can put the
 * numbers in their place: the engine would look each of them up every time (scripts/build.mjs).
 */
export const None = 0;
export const UType = 1;
export const Bool = 2;
export const Byte = 3;
export const UByte = 4;
export const Short = 5;
export const UShort = 6;
export const Int = 7;
export const UInt = 8;
export const Long = 9;
export const ULong = 10;
export const Float = 11;
export const Double = 12;
export const String = 13;
export const Table = 14;
export const Struct = 15;
export const Union = 16;
export const ScalarVector = 17;
export const StringVector = 18;
export const TableVector = 19;
export const StructVector = 20;
export const UnionVector = 21;
export const ScalarArray = 22;
export const StructArray = 23;
/** A [ubyte] that holds a FlatBuffer of a known root type. */
export const NestedFlatbuffer = 24;
/** A [ubyte] that holds FlexBuffers data. */
export const Flexbuffer = 25;

/** The last kind that is a scalar. */
export const LAST_SCALAR = 12;
