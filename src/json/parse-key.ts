import { APOSTROPHE, COLON, isWord, isWordStart, QUOTE, wordEnd } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { quoteText } from "./parse-excerpt.js";
import { findName, isNameAt } from "./parse-names.js";
import { skipUnknown } from "./parse-skip.js";
import { expect, peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readStringBytes, type StringBytes } from "./parse-string.js";

/**
 * Reads a key of the object and its colon, and moves to its value. Returns the field number; or -1 for a key that
 * has no field (`$schema`, or any unknown one where those are ignored), whose value is skipped then.
 *
 * @param guess The field number expected, or -1: most texts have their keys in the same order again and again.
 */
export function readKey(state: ParseState, object: number, guess: number): number {
  const { bytes, names } = state;
  const start = state.pos;
  if (guess >= 0 && bytes[start] === QUOTE && isNameAt(names.fields, guess, state.data, start + 1)) {
    state.pos = start + names.fields.length[guess]! + 2;
    if (bytes[state.pos] === COLON) state.pos++;
    else expect(state, COLON);
    return guess;
  }
  return readOtherKey(state, object);
}

/** How many names a message offers. */
const MAX_NAMES = 8;

function readOtherKey(state: ParseState, object: number): number {
  const { bytes, pos: start } = state;
  const first = bytes[start]!;
  const isQuoted = first === QUOTE || first === APOSTROPHE;
  let name: StringBytes;
  if (isQuoted) name = readStringBytes(state);
  else if (isWordStart(first) && !state.strict) {
    state.pos = wordEnd(bytes, start);
    name = { bytes, start, end: state.pos };
  } else throw unexpected(state, state.strict ? "a key in quotes" : "a key");
  const number = findName(state.names.fields, object, name.bytes, name.start, name.end);
  const isSchema = number < 0 && isQuoted && isWord(name.bytes, name.start, name.end, "$schema");
  const shown = number < 0 ? quoteText(name.bytes, name.start, name.end) : "";
  expect(state, COLON);
  if (number >= 0) return number;
  peek(state);
  // Editors look for $schema; what it names is no business of ours.
  if (isSchema) readStringBytes(state);
  else if (state.rules.ignoreUnknown) skipUnknown(state);
  else throw unknownField(state, object, shown, start);
  return -1;
}

function unknownField(state: ParseState, object: number, name: string, pos: number): Error {
  const { fields, name: typeName } = state.schema.objectList[object]!;
  const known = fields.slice(0, MAX_NAMES).map((field) => field.name);
  const more = fields.length > MAX_NAMES ? ", ..." : "";
  const list = known.length === 0 ? "no fields" : `${known.join(", ")}${more}`;
  const reason = `${typeName} has no field "${name}"; it has ${list} (unknownFields: 'ignore' skips what it doesn't know)`;
  return fail(state, "unknown-field", pos, reason, { field: name });
}
