import type { FieldDef } from "../model/schema.js";
import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { encodeUtf8, findLoneSurrogate } from "../wire/utf8.js";
import { enumNames } from "./enum-names.js";
import { placeOf, stringLength } from "./follow.js";
import { absentScalar, readScalar } from "./scalar.js";
import type { Source } from "./source.js";

/** What `lookupByKey` can look for: a string, a scalar, or the scalars of a key that is a fixed array. */
export type LookupKey = string | number | bigint | boolean | ArrayLike<number | bigint | boolean>;

/**
 * Position in `[0, length)` of the element with this key, or -1: a binary search through a vector of tables or structs
 * that its writer sorted. In an unsorted one keys may be missed; of equal keys any is found.
 *
 * @param object Object of the elements.
 * @param elementPos Where the element at an index is.
 */
export function findByKey(
  source: Source,
  object: number,
  length: number,
  elementPos: (index: number) => number,
  key: LookupKey,
): number {
  const compare = comparator(source, object, key);
  if (compare === undefined) return -1;
  let low = 0;
  let high = length - 1;
  while (low <= high) {
    const middle = low + Math.floor((high - low) / 2);
    const order = compare(elementPos(middle));
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Orders the element at a position against the key: negative when it stands before; undefined when none can match. */
type Compare = (pos: number) => number;

function comparator(source: Source, object: number, key: LookupKey): Compare | undefined {
  const { program, data } = source;
  const def = program.schema.objectList[object]!;
  const keyField = def.fields.find((field) => field.key);
  if (keyField === undefined) throw new FlatbufferError("wrong-type", `${def.name} has no key to look up by`);
  const field = program.objectFields[object]! + keyField.id * P.FIELD_WORDS;
  const slot = program.fields[field + P.FIELD_SLOT]!;
  const place = def.isStruct ? (pos: number) => pos + slot : (pos: number) => placeOf(data, pos, slot);
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind === Kind.String) return stringComparator(source, place, expectString(key, keyField));
  if (kind === Kind.ScalarArray) return arrayComparator(source, field, place, expectArray(key, keyField));
  return scalarComparator(source, field, place, key, keyField);
}

function stringComparator(source: Source, place: Compare, key: string): Compare | undefined {
  if (findLoneSurrogate(key) >= 0) return undefined;
  const bytes = encodeUtf8(key);
  return (pos) => {
    const at = place(pos);
    if (at === 0) return -1;
    const stringPos = at + source.data.getUint32(at, true);
    return compareBytes(source.view.bytes, stringPos + 4, stringLength(source, stringPos), bytes);
  };
}

/** As memcmp: unsigned bytes, and the shorter first when one begins with the other. */
function compareBytes(bytes: Uint8Array, start: number, length: number, key: Uint8Array): number {
  const shared = Math.min(length, key.length);
  for (let index = 0; index < shared; index++) {
    const difference = bytes[start + index]! - key[index]!;
    if (difference !== 0) return difference;
  }
  return length - key.length;
}

function scalarComparator(
  source: Source,
  field: number,
  place: Compare,
  key: LookupKey,
  def: FieldDef,
): Compare | undefined {
  const { program, data } = source;
  const wanted = typeof key === "string" ? enumNumber(program, field, key) : key;
  if (typeof key === "string" && wanted === undefined) return undefined;
  if (typeof wanted !== "number" && typeof wanted !== "bigint" && typeof wanted !== "boolean") {
    throw new FlatbufferError("wrong-type", `the key ${def.name} is a scalar, it can't be looked up by ${typeof key}`);
  }
  const kind = program.fields[field + P.FIELD_KIND]!;
  return (pos) => {
    const at = place(pos);
    return compareScalars(at === 0 ? absentScalar(program, field)! : readScalar(data, kind, at), wanted);
  };
}

/** JavaScript compares numbers with bigints exactly. NaN, which no order knows, counts as smaller than all. */
function compareScalars(stored: number | bigint | boolean, wanted: number | bigint | boolean): number {
  if (stored > wanted) return 1;
  return stored >= wanted ? 0 : -1;
}

function arrayComparator(
  source: Source,
  field: number,
  place: Compare,
  key: ArrayLike<number | bigint | boolean>,
): Compare {
  const { fields } = source.program;
  const kind = fields[field + P.FIELD_ELEMENT]!;
  const stride = fields[field + P.FIELD_STRIDE]!;
  const length = fields[field + P.FIELD_LENGTH]!;
  return (pos) => {
    const at = place(pos);
    for (let index = 0; index < length; index++) {
      if (index >= key.length) return 1;
      const order = compareScalars(readScalar(source.data, kind, at + index * stride), key[index]!);
      if (order !== 0) return order;
    }
    return length - key.length;
  };
}

function enumNumber(program: P.Program, field: number, name: string): number | bigint | undefined {
  const names = enumNames(program.schema)[program.fields[field + P.FIELD_ENUM]!];
  if (names === undefined)
    throw new FlatbufferError("wrong-type", "the key is a number, it can't be looked up by a string");
  for (const [value, text] of names.byValue) if (text === name) return value;
  return undefined;
}

function expectString(key: LookupKey, def: FieldDef): string {
  if (typeof key === "string") return key;
  throw new FlatbufferError("wrong-type", `the key ${def.name} is a string, it can't be looked up by ${typeof key}`);
}

function expectArray(key: LookupKey, def: FieldDef): ArrayLike<number | bigint | boolean> {
  if (typeof key === "object" && key !== null) return key;
  throw new FlatbufferError("wrong-type", `the key ${def.name} is an array, it can't be looked up by ${typeof key}`);
}
