import { noMemberReason } from "../build/put-union.js";
import { writeRefVector } from "../build/write-vector.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { CLOSE_BRACKET, OPEN_BRACKET } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { readList } from "./parse-list.js";
import { passOver } from "./parse-skip.js";
import { peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readString } from "./parse-string.js";
import { readStruct } from "./parse-struct.js";
import { fieldName, readTable } from "./parse-table.js";

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
  const address = number * P.FIELD_WORDS;
  const union = program.fields[address + P.FIELD_CHILD]!;
  const typeEntry = writer.findField(base, number - 1);
  // No values need no types; as in flatc they are written where they stand.
  if (typeEntry < 0 && !isEmptyList(state)) {
    defer(state, number, key);
    return;
  }
  const types = typeEntry < 0 ? NO_TYPES : typesOf(state, typeEntry);
  const refBase = writer.refTop;
  if (peek(state) !== OPEN_BRACKET) throw unexpected(state, "'['");
  readList(state, CLOSE_BRACKET, (_, index) => {
    peek(state);
    if (index >= types.length)
      throw fail(state, "wrong-length", state.pos, `a value too many for ${types.length} types`);
    writer.pushRef(readMember(state, union, types[index]!));
  });
  state.unionVectors++;
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
      builder.pushMemory(scratch, start, scratch.top);
      scratch.top = start;
      return builder.size;
    }
  }
}

const NO_TYPES = new Uint8Array(0);

/** Makes sure that each vector of unions in the table from entry `base` up has as many types as values. */
export function checkUnionVectors(state: ParseState, base: number): void {
  const { writer, program } = state;
  for (let entry = base; entry < writer.top; entry++) {
    const number = writer.numberOf(entry);
    const isTypes = program.fields[number * P.FIELD_WORDS + P.FIELD_ELEMENT] === Kind.UType;
    const isValues = program.fields[number * P.FIELD_WORDS + P.FIELD_KIND] === Kind.UnionVector;
    if (!isTypes && !isValues) continue;
    state.unionVectors--;
    const other = writer.findField(base, isTypes ? number + 1 : number - 1);
    const pos = writer.placeOf(entry);
    const field = fieldName(state, isTypes ? number + 1 : number);
    if (other < 0 && isTypes) {
      throw fail(state, "union-types-without-values", pos, `the types need ${field} beside them`, { field });
    }
    if (other < 0)
      throw fail(state, "union-type-missing", pos, `${field} needs its types, ${fieldName(state, number - 1)}`, {
        field,
      });
    const counts = [countOf(state, entry), countOf(state, other)];
    if (counts[0] === counts[1]) continue;
    if (isTypes) counts.reverse();
    throw fail(state, "wrong-length", pos, `${field} has ${counts[0]} values for ${counts[1]} types`, { field });
  }
}

/** Elements of the vector that an entry refers to. */
function countOf(state: ParseState, entry: number): number {
  const { builder } = state.writer;
  return builder.data.getUint32(builder.capacity - state.writer.refOf(entry), true);
}

/** The types written for a union vector. */
function typesOf(state: ParseState, entry: number): Uint8Array {
  const { builder } = state.writer;
  const pos = builder.capacity - state.writer.refOf(entry);
  return builder.bytes.slice(pos + 4, pos + 4 + countOf(state, entry));
}

function noMember(state: ParseState, union: number, tag: number): Error {
  return fail(state, "unknown-union-type", state.pos, noMemberReason(state.schema, union, tag));
}

/** Whether an array without elements begins at the position. */
function isEmptyList(state: ParseState): boolean {
  const start = state.pos;
  if (peek(state) !== OPEN_BRACKET) return false;
  state.pos++;
  const isEmpty = peek(state) === CLOSE_BRACKET;
  state.pos = start;
  return isEmpty;
}
