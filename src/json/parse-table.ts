import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET } from "./parse-ascii.js";
import { enter } from "./parse-depth.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import { readField } from "./parse-field.js";
import { readKey } from "./parse-key.js";
import { nextItem } from "./parse-list.js";
import { peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { checkUnionVectors, resolveUnion } from "./parse-union.js";

/**
 * Reads a table, an object or an array of the values of all its fields in order, and writes it once it is complete.
 * Returns its reference.
 */
export function readTable(state: ParseState, object: number): number {
  const open = peek(state);
  const at = state.pos;
  if (open !== OPEN_BRACE && open !== OPEN_BRACKET) throw notTable(state, object);
  enter(state, at);
  const { writer, deferred } = state;
  const base = writer.top;
  const scratchBase = writer.scratch.top;
  const deferredBase = deferred.length;
  state.pos++;
  if (open === OPEN_BRACE) readFields(state, object, base, deferredBase);
  else readValues(state, object, base, at);
  state.pos++;
  if (deferred.length > deferredBase) throw typeMissing(state, deferredBase);
  const table = closeTable(state, object, base, at);
  // Structs of the table lay here until it was written.
  writer.scratch.top = scratchBase;
  state.depth--;
  return table;
}

/** The name of a field, for messages. */
export function fieldName(state: ParseState, number: number): string {
  const { fields, objectFields } = state.program;
  const object = fields[number * P.FIELD_WORDS + P.FIELD_OBJECT]!;
  return state.schema.objectList[object]!.fields[number - objectFields[object]! / P.FIELD_WORDS]!.name;
}

function readFields(state: ParseState, object: number, base: number, deferredBase: number): void {
  const { names, deferred } = state;
  let guess = names.first[object]!;
  let previous = -1;
  if (peek(state) === CLOSE_BRACE) return;
  do {
    const key = state.pos;
    const number = readKey(state, object, guess);
    if (number < 0) continue;
    if (number !== guess) {
      if (previous < 0) names.first[object] = number;
      else names.follower[previous] = number;
    }
    previous = number;
    guess = names.follower[number]!;
    readField(state, number, base, key);
    if (deferred.length > deferredBase && isUnionType(state, number)) resolveUnion(state, base, deferredBase, number);
  } while (nextItem(state, CLOSE_BRACE));
}

/** Values without keys. As in flatc every field must be there, also the hidden types of unions, and null takes no place. */
function readValues(state: ParseState, object: number, base: number, at: number): void {
  const { program, writer } = state;
  const count = program.objectFieldCount[object]!;
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  let id = 0;
  if (peek(state) !== CLOSE_BRACKET) {
    do {
      const start = state.pos;
      peek(state);
      if (id === count) throw wrongCount(state, object, start);
      const { top } = writer;
      readField(state, first + id, base, start);
      if (writer.top > top) id++;
    } while (nextItem(state, CLOSE_BRACKET));
  }
  if (id < count) throw wrongCount(state, object, at);
}

function closeTable(state: ParseState, object: number, base: number, at: number): number {
  const { writer } = state;
  const twice = writer.arrange(object, base);
  if (twice >= 0) {
    const field = fieldName(state, writer.numberOf(twice));
    throw fail(state, "duplicate-field", writer.placeOf(twice), `${field} is set twice`, { field });
  }
  const missing = writer.missingField(object, base);
  if (missing >= 0) {
    const field = fieldName(state, missing / P.FIELD_WORDS);
    const { name } = state.schema.objectList[object]!;
    throw fail(state, "missing-required", at, `${name} needs the field ${field}`, { field });
  }
  if (state.unionVectors > 0) checkUnionVectors(state, base);
  return writer.writeTable(object, base);
}

/** Whether a field holds the type of a union, or the types of a vector of them. */
function isUnionType(state: ParseState, number: number): boolean {
  const { fields } = state.program;
  const address = number * P.FIELD_WORDS;
  return fields[address + P.FIELD_KIND] === Kind.UType || fields[address + P.FIELD_ELEMENT] === Kind.UType;
}

function typeMissing(state: ParseState, deferredBase: number): Error {
  const { number, key } = state.deferred[deferredBase]!;
  const field = fieldName(state, number);
  return fail(
    state,
    "union-type-missing",
    key,
    `${field} is a union and needs ${fieldName(state, number - 1)} beside it`,
    { field },
  );
}

function notTable(state: ParseState, object: number): Error {
  const { name } = state.schema.objectList[object]!;
  const found = tokenAt(state.bytes, state.pos, state.end);
  if (state.pos >= state.end) return unexpected(state, "'{'");
  return fail(state, "wrong-type", state.pos, `expected the table ${name} as an object, found ${found}`);
}

function wrongCount(state: ParseState, object: number, pos: number): Error {
  const { name, fields } = state.schema.objectList[object]!;
  return fail(
    state,
    "wrong-length",
    pos,
    `an array in place of ${name} needs the values of all its ${fields.length} fields`,
  );
}
