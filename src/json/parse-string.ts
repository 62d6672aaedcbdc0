import { NOT_UTF8, UNESCAPE_ERRORS, unescapeString } from "../text/unescape.js";
import { sequenceLength } from "../wire/utf8.js";
import { APOSTROPHE, BACKSLASH, LINE_FEED, QUOTE } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";

/** Reads the string constant at the position and writes it into the buffer. Returns its reference. */
export function readString(state: ParseState, isShared: boolean): number {
  const start = state.pos + 1;
  const end = scanString(state);
  const { builder } = state.writer;
  if (end >= 0) {
    if (!isShared) return builder.createStringByWords(state.bytes, state.data, start, end);
    return builder.createStringFrom(state.bytes, start, end, true);
  }
  const length = spell(state, start);
  return builder.createStringFrom(state.writer.text, 0, length, isShared);
}

/** A string constant spelled out: where its bytes are. */
export interface StringBytes {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Reads the string constant at the position without writing it. The bytes are good until the next string is read. */
export function readStringBytes(state: ParseState): StringBytes {
  const start = state.pos + 1;
  const end = scanString(state);
  if (end >= 0) return { bytes: state.bytes, start, end };
  const length = spell(state, start);
  return { bytes: state.writer.text, start: 0, end: length };
}

/**
 * Reads over the string constant at the position. Returns where its text ends, when the text means itself; or -1
 * when it has escapes and has to be spelled out (`spell`).
 *
 * Throws `json-syntax` for what is no string, has raw control characters or doesn't end; `invalid-utf8`.
 */
export function scanString(state: ParseState): number {
  const { bytes, data } = state;
  const start = state.pos;
  const quote = bytes[start]!;
  if (quote !== QUOTE && (quote !== APOSTROPHE || state.strict)) throw unexpected(state, "a string in quotes");
  let pos = start + 1;
  for (;;) {
    // Four characters at a time where they are plain; strings in single quotes are too rare to care.
    if (quote === QUOTE) while (isPlain(data.getInt32(pos, true))) pos += 4;
    let byte = bytes[pos]!;
    while (byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== BACKSLASH) byte = bytes[++pos]!;
    if (byte === quote) {
      state.pos = pos + 1;
      return pos;
    }
    if (byte === BACKSLASH) {
      skipEscaped(state, start, pos);
      return -1;
    }
    if (byte < 0x20) throw controlCharacter(state, start, pos);
    const length = sequenceLength(bytes, pos, state.end);
    if (length === 0) throw fail(state, "invalid-utf8", pos, UNESCAPE_ERRORS[NOT_UTF8]!);
    pos += length;
  }
}

/**
 * Spells out the string with escapes whose text starts at `start`, over which `scanString` has just read, into
 * `state.writer.text`. Returns its length.
 */
export function spell(state: ParseState, start: number): number {
  const end = state.pos - 1;
  const target = state.writer.textRoom(end - start);
  const { length, error } = unescapeString(state.bytes, start, end, state.strict, target);
  if (error === 0) return length;
  const code = error === NOT_UTF8 ? "invalid-utf8" : "json-syntax";
  throw fail(state, code, length, UNESCAPE_ERRORS[error]!);
}

/**
 * Whether the four bytes are ASCII from space up without quote and backslash. Each term sets the top bit of the bytes
 * it finds; a bit borrowed from a neighbour only leads to the careful loop.
 */
function isPlain(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const found =
    word | (word - 0x20202020) | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes);
  return (found & 0x80808080) === 0;
}

/** Finds the end of a string from its first backslash on. */
function skipEscaped(state: ParseState, start: number, backslash: number): void {
  const { bytes, end } = state;
  const quote = bytes[start]!;
  let pos = backslash;
  while (bytes[pos] !== quote) {
    if (bytes[pos]! < 0x20) throw controlCharacter(state, start, pos);
    // Two bytes at a backslash: whatever the escape is, a quote behind it doesn't end the string.
    pos += bytes[pos] === BACKSLASH && pos + 1 < end && bytes[pos + 1]! >= 0x20 ? 2 : 1;
  }
  state.pos = pos + 1;
}

function controlCharacter(state: ParseState, start: number, pos: number): Error {
  if (pos >= state.end) return fail(state, "json-syntax", start, "the string that starts here doesn't end");
  const byte = state.bytes[pos]!;
  const name = byte === LINE_FEED ? "a line break" : `the control character 0x${byte.toString(16).padStart(2, "0")}`;
  const spelling = byte === LINE_FEED ? "\\n" : `\\u${byte.toString(16).padStart(4, "0")}`;
  return fail(state, "json-syntax", pos, `${name} in a string; write ${spelling}`);
}
