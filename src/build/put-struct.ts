import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { MAX_DEPTH_CAP } from "../wire/limits.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";
import { storeOwnKind, storeValue } from "./put-scalar.js";
import { type Fields, findField, isObject, mayInherit, unknownField } from "./put-table.js";

/** Puts a struct, an object with all of its fields, into `scratch` at `start`, where its bytes are reserved and zero. */
export function putStruct(state: ObjectState, object: number, start: number, value: unknown): void {
  const { program, names, path } = state;
  const { name, fields } = state.schema.objectList[object]!;
  if (!isObject(value)) {
    throw failAtPath(state, "wrong-type", `expected an object for the struct ${name}, got ${describeValue(value)}`);
  }
  // Structs can't contain themselves, but a schema may nest them as deep as it has types.
  if (++state.structDepth > MAX_DEPTH_CAP) {
    throw failAtPath(state, "depth-limit", `structs nested deeper than ${MAX_DEPTH_CAP}`, undefined, MAX_DEPTH_CAP);
  }
  const { data } = state.writer.scratch;
  const inherits = mayInherit(state, value);
  const level = path.length;
  let next = program.objectFields[object]! / P.FIELD_WORDS;
  const end = next + fields.length;
  let found = 0;
  for (const key in value) {
    const item = value[key];
    if (item === undefined || (inherits && !Object.hasOwn(value, key))) continue;
    // In order and complete, the usual case; else the key may be anywhere.
    const number = next < end && names.fields[next] === key ? next : findField(state, object, key, -1);
    if (number < 0) {
      if (state.rules.ignoreUnknown) continue;
      path.length = level;
      throw unknownField(state, object, key);
    }
    const address = number * P.FIELD_WORDS;
    const pos = start + program.fields[address + P.FIELD_SLOT]!;
    if (!storeOwnKind(data, program.fields[address + P.FIELD_KIND]!, pos, item)) {
      path.set(level, key);
      putStructMember(state, address, start, item);
    }
    next = number + 1;
    found++;
  }
  path.length = level;
  if (found < fields.length) throw missingMember(state, object, value);
  state.structDepth--;
  // flatc builds each struct in the buffer first and takes it off again; the padding in front of it stays.
  state.writer.builder.align(program.objectAlign[object]!);
}

/** Puts a member of a struct that starts at `start` of `scratch`. */
export function putStructMember(state: ObjectState, address: number, start: number, value: unknown): void {
  const { fields } = state.program;
  const kind = fields[address + P.FIELD_KIND]!;
  const pos = start + fields[address + P.FIELD_SLOT]!;
  if (kind <= Kind.Double) storeValue(state, address, kind, pos, value);
  else if (kind === Kind.Struct) putStruct(state, fields[address + P.FIELD_CHILD]!, pos, value);
  else putArray(state, address, kind, pos, value);
}

/** A fixed array: exactly as many elements as the schema says. */
function putArray(state: ObjectState, address: number, kind: number, pos: number, value: unknown): void {
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
    if (kind === Kind.ScalarArray) storeValue(state, address, fields[address + P.FIELD_ELEMENT]!, at, value[index]);
    else putStruct(state, fields[address + P.FIELD_CHILD]!, at, value[index]);
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
