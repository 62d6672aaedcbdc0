import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar, type ScalarValue } from "../program/read-scalar.js";
import { encodeUtf8, findLoneSurrogate } from "../wire/encode-utf8.js";
import { FlatbufferError } from "../wire/error.js";
import { enumNames } from "./enum-names.js";
import { fieldName } from "./field-def.js";
import { followField, placeOf, stringLength } from "./follow.js";
import { absentScalar } from "./scalar.js";
import type { Source } from "./source.js";

/** What `lookupByKey` can look for: a string, a scalar; for a key that is a fixed array or a struct, its values. */
export type LookupKey =
  | string
  | number
  | bigint
  | boolean
  | ArrayLike<number | bigint | boolean>
  | { readonly [name: string]: LookupKey };

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
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind === Kind.String) return stringComparator(source, field, slot, key);
  let wanted = key;
  if (typeof key === "string") {
    const named = enumNumber(program, field, key);
    if (named === undefined) return undefined;
    wanted = named;
  }
  if (def.isStruct) return (pos) => compareInline(source, field, pos + slot, wanted);
  return (pos) => {
    const place = placeOf(data, pos, slot);
    if (place !== 0) return compareInline(source, field, place, wanted);
    return kind <= Kind.LAST_SCALAR ? compareScalars(program, field, absentScalar(program, field)!, wanted) : -1;
  };
}

function stringComparator(source: Source, field: number, slot: number, key: LookupKey): Compare | undefined {
  const { data, program, view } = source;
  if (typeof key !== "string") throw wrongKey(program, field, "a string", key);
  if (findLoneSurrogate(key) >= 0) return undefined;
  const bytes = encodeUtf8(key);
  return (pos) => {
    const place = placeOf(data, pos, slot);
    if (place === 0) return -1;
    const stringPos = followField(source, field, place);
    return compareBytes(view.bytes, stringPos + 4, stringLength(source, stringPos), bytes);
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

/** A key stored inline: a scalar, or what a fixed array or struct holds, in order. */
function compareInline(source: Source, field: number, place: number, key: LookupKey): number {
  const { data, program } = source;
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind <= Kind.LAST_SCALAR) return compareScalars(program, field, readScalar(data, kind, place), key);
  if (kind === Kind.ScalarArray) return compareArray(source, field, place, key);
  if (kind === Kind.Struct) return compareStruct(source, field, place, key);
  throw new FlatbufferError("wrong-type", `${fieldName(program, field)} is no key that can be compared`);
}

function compareArray(source: Source, field: number, place: number, key: LookupKey): number {
  const { data, program } = source;
  if (typeof key !== "object" || key === null) throw wrongKey(program, field, "an array", key);
  const values = key as ArrayLike<LookupKey>;
  const length = program.fields[field + P.FIELD_LENGTH]!;
  const stride = program.fields[field + P.FIELD_STRIDE]!;
  const kind = program.fields[field + P.FIELD_ELEMENT]!;
  if (values.length !== length) throw wrongKey(program, field, `an array of ${length}`, key);
  for (let index = 0; index < length; index++) {
    const order = compareScalars(program, field, readScalar(data, kind, place + index * stride), values[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

function compareStruct(source: Source, field: number, place: number, key: LookupKey): number {
  const { program } = source;
  if (typeof key !== "object" || key === null) throw wrongKey(program, field, "an object", key);
  const object = program.fields[field + P.FIELD_CHILD]!;
  for (const { name, id, offset } of program.schema.objectList[object]!.fields) {
    const inner = program.objectFields[object]! + id * P.FIELD_WORDS;
    if (!Object.hasOwn(key, name)) throw wrongKey(program, inner, "a value in the key", undefined);
    const order = compareInline(source, inner, place + offset, (key as Readonly<Record<string, LookupKey>>)[name]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** JavaScript compares numbers with bigints exactly. NaN, which it puts nowhere, stands last, as where we sort. */
function compareScalars(program: P.Program, field: number, stored: ScalarValue, wanted: LookupKey): number {
  if (typeof wanted !== "number" && typeof wanted !== "bigint" && typeof wanted !== "boolean") {
    throw wrongKey(program, field, "a number", wanted);
  }
  if (stored > wanted) return 1;
  if (stored < wanted) return -1;
  return Number(Number.isNaN(stored)) - Number(Number.isNaN(wanted));
}

function enumNumber(program: P.Program, field: number, name: string): number | bigint | undefined {
  const names = enumNames(program.schema)[program.fields[field + P.FIELD_ENUM]!];
  if (names === undefined) throw wrongKey(program, field, "a number", name);
  for (const [value, text] of names.byValue) if (text === name) return value;
  return undefined;
}

function wrongKey(program: P.Program, field: number, wanted: string, given: unknown): FlatbufferError {
  const what = Array.isArray(given) ? `an array of ${given.length}` : typeof given;
  return new FlatbufferError(
    "wrong-type",
    `the key ${fieldName(program, field)} takes ${wanted}, it was given ${what}`,
  );
}
