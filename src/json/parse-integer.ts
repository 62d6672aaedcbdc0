import { type BaseType, scalarInfo } from "../model/base-type.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { hashBytes } from "../text/hash.js";
import { parseInteger } from "../text/number-literal.js";
import {
  APOSTROPHE,
  asciiText,
  isWord,
  isWordStart,
  MINUS,
  NINE,
  OPEN_PAREN,
  QUOTE,
  wordEnd,
  ZERO,
} from "./parse-ascii.js";
import { readEnumWords } from "./parse-enum.js";
import { fail } from "./parse-error.js";
import { kindName, quoteText, tokenAt } from "./parse-excerpt.js";
import { readLongDigits } from "./parse-long.js";
import { findName } from "./parse-names.js";
import { readNumberToken, scanAsciiString } from "./parse-number.js";
import { continuesNumber, GREATEST, LEAST } from "./parse-short.js";
import { peek } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readStringBytes } from "./parse-string.js";

/**
 * Reads an integer of up to 32 bits: `kind` is that of the field at `address` or of its elements. The position is at
 * its first byte.
 */
export function readInt(state: ParseState, address: number, kind: number): number {
  const { bytes } = state;
  // Up to 9 digits, all in 32-bit arithmetic; nearly all integers are that short.
  let pos = state.pos;
  const isNegative = bytes[pos] === MINUS;
  if (isNegative) pos++;
  const first = pos;
  let byte = bytes[pos]!;
  let value = 0;
  while (byte >= ZERO && byte <= NINE && pos - first < 9) {
    value = value * 10 + (byte - ZERO);
    byte = bytes[++pos]!;
  }
  if (pos > first && !continuesNumber(byte) && (bytes[first] !== ZERO || pos === first + 1)) {
    if (isNegative) value = 0 - value;
    if (value >= LEAST[kind]! && value <= GREATEST[kind]!) {
      state.pos = pos;
      return value;
    }
  }
  if (kind === Kind.Bool && readBool(state)) return state.low;
  const named = bytes[state.pos] === QUOTE ? readName(state, address, kind) : Number.NaN;
  return Number.isNaN(named) ? Number(readSpelled(state, address, kind)) : named;
}

/** Reads a 64-bit integer into `state.low` and `state.high`. */
export function readLong(state: ParseState, address: number, kind: number): void {
  if (readLongDigits(state, kind === Kind.ULong)) return;
  const bits = readSpelled(state, address, kind);
  state.low = Number(BigInt.asIntN(32, bits));
  state.high = Number(BigInt.asIntN(32, bits >> 32n));
}

/** Reads true or false into `state.low`; false, with the position unmoved, for everything else. */
function readBool(state: ParseState): boolean {
  const { bytes, pos } = state;
  const end = wordEnd(bytes, pos);
  if (isWord(bytes, pos, end, "true")) state.low = 1;
  else if (isWord(bytes, pos, end, "false")) state.low = 0;
  else return false;
  // Behind a word it would be the call of a function.
  if (bytes[end] === OPEN_PAREN) return false;
  state.pos = end;
  return true;
}

/** Reads one enumerator in double quotes; NaN, with the position unmoved, for everything else. */
function readName(state: ParseState, address: number, kind: number): number {
  const { bytes, names, pos } = state;
  const enumIndex = state.program.fields[address + P.FIELD_ENUM]!;
  if (enumIndex < 0) return Number.NaN;
  const end = wordEnd(bytes, pos + 1);
  if (bytes[end] !== QUOTE) return Number.NaN;
  const number = findName(names.values, enumIndex, bytes, pos + 1, end);
  if (number < 0 || names.valueHigh[number]! !== (names.valueLow[number]! < 0 ? -1 : 0)) return Number.NaN;
  const value = names.valueLow[number]!;
  if (!(value >= LEAST[kind]! && value <= GREATEST[kind]!)) return Number.NaN;
  state.pos = end + 1;
  return value;
}

/** All spellings of an integer, and what is wrong with the rest. */
function readSpelled(state: ParseState, address: number, kind: number): bigint {
  const first = peek(state);
  const start = state.pos;
  if (first === QUOTE || first === APOSTROPHE) return readQuoted(state, address, kind);
  if (isWordStart(first)) return readWord(state, address, kind);
  const { end, isReal } = readNumberToken(state, kind);
  if (isReal) {
    const found = quoteText(state.bytes, start, end);
    throw fail(state, "invalid-value", start, `${found} is no integer, and ${kindName(kind)} wants one`);
  }
  return inRange(state, kind, start, end, asciiText(state.bytes, start, end));
}

function readQuoted(state: ParseState, address: number, kind: number): bigint {
  const start = state.pos + 1;
  if (state.writer.plan.hash[address / P.FIELD_WORDS] !== undefined) {
    const text = readStringBytes(state);
    return hashed(state, address, kind, text.bytes, text.start, text.end);
  }
  const end = scanAsciiString(state, kind);
  if (isWordStart(state.bytes[start]!)) return wordsValue(state, address, kind, start, end);
  return inRange(state, kind, start, end, asciiText(state.bytes, start, end).trimEnd());
}

function readWord(state: ParseState, address: number, kind: number): bigint {
  const { bytes, pos: start } = state;
  const end = wordEnd(bytes, start);
  state.pos = end;
  const isHashed = state.writer.plan.hash[address / P.FIELD_WORDS] !== undefined;
  const isLiteral =
    isWord(bytes, start, end, "true") || isWord(bytes, start, end, "false") || isWord(bytes, start, end, "null");
  if (state.strict && !isLiteral) {
    throw fail(
      state,
      "json-syntax",
      start,
      `${tokenAt(bytes, start, end)} is no value of strict JSON; put it in quotes`,
    );
  }
  if (isHashed) return hashed(state, address, kind, bytes, start, end);
  if (bytes[end] === OPEN_PAREN) {
    const found = quoteText(bytes, start, end);
    throw fail(
      state,
      "wrong-type",
      start,
      `${found}() gives a floating-point number, ${kindName(kind)} wants an integer`,
    );
  }
  return wordsValue(state, address, kind, start, end);
}

/** Words in place of an integer: true and false for bools, enumerators for the others. */
function wordsValue(state: ParseState, address: number, kind: number, start: number, end: number): bigint {
  const { bytes } = state;
  if (kind === Kind.Bool) {
    if (isWord(bytes, start, end, "true")) return 1n;
    if (isWord(bytes, start, end, "false")) return 0n;
    throw fail(
      state,
      "invalid-value",
      start,
      `${quoteText(bytes, start, end)} is neither true nor false nor an integer`,
    );
  }
  if (isWord(bytes, start, end, "null")) {
    throw fail(state, "wrong-type", start, `null is no ${kindName(kind)}; leave the field out to get its default`);
  }
  const bits = readEnumWords(state, state.program.fields[address + P.FIELD_ENUM]!, kind, start, end);
  return inRange(state, kind, start, end, bits);
}

function hashed(
  state: ParseState,
  address: number,
  kind: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): bigint {
  const hash = hashBytes(state.writer.plan.hash[address / P.FIELD_WORDS]!, bytes, start, end);
  const { size, isSigned } = scalarInfo(kind as BaseType)!;
  return isSigned ? BigInt.asIntN(size * 8, hash) : BigInt.asUintN(size * 8, hash);
}

/** The value, or that of its spelling, when the kind can hold it. `start` and `end` are for the message. */
function inRange(state: ParseState, kind: number, start: number, end: number, value: string | bigint): bigint {
  const found = typeof value === "bigint" ? value : parseInteger(value);
  const { min, max } = scalarInfo(kind as BaseType)!;
  if (found !== undefined && found >= min && found <= max) return BigInt(found);
  const shown = start === end ? "an empty text" : quoteText(state.bytes, start, end);
  if (found === undefined) throw fail(state, "invalid-value", start, `${shown} is no integer`);
  throw fail(state, "number-out-of-range", start, `${shown} does not fit ${kindName(kind)} (${min} to ${max})`);
}
