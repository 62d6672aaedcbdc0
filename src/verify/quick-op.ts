/* What a field's value takes in the quick walk. To be imported as `Op`; why so, see program/kind.ts. */

/** Nothing: it lies in its table. */
export const Inline = 0;
export const String = 1;
/** A vector of scalars or structs. */
export const Flat = 2;
export const Table = 3;
export const Strings = 4;
export const Tables = 5;
export const Union = 6;
export const Unions = 7;
/** A nested FlatBuffer or FlexBuffers data. */
export const Embedded = 8;
/** Offset or length have 64 bits. */
export const Wide = 9;
/** The type of a union whose value is absent; only among the steps of a `KnownVtable`. */
export const NoUnion = 10;
