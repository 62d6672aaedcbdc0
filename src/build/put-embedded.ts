import type { FlexBuilder } from "../flexbuffers/builder.js";
import * as P from "../program/program.js";
import { isFlatbufferError } from "../wire/error.js";
import { describeValue, enterDepth, failAtPath, type ObjectState } from "./object-state.js";
import { isList } from "./put-struct.js";
import { isObject, putTable } from "./put-table.js";
import { writeEmbedded } from "./write-vector.js";

/**
 * Writes what a nested_flatbuffer field holds as a buffer of its own: without identifier and never size-prefixed,
 * whatever the outer buffer is. Bytes are taken instead where the rules allow.
 */
export function putNested(state: ObjectState, address: number, value: unknown): number {
  const { writer, rules } = state;
  if (value instanceof Uint8Array && rules.nestedBytes) return writeEmbedded(writer, address, value, 1);
  if (!isObject(value)) {
    const hint = value instanceof Uint8Array ? "; nestedBytes: true takes bytes" : "";
    throw failAtPath(state, "wrong-type", `expected an object, got ${describeValue(value)}${hint}`);
  }
  writer.beginNested();
  const root = putTable(state, state.program.fields[address + P.FIELD_CHILD]!, value);
  const { content, align } = writer.endNested(root);
  return writeEmbedded(writer, address, content, align);
}

/**
 * Writes any value as FlexBuffers data: numbers without a fraction become integers. With nestedBytes a Uint8Array
 * is such data already; without, it becomes a blob, as it does deeper inside.
 */
export function putFlexbuffer(state: ObjectState, address: number, value: unknown): number {
  if (value instanceof Uint8Array && state.rules.nestedBytes) return writeEmbedded(state.writer, address, value, 8);
  const builder = state.writer.beginFlex();
  putFlexValue(state, builder, value);
  return writeEmbedded(state.writer, address, builder.finish(), 8);
}

function putFlexValue(state: ObjectState, builder: FlexBuilder, value: unknown): void {
  try {
    if (putFlexScalar(builder, value)) return;
    enterDepth(state);
    if (isList(value)) putFlexVector(state, builder, value);
    else if (isObject(value)) putFlexMap(state, builder, value);
    else throw failAtPath(state, "wrong-type", `FlexBuffers have no value for ${describeValue(value)}`);
    state.depth--;
  } catch (error) {
    // What the FlexBuffers builder refuses happened here.
    throw isFlatbufferError(error) && error.path === undefined ? failAtPath(state, error.code, error.message) : error;
  }
}

function putFlexScalar(builder: FlexBuilder, value: unknown): boolean {
  if (value === null) builder.null();
  else if (typeof value === "boolean") builder.bool(value);
  else if (typeof value === "string") builder.string(value);
  else if (typeof value === "bigint") builder.int(value);
  else if (value instanceof Uint8Array) builder.blob(value);
  else if (typeof value !== "number") return false;
  else if (Number.isSafeInteger(value) && !Object.is(value, -0)) builder.int(value);
  else builder.float(value);
  return true;
}

function putFlexVector(state: ObjectState, builder: FlexBuilder, list: ArrayLike<unknown>): void {
  const { path } = state;
  const level = path.length;
  const count = list.length;
  builder.startVector();
  for (let index = 0; index < count; index++) {
    path.set(level, index);
    putFlexValue(state, builder, list[index]);
  }
  path.length = level;
  builder.endVector();
}

function putFlexMap(state: ObjectState, builder: FlexBuilder, value: Readonly<Record<string, unknown>>): void {
  const { path } = state;
  const level = path.length;
  builder.startMap();
  for (const key of Object.keys(value)) {
    if (value[key] === undefined) continue;
    path.set(level, key);
    builder.key(key);
    putFlexValue(state, builder, value[key]);
  }
  path.length = level;
  builder.endMap();
}
