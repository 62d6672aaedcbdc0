import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { MAX_DEPTH_CAP } from "../wire/limits.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";
import { storeOwnKind, storeValue } from "./put-scalar.js";
import { type Fields, findField, isObject, mayInherit, unknownField } from "./put-table.js";

/**
 * Puts a struct, an object with all of its fields, at `start`, where its bytes are zero. Nobody but `alignForStruct`
 * tells the builder.
 */
export function putStruct(state: ObjectState, object: number, data: DataView, start: number, value: unknown): void {
  if (!isObject(value)) {
    const { name } = state.schema.objectList[object]!;
    throw failAtPath(state, "wrong-type", `expected an object for the struct ${name}, got ${describeValue(value)}`);
  }
  // Structs can't contain themselves, but a schema may nest them as deep as it has types.
  if (++state.structDepth > MAX_DEPTH_CAP) {
    throw failAtPath(state, "depth-limit", `structs nested deeper than ${MAX_DEPTH_CAP}`, undefined, MAX_DEPTH_CAP);
  }
  const inherits = mayInherit(state, value);
  if (inherits || !putInOrder(state, object, data, start, value))
    putInAnyOrder(state, object, data, start, value, inherits);
  state.structDepth--;
}

/**
 * Aligns what is written next as a struct is: flatc builds each struct in the buffer first and takes it off again; the
 * padding in front of it stays.
 */
export function alignForStruct(state: ObjectState, object: number): void {
  state.writer.builder.align(state.program.objectAlign[object]!);
}

/**
 * Puts all fields of an object whose keys they are, in order: the usual case, in a loop so short that the engine
 * compiles all of it. False for every other object, of which a few fields may then be put already.
 */
function putInOrder(state: ObjectState, object: number, data: DataView, start: number, value: Fields): boolean {
  const { program, names, path } = state;
  const { fields } = program;
  let next = program.objectFields[object]! / P.FIELD_WORDS;
  const end = next + program.objectFieldCount[object]!;
  for (const key in value) {
    const item = value[key];
    if (next === end || names.fields[next] !== key || item === undefined) return false;
    const address = next++ * P.FIELD_WORDS;
    const pos = start + fields[address + P.FIELD_SLOT]!;
    if (storeOwnKind(data, fields[address + P.FIELD_KIND]!, pos, item)) continue;
    path.push(key);
    putStructMember(state, address, data, start, item);
    path.length--;
  }
  return next === end;
}

/** Puts the fields of any other object, or tells what is wrong with it. */
function putInAnyOrder(
  state: ObjectState,
  object: number,
  data: DataView,
  start: number,
  value: Fields,
  inherits: boolean,
): void {
  const { path } = state;
  let previous = -1;
  let found = 0;
  for (const key in value) {
    const item = value[key];
    if (item === undefined || (inherits && !Object.hasOwn(value, key))) continue;
    const number = findField(state, object, key, previous);
    if (number < 0) {
      if (state.rules.ignoreUnknown) continue;
      throw unknownField(state, object, key);
    }
    path.push(key);
    putStructMember(state, number * P.FIELD_WORDS, data, start, item);
    path.length--;
    previous = number;
    found++;
  }
  if (found < state.program.objectFieldCount[object]!) throw missingMember(state, object, value);
}

/** Puts a member of a struct that starts at `start`. */
export function putStructMember(
  state: ObjectState,
  address: number,
  data: DataView,
  start: number,
  value: unknown,
): void {
  const { fields } = state.program;
  const kind = fields[address + P.FIELD_KIND]!;
  const pos = start + fields[address + P.FIELD_SLOT]!;
  if (kind <= Kind.Double) storeValue(state, address, kind, data, pos, value);
  else if (kind === Kind.Struct) putStruct(state, fields[address + P.FIELD_CHILD]!, data, pos, value);
  else putArray(state, address, kind, data, pos, value);
}

/** A fixed array: exactly as many elements as the schema says. */
function putArray(
  state: ObjectState,
  address: number,
  kind: number,
  data: DataView,
  pos: number,
  value: unknown,
): void {
  const { fields } = state.program;
  const { path } = state;
  if (!isList(value)) throw failAtPath(state, "wrong-type", `expected an array, got ${describeValue(value)}`);
  const length = fields[address + P.FIELD_LENGTH]!;
  if (value.length !== length) {
    throw failAtPath(state, "wrong-length", `the array has ${length} elements, got ${value.length}`);
  }
  const stride = fields[address + P.FIELD_STRIDE]!;
  const level = path.length;
  for (let index = 0; index < length; index++) {
    path.set(level, index);
    const at = pos + index * stride;
    if (kind === Kind.ScalarArray)
      storeValue(state, address, fields[address + P.FIELD_ELEMENT]!, data, at, value[index]);
    else putStruct(state, fields[address + P.FIELD_CHILD]!, data, at, value[index]);
  }
  path.length = level;
}

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function missingMember(state: ObjectState, object: number, value: Fields): Error {
  const { name, fields } = state.schema.objectList[object]!;
  const missing = fields.find((field) => !Object.hasOwn(value, field.name) || value[field.name] === undefined);
  return failAtPath(state, "missing-required", `${name} is a struct and needs all of its fields`, missing?.name);
}
