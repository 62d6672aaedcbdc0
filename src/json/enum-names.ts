import type { EnumDef, Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";
import { makeTextTable, quoteName, type TextTable } from "./text-table.js";

/** Values of an enum that lie within so many of each other are found by index. */
const DENSE_SPAN = 1024;

/** How one enum's values become names. */
export interface EnumNames {
  /** Value at index 0 of `dense`. */
  readonly min: number;
  /** By value - min: the piece of text, or -1. Empty when the values lie too far apart. */
  readonly dense: Int32Array;
  /** The pieces by value, exact. */
  readonly sparse: ReadonlyMap<bigint, number>;
  /** For bit_flags: bits and name of each value, in ascending order; else empty. */
  readonly flags: readonly { readonly bits: bigint; readonly name: string }[];
}

/** The enum names of a schema, quotes included. */
export interface EnumNameTable {
  readonly texts: TextTable;
  /** By enum index. */
  readonly enums: readonly EnumNames[];
}

export const enumNameTable: (schema: Schema) => EnumNameTable = derived(makeEnumNameTable);

function makeEnumNameTable(schema: Schema): EnumNameTable {
  const names: string[] = [];
  const enums = schema.enumList.map((enumDef) => {
    const firstPiece = names.length;
    for (const { name } of enumDef.values) names.push(quoteName(name));
    return makeEnumNames(enumDef, firstPiece);
  });
  return { texts: makeTextTable(names), enums };
}

function makeEnumNames({ values, isBitFlags }: EnumDef, firstPiece: number): EnumNames {
  const sparse = new Map<bigint, number>();
  values.forEach(({ value }, index) => {
    if (!sparse.has(value)) sparse.set(value, firstPiece + index);
  });
  const min = values[0]?.value ?? 0n;
  const span = (values.at(-1)?.value ?? 0n) - min + 1n;
  const isDense = span <= DENSE_SPAN && min >= -0x80000000n && min + span <= 0x100000000n;
  const dense = new Int32Array(isDense ? Number(span) : 0).fill(-1);
  if (isDense) for (const [value, piece] of sparse) dense[Number(value - min)] = piece;
  const flags = isBitFlags
    ? values.map(({ value, name }) => ({ bits: BigInt.asUintN(64, value), name: quoteName(name).slice(1, -1) }))
    : [];
  return { min: isDense ? Number(min) : 0, dense, sparse, flags };
}
