import * as Kind from "../program/kind.js";
import { CONVERSION_NAMES, convertNumber } from "../text/conversion.js";
import { lacksHexExponent, parseReal, parseReal32 } from "../text/number-literal.js";
import {
  APOSTROPHE,
  asciiText,
  CLOSE_PAREN,
  isWordStart,
  MINUS,
  OPEN_PAREN,
  PLUS,
  QUOTE,
  wordEnd,
} from "./parse-ascii.js";
import { readDecimal } from "./parse-decimal.js";
import { enter } from "./parse-depth.js";
import { fail } from "./parse-error.js";
import { kindName, quoteText, tokenAt } from "./parse-excerpt.js";
import { readNumberToken, scanAsciiString } from "./parse-number.js";
import { expect, peek } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads a floating-point number; for `Kind.Float` one that `Math.fround` takes to the nearest float32. The position
 * is at its first byte.
 */
export function readReal(state: ParseState, kind: number): number {
  const start = state.pos;
  const value = readDecimal(state);
  if (!Number.isNaN(value) && (kind === Kind.Double || !isDoubtful(value))) return value;
  state.pos = start;
  const spelled = readSpelled(state, kind);
  // The sign of a NaN means nothing; flatc drops it too.
  return Number.isNaN(spelled) ? Number.NaN : spelled;
}

const scratch = new DataView(new ArrayBuffer(8));

/**
 * Whether rounding a double to float32 may give something else than rounding its text: when it lies halfway between
 * two of them (bit 28 and nothing below), or is so small that it may become a subnormal.
 */
function isDoubtful(value: number): boolean {
  if (value < 2 ** -120 && value > -(2 ** -120)) return value !== 0;
  scratch.setFloat64(0, value, true);
  return (scratch.getInt32(0, true) & 0x1fffffff) === 0x10000000;
}

/** All spellings of a floating-point number, and what is wrong with the rest. */
function readSpelled(state: ParseState, kind: number): number {
  const { bytes } = state;
  const first = peek(state);
  const start = state.pos;
  if (first === QUOTE || first === APOSTROPHE) {
    const end = scanAsciiString(state, kind);
    return spelledValue(state, kind, start + 1, end, asciiText(bytes, start + 1, end).trimEnd());
  }
  const wordStart = first === PLUS || first === MINUS ? start + 1 : start;
  if (isWordStart(bytes[wordStart]!)) {
    const end = wordEnd(bytes, wordStart);
    if (state.strict) {
      throw fail(
        state,
        "json-syntax",
        start,
        `${tokenAt(bytes, start, end)} is no number of strict JSON; put it in quotes`,
      );
    }
    state.pos = end;
    if (bytes[end] === OPEN_PAREN) return readFunction(state, start);
    return spelledValue(state, kind, start, end, asciiText(bytes, start, end));
  }
  const { end } = readNumberToken(state, kind);
  return spelledValue(state, kind, start, end, asciiText(bytes, start, end));
}

/** The number that a text spells; `start` and `end` are for the message. */
function spelledValue(state: ParseState, kind: number, start: number, end: number, text: string): number {
  const value = kind === Kind.Float ? parseReal32(text) : parseReal(text);
  if (value !== undefined) return value;
  const found = start === end ? "an empty text" : quoteText(state.bytes, start, end);
  if (text === "null") {
    throw fail(state, "wrong-type", start, `null is no ${kindName(kind)}; leave the field out to get its default`);
  }
  const hint = lacksHexExponent(text) ? "; a hexadecimal floating-point number needs its exponent, as in 0x1.8p0" : "";
  throw fail(state, "invalid-value", start, `${found} is no ${kindName(kind)}${hint}`);
}

/** A conversion such as `rad(180)`; its name starts at `start`, the position is at the parenthesis. */
function readFunction(state: ParseState, start: number): number {
  const name = asciiText(state.bytes, start, state.pos);
  enter(state, start);
  state.pos++;
  peek(state);
  // The argument is computed with in double precision, whatever the field is.
  const argument = readReal(state, Kind.Double);
  expect(state, CLOSE_PAREN);
  state.depth--;
  const value = convertNumber(name, argument);
  if (value !== undefined) return value;
  throw fail(
    state,
    "invalid-value",
    start,
    `there is no conversion ${name}(); known are ${CONVERSION_NAMES.join(", ")}`,
  );
}
