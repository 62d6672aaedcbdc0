import * as Kind from "../program/kind.js";
import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isWord,
  isWordStart,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLUS,
  QUOTE,
  wordEnd,
} from "./parse-ascii.js";
import { enter } from "./parse-depth.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import { readList } from "./parse-list.js";
import { readAnyNumber, scanNumber } from "./parse-number.js";
import { expect, peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readStringBytes } from "./parse-string.js";

/**
 * Skips the value of a field that the schema doesn't know. As in flatc it may be an object, an array, a string, a
 * number, true, false, null or inf; names, functions and nan are refused, since nobody can tell what they mean.
 */
export function skipUnknown(state: ParseState): void {
  const first = peek(state);
  const start = state.pos;
  enter(state, start);
  if (first === OPEN_BRACE) {
    readList(state, CLOSE_BRACE, skipMember);
  } else if (first === OPEN_BRACKET) {
    readList(state, CLOSE_BRACKET, skipUnknown);
  } else if (first === QUOTE || first === APOSTROPHE) {
    readStringBytes(state);
  } else skipScalar(state, first);
  state.depth--;
}

/**
 * Passes over a value that is going to be read later, whatever it is. Only brackets, strings and comments are looked
 * at; the rest is checked when it is read. Returns the position behind its last byte.
 */
export function passOver(state: ParseState): number {
  const { bytes } = state;
  let level = 0;
  let end = state.pos;
  for (;;) {
    const byte = peek(state);
    const isClosing = byte === CLOSE_BRACE || byte === CLOSE_BRACKET;
    if (byte === 0 || (level === 0 && (isClosing || byte === COMMA))) return end;
    if (byte === QUOTE || byte === APOSTROPHE) readStringBytes(state);
    else if (isWordStart(byte)) state.pos = wordEnd(bytes, state.pos);
    else state.pos = Math.max(state.pos + 1, scanNumber(bytes, state.pos).end);
    end = state.pos;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) level++;
    if (isClosing) level--;
  }
}

function skipMember(state: ParseState): void {
  const first = peek(state);
  if (first === QUOTE || first === APOSTROPHE) readStringBytes(state);
  else if (isWordStart(first) && !state.strict) state.pos = wordEnd(state.bytes, state.pos);
  else throw unexpected(state, "a key");
  expect(state, COLON);
  skipUnknown(state);
}

function skipScalar(state: ParseState, first: number): void {
  const { bytes, pos: start } = state;
  const hasSign = first === MINUS || first === PLUS;
  const wordStart = hasSign ? start + 1 : start;
  if (!isWordStart(bytes[wordStart]!)) {
    readAnyNumber(state, Kind.None);
    return;
  }
  const end = wordEnd(bytes, wordStart);
  const isLiteral = !hasSign && ["true", "false", "null"].some((word) => isWord(bytes, start, end, word));
  const isInfinity = !state.strict && isWord(bytes, wordStart, end, "inf");
  if (!isLiteral && !isInfinity) {
    throw fail(
      state,
      "json-syntax",
      start,
      `can't tell what ${tokenAt(bytes, start, state.end)} is in a field the schema doesn't know`,
    );
  }
  state.pos = end;
}
