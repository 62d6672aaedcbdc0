import type { FlatbufferError } from "../wire/error.js";
import { LINE_FEED, SLASH, SPACE, STAR } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import type { ParseState } from "./parse-state.js";

/**
 * Moves to the next byte that is neither white space nor part of a comment and returns it; 0 at the end of the text.
 * Throws `json-syntax` for a comment where strict reading allows none, or one that doesn't end.
 */
export function peek(state: ParseState): number {
  const byte = state.bytes[state.pos]!;
  return byte > SPACE && byte !== SLASH ? byte : peekFar(state);
}

/** Steps over `byte`, which must come next. */
export function expect(state: ParseState, byte: number): void {
  if (peek(state) !== byte) throw unexpected(state, `'${String.fromCharCode(byte)}'`);
  state.pos++;
}

/** The error for something else than what was expected at the position. */
export function unexpected(state: ParseState, expected: string): FlatbufferError {
  const { bytes, pos, end } = state;
  if (pos < end && bytes[pos] === 0) return fail(state, "json-syntax", pos, "a NUL: this is no text");
  const hint = pos < end && HINTS.get(bytes[pos]!);
  const found = tokenAt(bytes, pos, end);
  return fail(state, "json-syntax", pos, `expected ${expected}, found ${found}${hint ? `; ${hint}` : ""}`);
}

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
/** Four spaces. */
const SPACES = 0x20202020;

const HINTS: ReadonlyMap<number, string> = new Map([[0xc2, "is it a space that isn't ASCII?"]]);

function peekFar(state: ParseState): number {
  const { bytes, data } = state;
  let pos = state.pos;
  // The start of the text, with or without a BOM, begins a line too.
  let sawLineFeed = pos === 0 || (pos === 3 && bytes[0] === 0xef);
  for (;;) {
    const byte = bytes[pos]!;
    if (byte === LINE_FEED) {
      sawLineFeed = true;
      pos++;
      // Behind a line break comes indentation, most of it in runs.
      while (data.getInt32(pos, true) === SPACES) pos += 4;
    } else if (byte === SPACE || byte === CARRIAGE_RETURN || byte === TAB) {
      pos++;
    } else if (byte === SLASH) {
      pos = skipComment(state, pos, sawLineFeed);
    } else {
      state.pos = pos;
      return byte;
    }
  }
}

function skipComment(state: ParseState, start: number, sawLineFeed: boolean): number {
  const { bytes, end } = state;
  const second = bytes[start + 1]!;
  state.pos = start;
  if (second !== SLASH && second !== STAR) throw unexpected(state, "a value, a comma or a bracket");
  if (state.strict) throw fail(state, "json-syntax", start, "strict JSON has no comments");
  // flatc takes /// for documentation, which must not follow anything on its line.
  if (second === SLASH && bytes[start + 2] === SLASH && !sawLineFeed) {
    throw fail(state, "json-syntax", start, "a comment with /// must be on a line of its own; use //");
  }
  let pos = start + 2;
  if (second === SLASH) {
    while (bytes[pos] !== LINE_FEED && bytes[pos] !== CARRIAGE_RETURN && bytes[pos] !== 0) pos++;
  } else {
    while (!(bytes[pos] === STAR && bytes[pos + 1] === SLASH) && bytes[pos] !== 0) pos++;
    if (bytes[pos] !== 0) return pos + 2;
  }
  if (pos < end && bytes[pos] === 0) throw fail(state, "json-syntax", pos, "a NUL in a comment: this is no text");
  if (second === STAR) throw fail(state, "json-syntax", start, "the comment that starts here doesn't end");
  return pos;
}
