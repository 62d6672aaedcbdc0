import { type BaseType, isFloat } from "../model/base-type.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar, type ScalarValue } from "../program/read-scalar.js";
import type { View } from "../wire/view.js";

/** A key as it is compared: a scalar, or the bytes of a string. */
type Key = ScalarValue | Uint8Array;

/** Address of an object's key field, or -1. */
export function keyField(program: P.Program, object: number): number {
  const first = program.objectFields[object]!;
  for (let id = 0; id < program.objectFieldCount[object]!; id++) {
    const field = first + id * P.FIELD_WORDS;
    if ((program.fields[field + P.FIELD_FLAGS]! & P.FLAG_KEY) !== 0) return field;
  }
  return -1;
}

/** Whether elements of `object` stand in the order of their keys, if they have any; `placeOf` gives their positions. */
export function areSorted(
  program: P.Program,
  view: View,
  object: number,
  count: number,
  placeOf: (index: number) => number,
): boolean {
  const key = keyField(program, object);
  return key < 0 || firstUnsorted(program, view, object, key, count, placeOf) < 0;
}

/** Index of the first element whose key, its `field`, is smaller than that of the one before it, or -1. */
export function firstUnsorted(
  program: P.Program,
  view: View,
  object: number,
  field: number,
  count: number,
  placeOf: (index: number) => number,
): number {
  let before: Key | undefined;
  for (let index = 0; index < count; index++) {
    const key = readKey(program, view, object, field, placeOf(index));
    if (key === undefined) return -1;
    if (before !== undefined && compareKeys(before, key) > 0) return index;
    before = key;
  }
  return -1;
}

function readKey(program: P.Program, view: View, object: number, field: number, pos: number): Key | undefined {
  const { fields } = program;
  const kind = fields[field + P.FIELD_KIND]!;
  const slot = fields[field + P.FIELD_SLOT]!;
  const isStruct = program.schema.objectList[object]!.isStruct;
  const place = isStruct ? pos + slot : fieldPlace(view, pos, slot);
  if (kind === Kind.String) {
    if (place < 0) return undefined;
    const at = place + view.u32(place);
    return view.bytes.subarray(at + 4, at + 4 + view.u32(at));
  }
  if (kind > Kind.Double) return undefined; // arrays and structs as keys have no order that writers agree on
  if (place < 0) return defaultKey(program, field, kind);
  return readScalar(view.data, kind, place);
}

function defaultKey(program: P.Program, field: number, kind: number): Key {
  const number = field / P.FIELD_WORDS;
  if (isFloat(kind as BaseType)) return program.defaultNumbers[number]!;
  const bits = program.defaultIntegers[number]!;
  return kind === Kind.ULong ? BigInt.asUintN(64, bits) : bits;
}

function fieldPlace(view: View, pos: number, slot: number): number {
  const vtable = pos - view.i32(pos);
  const entry = slot < view.u16(vtable) ? view.u16(vtable + slot) : 0;
  return entry === 0 ? -1 : pos + entry;
}

function compareKeys(a: Key, b: Key): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    if (a[index] !== b[index]) return a[index]! - b[index]!;
  }
  return a.length - b.length;
}
