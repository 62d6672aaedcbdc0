/* The types of FlexBuffers, numbered as they are stored. To be imported as `FlexType`; why so, see program/kind.ts. */

export const Null = 0;
export const Int = 1;
export const UInt = 2;
export const Float = 3;
export const Key = 4;
export const String = 5;
export const IndirectInt = 6;
export const IndirectUInt = 7;
export const IndirectFloat = 8;
export const Map = 9;
export const Vector = 10;
export const VectorInt = 11;
export const VectorUInt = 12;
export const VectorFloat = 13;
export const VectorKey = 14;
/** Written by early versions only; its strings can be read as keys alone, since their length has an unknown width. */
export const VectorStringDeprecated = 15;
export const VectorInt2 = 16;
export const VectorUInt2 = 17;
export const VectorFloat2 = 18;
export const VectorInt3 = 19;
export const VectorUInt3 = 20;
export const VectorFloat3 = 21;
export const VectorInt4 = 22;
export const VectorUInt4 = 23;
export const VectorFloat4 = 24;
export const Blob = 25;
export const Bool = 26;
export const VectorBool = 36;
