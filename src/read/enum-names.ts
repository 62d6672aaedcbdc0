import { BaseType } from "../model/base-type.js";
import type { EnumDef, Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";

/** The names of one enum or union, by value as it is read: bigint for 64-bit enums, else number. */
export interface EnumNames {
  readonly byValue: ReadonlyMap<number | bigint, string>;
  /** For bit_flags: bits and name of each value, ascending; else empty. */
  readonly flags: readonly { readonly bits: bigint; readonly name: string }[];
}

/** The names of all enums of a schema, by enum index. */
export const enumNames: (schema: Schema) => readonly EnumNames[] = derived(makeEnumNames);

/**
 * The text of an enum value: its name; for bit_flags the names of its bits with spaces between; undefined when no
 * names make up the value exactly.
 */
export function enumText(names: EnumNames, value: number | bigint): string | undefined {
  return names.byValue.get(value) ?? (names.flags.length === 0 ? undefined : flagsText(names, value));
}

/** As flatc does it: every value that shares a bit is named, and together they must be all bits of the value. */
function flagsText({ flags }: EnumNames, value: number | bigint): string | undefined {
  const bits = BigInt.asUintN(64, BigInt(value));
  const present = flags.filter((flag) => (flag.bits & bits) !== 0n);
  if (present.length === 0 || present.reduce((sum, flag) => sum | flag.bits, 0n) !== bits) return undefined;
  return present.map(({ name }) => name).join(" ");
}

function makeEnumNames(schema: Schema): readonly EnumNames[] {
  return schema.enumList.map(namesOf);
}

function namesOf({ values, isBitFlags, isUnion, underlyingType: { baseType } }: EnumDef): EnumNames {
  const isWide = !isUnion && (baseType === BaseType.Long || baseType === BaseType.ULong);
  const byValue = new Map<number | bigint, string>();
  for (const { value, name } of values) {
    const key = isWide ? value : Number(value);
    if (!byValue.has(key)) byValue.set(key, name);
  }
  const flags = isBitFlags ? values.map(({ value, name }) => ({ bits: BigInt.asUintN(64, value), name })) : [];
  return { byValue, flags };
}
