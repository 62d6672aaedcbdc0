import type { Schema } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";
import { toInt } from "./put-scalar.js";
import { alignForStruct, isList, putStruct } from "./put-struct.js";
import { type Fields, putTable } from "./put-table.js";
import { putString } from "./put-text.js";
import { writeRefVector } from "./write-vector.js";

/** Writes the value of the union field `number`, whose type stands in the field before it. Returns its reference. */
export function putUnion(state: ObjectState, number: number, value: unknown, owner: Fields): number {
  const type = typeOf(state, number, owner);
  const typeAddress = (number - 1) * P.FIELD_WORDS;
  const { path, names } = state;
  const level = path.length - 1;
  path.set(level, names.fields[number - 1]!);
  const tag = toInt(state, typeAddress, Kind.UType, type);
  path.set(level, names.fields[number]!);
  return putUnionMember(state, unionOf(state, number), tag, value);
}

/** Writes the values of a vector of unions; as `putUnion`. Null is the value of an element whose type is NONE. */
export function putUnionVector(state: ObjectState, number: number, value: unknown, owner: Fields): number {
  const { path, writer } = state;
  const types = typeOf(state, number, owner);
  if (!isList(value)) throw failAtPath(state, "wrong-type", `expected an array, got ${describeValue(value)}`);
  const count = value.length;
  if (!isList(types) || types.length !== count) {
    const found = isList(types) ? types.length : describeValue(types);
    throw failAtPath(state, "wrong-length", `${count} values need as many types, got ${found}`);
  }
  const level = path.length;
  const base = writer.refTop;
  const typeAddress = (number - 1) * P.FIELD_WORDS;
  for (let index = 0; index < count; index++) {
    path.set(level, index);
    const tag = toInt(state, typeAddress, Kind.UType, types[index]);
    const isNone = tag === 0 && value[index] === null;
    writer.pushRef(isNone ? 0 : putUnionMember(state, unionOf(state, number), tag, value[index]));
  }
  path.length = level;
  return writeRefVector(writer, number * P.FIELD_WORDS, base, -1);
}

/** The type, or types, that the owner has for its union field. */
function typeOf(state: ObjectState, number: number, owner: Fields): unknown {
  const name = state.names.fields[number - 1]!;
  const type = Object.hasOwn(owner, name) ? owner[name] : undefined;
  if (type !== undefined && type !== null) return type;
  throw failAtPath(state, "union-type-missing", `a union needs its type beside it, as ${name}`);
}

function unionOf(state: ObjectState, number: number): number {
  return state.program.fields[number * P.FIELD_WORDS + P.FIELD_CHILD]!;
}

/** Writes the value of a union whose type on the wire is `tag`. Returns its reference. */
export function putUnionMember(state: ObjectState, union: number, tag: number, value: unknown): number {
  const { program, writer } = state;
  const member = tag === 0 ? -1 : P.unionMember(program, union, tag);
  if (member < 0) throw noMember(state, union, tag);
  const object = program.memberObject[member]!;
  switch (program.memberKind[member]) {
    case Kind.String:
      return putString(state, value, false);
    case Kind.Table:
      return putTable(state, object, value);
    default: {
      const { scratch, builder } = writer;
      const start = scratch.take(program.objectSize[object]!);
      putStruct(state, object, scratch.data, start, value);
      alignForStruct(state, object);
      builder.pushMemory(scratch, start, scratch.top);
      scratch.top = start;
      return builder.size;
    }
  }
}

function noMember(state: ObjectState, union: number, tag: number): Error {
  return failAtPath(state, "unknown-union-type", noMemberReason(state.schema, union, tag));
}

/** Why a union has no value of the type `tag`. */
export function noMemberReason(schema: Schema, union: number, tag: number): string {
  const { name } = schema.enumList[union]!;
  return tag === 0 ? `the type is NONE, so ${name} has no value here` : `${name} has no member with the type ${tag}`;
}
