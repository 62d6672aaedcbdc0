import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { MAX_DEPTH_CAP } from "../wire/limits.js";
import { CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET } from "./parse-ascii.js";
import { storeScalar } from "./parse-element.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import { readKey } from "./parse-key.js";
import { nextItem } from "./parse-list.js";
import { peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads a struct, an object with all of its fields or an array of their values in order, into `scratch` at `start`,
 * where its bytes are reserved and zero.
 */
export function readStruct(state: ParseState, object: number, start: number): void {
  const open = peek(state);
  const at = state.pos;
  if (open !== OPEN_BRACE && open !== OPEN_BRACKET) throw notStruct(state, object);
  // Structs can't contain themselves, but a schema may nest them as deep as it has types.
  if (++state.structDepth > MAX_DEPTH_CAP)
    throw fail(state, "depth-limit", at, `structs nested deeper than ${MAX_DEPTH_CAP}`, { limit: MAX_DEPTH_CAP });
  state.pos++;
  if (open === OPEN_BRACE) readMembers(state, object, start, at);
  else readValues(state, object, start, at);
  state.pos++;
  state.structDepth--;
  // flatc builds each struct in the buffer first and takes it off again; the padding in front of it stays.
  state.writer.builder.align(state.program.objectAlign[object]!);
}

function readMembers(state: ParseState, object: number, start: number, at: number): void {
  const { program } = state;
  const count = program.objectFieldCount[object]!;
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  let id = 0;
  if (peek(state) !== CLOSE_BRACE) {
    // Nearly always all members come in order; then nothing has to be remembered.
    do {
      const key = state.pos;
      const number = readKey(state, object, id < count ? first + id : -1);
      if (number < 0) continue;
      if (number !== first + id) {
        readUnordered(state, object, start, at, id, key, number);
        return;
      }
      readField(state, number * P.FIELD_WORDS, start);
      id++;
    } while (nextItem(state, CLOSE_BRACE));
  }
  if (id < count) throw memberMissing(state, object, id, at);
}

/** Goes on with members out of order: `known` of them were read in order, then came the key of another one. */
function readUnordered(
  state: ParseState,
  object: number,
  start: number,
  at: number,
  known: number,
  key: number,
  number: number,
): void {
  const { program } = state;
  const { scratch } = state.writer;
  const count = program.objectFieldCount[object]!;
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  // One byte per member says that it was set.
  const isSet = scratch.take(count);
  scratch.bytes.fill(1, isSet, isSet + known);
  do {
    if (number < 0) {
      key = state.pos;
      number = readKey(state, object, -1);
      if (number < 0) continue;
    }
    if (scratch.bytes[isSet + number - first] === 1) throw setTwice(state, number, key);
    scratch.bytes[isSet + number - first] = 1;
    known++;
    readField(state, number * P.FIELD_WORDS, start);
    number = -1;
  } while (nextItem(state, CLOSE_BRACE));
  if (known < count) throw memberMissing(state, object, scratch.bytes.indexOf(0, isSet) - isSet, at);
  scratch.top = isSet;
}

function readValues(state: ParseState, object: number, start: number, at: number): void {
  const { program } = state;
  const count = program.objectFieldCount[object]!;
  let id = 0;
  if (peek(state) !== CLOSE_BRACKET) {
    do {
      if (id === count) throw wrongCount(state, object, state.pos);
      readField(state, program.objectFields[object]! + id * P.FIELD_WORDS, start);
      id++;
    } while (nextItem(state, CLOSE_BRACKET));
  }
  if (id < count) throw wrongCount(state, object, at);
}

function readField(state: ParseState, address: number, start: number): void {
  const { program } = state;
  const kind = program.fields[address + P.FIELD_KIND]!;
  const pos = start + program.fields[address + P.FIELD_SLOT]!;
  peek(state);
  if (kind <= Kind.Double) storeScalar(state, address, kind, pos);
  else if (kind === Kind.Struct) readStruct(state, program.fields[address + P.FIELD_CHILD]!, pos);
  else readArray(state, address, kind, pos);
}

/** A fixed array: exactly as many elements as the schema says. */
function readArray(state: ParseState, address: number, kind: number, pos: number): void {
  const { fields } = state.program;
  const at = state.pos;
  if (peek(state) !== OPEN_BRACKET) throw unexpected(state, "'['");
  state.pos++;
  const length = fields[address + P.FIELD_LENGTH]!;
  const stride = fields[address + P.FIELD_STRIDE]!;
  let index = 0;
  if (peek(state) !== CLOSE_BRACKET) {
    do {
      if (index === length)
        throw fail(state, "wrong-length", state.pos, `the array has ${length} elements, here is one more`);
      const element = pos + index * stride;
      peek(state);
      if (kind === Kind.ScalarArray) storeScalar(state, address, fields[address + P.FIELD_ELEMENT]!, element);
      else readStruct(state, fields[address + P.FIELD_CHILD]!, element);
      index++;
    } while (nextItem(state, CLOSE_BRACKET));
  }
  if (index < length) throw fail(state, "wrong-length", at, `the array has ${length} elements, here are ${index}`);
  state.pos++;
}

function memberMissing(state: ParseState, object: number, id: number, at: number): Error {
  const { name } = state.schema.objectList[object]!.fields[id]!;
  return fail(state, "missing-required", at, `a struct needs all of its fields; ${name} is missing`, { field: name });
}

function setTwice(state: ParseState, number: number, pos: number): Error {
  const { objectList } = state.schema;
  const object = objectList[state.program.fields[number * P.FIELD_WORDS + P.FIELD_OBJECT]!]!;
  const name = object.fields[number - state.program.objectFields[object.index]! / P.FIELD_WORDS]!.name;
  return fail(state, "duplicate-field", pos, `${name} is set twice`, { field: name });
}

function notStruct(state: ParseState, object: number): Error {
  const found = tokenAt(state.bytes, state.pos, state.end);
  return fail(
    state,
    "wrong-type",
    state.pos,
    `expected the struct ${state.schema.objectList[object]!.name} as an object, found ${found}`,
  );
}

function wrongCount(state: ParseState, object: number, pos: number): Error {
  const { name, fields } = state.schema.objectList[object]!;
  return fail(
    state,
    "wrong-length",
    pos,
    `an array in place of ${name} needs its ${fields.length} values, no more and no fewer`,
  );
}
