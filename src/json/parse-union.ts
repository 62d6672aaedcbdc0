import { writeRefVector } from "../build/write-vector.js";
import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import { CLOSE_BRACKET, OPEN_BRACKET } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { readList } from "./parse-list.js";
import { passOver } from "./parse-skip.js";
import { peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readString } from "./parse-string.js";
import { readStruct } from "./parse-struct.js";
import { readTable } from "./parse-table.js";

/**
 * Reads the value of the union field `number` (its type is the field before it), or passes over it when the type
 * isn't known yet.
 */
export function readUnion(state: ParseState, number: number, base: number, key: number): void {
  const { writer, program } = state;
  const typeEntry = writer.findField(base, number - 1);
  if (typeEntry < 0) {
    defer(state, number, key);
    return;
  }
  const union = program.fields[number * P.FIELD_WORDS + P.FIELD_CHILD]!;
  writer.putRef(number, readMember(state, union, writer.intOf(typeEntry) & 0xff), key);
}

/** Reads the values of a vector of unions; as `readUnion`. */
export function readUnionVector(state: ParseState, number: number, base: number, key: number): void {
  const { writer, program } = state;
  const typeEntry = writer.findField(base, number - 1);
  if (typeEntry < 0) {
    defer(state, number, key);
    return;
  }
  const address = number * P.FIELD_WORDS;
  const union = program.fields[address + P.FIELD_CHILD]!;
  const types = typesOf(state, typeEntry);
  const start = state.pos;
  const refBase = writer.refTop;
  if (peek(state) !== OPEN_BRACKET) throw unexpected(state, "'['");
  const count = readList(state, CLOSE_BRACKET, (_, index) => {
    peek(state);
    if (index >= types.length) throw wrongLength(state, state.pos, types.length, "here is one more value");
    writer.pushRef(readMember(state, union, types[index]!));
  });
  if (count < types.length) throw wrongLength(state, start, types.length, `here are ${count} values`);
  writer.putRef(number, writeRefVector(writer, address, refBase, -1), key);
}

/** Reads the values that were deferred for want of the type field `typeNumber`, which has come now. */
export function resolveUnion(state: ParseState, base: number, deferredBase: number, typeNumber: number): void {
  const { deferred } = state;
  for (let index = deferredBase; index < deferred.length; index++) {
    const { number, key, start, end } = deferred[index]!;
    if (number !== typeNumber + 1) continue;
    deferred.splice(index--, 1);
    const after = state.pos;
    state.pos = start;
    const kind = state.program.fields[number * P.FIELD_WORDS + P.FIELD_KIND];
    if (kind === Kind.Union) readUnion(state, number, base, key);
    else readUnionVector(state, number, base, key);
    // What was passed over has to be exactly what was read now.
    if (state.pos !== end) throw unexpected(state, "',' or '}'");
    state.pos = after;
  }
}

function defer(state: ParseState, number: number, key: number): void {
  const start = state.pos;
  state.deferred.push({ number, key, start, end: passOver(state) });
}

/** Reads the member with that tag, writes it, and returns its reference. */
function readMember(state: ParseState, union: number, tag: number): number {
  const { program, writer } = state;
  const member = tag === 0 ? -1 : P.unionMember(program, union, tag);
  if (member < 0) throw noMember(state, union, tag);
  const object = program.memberObject[member]!;
  switch (program.memberKind[member]) {
    case Kind.String:
      return readString(state, false);
    case Kind.Table:
      return readTable(state, object);
    default: {
      const { scratch, builder } = writer;
      const start = scratch.take(program.objectSize[object]!);
      readStruct(state, object, start);
      builder.pushBytes(scratch.bytes, start, scratch.top);
      scratch.top = start;
      return builder.size;
    }
  }
}

/** The types written for a union vector. */
function typesOf(state: ParseState, entry: number): Uint8Array {
  const { builder } = state.writer;
  const pos = builder.capacity - state.writer.refOf(entry);
  const count = builder.data.getUint32(pos, true);
  return builder.bytes.slice(pos + 4, pos + 4 + count);
}

function noMember(state: ParseState, union: number, tag: number): Error {
  const { name } = state.schema.enumList[union]!;
  const reason =
    tag === 0 ? `the type is NONE, so ${name} has no value here` : `${name} has no member with the type ${tag}`;
  return fail(state, "unknown-union-type", state.pos, reason);
}

function wrongLength(state: ParseState, pos: number, count: number, found: string): Error {
  return fail(state, "wrong-length", pos, `there are ${count} types, ${found}`);
}
