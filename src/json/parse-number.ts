import { parseInteger, parseReal } from "../text/number-literal.js";
import { asciiText, DOT, isDigit, MINUS, OPEN_BRACE, OPEN_BRACKET, PLUS, ZERO } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { kindName, quoteText } from "./parse-excerpt.js";
import { unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { scanString } from "./parse-string.js";

/** A number as it stands in the text, not yet read. */
export interface NumberToken {
  /** Behind its last byte; the start when there is no number. */
  readonly end: number;
  /** Whether it has a point or an exponent. */
  readonly isReal: boolean;
}

/** Steps over the number at the position, which must be one that the rules allow; the field's `kind` is for messages. */
export function readNumberToken(state: ParseState, kind: number): NumberToken {
  const { bytes, pos: start } = state;
  const token = scanNumber(bytes, start);
  if (token.end === start) {
    const what = bytes[start] === OPEN_BRACE ? "an object" : bytes[start] === OPEN_BRACKET ? "an array" : undefined;
    if (what !== undefined)
      throw fail(state, "wrong-type", start, `expected a value of type ${kindName(kind)}, found ${what}`);
    throw unexpected(state, `a value of type ${kindName(kind)}`);
  }
  if (state.strict && !isJsonNumber(bytes, start, token.end)) {
    throw fail(state, "json-syntax", start, `${quoteText(bytes, start, token.end)} is no number of strict JSON`);
  }
  state.pos = token.end;
  return token;
}

/** A number that is read without a field to say what it has to be. */
export interface AnyNumber extends NumberToken {
  readonly text: string;
  readonly value: number | bigint;
}

/** Reads the number at the position, whatever it is good for. */
export function readAnyNumber(state: ParseState, kind: number): AnyNumber {
  const { bytes, pos: start } = state;
  const { end, isReal } = readNumberToken(state, kind);
  const text = asciiText(bytes, start, end);
  const value = isReal ? parseReal(text) : parseInteger(text);
  if (value === undefined) throw fail(state, "invalid-value", start, `${quoteText(bytes, start, end)} is no number`);
  return { end, isReal, text, value };
}

/**
 * Steps over a string constant that stands for a number or a name. Returns where its text ends. Like flatc it takes
 * only ASCII without escapes there.
 */
export function scanAsciiString(state: ParseState, kind: number): number {
  const start = state.pos;
  const end = scanString(state);
  for (let pos = start + 1; pos < end; pos++) {
    if (state.bytes[pos]! >= 0x80) return refuse(state, kind, start);
  }
  return end < 0 ? refuse(state, kind, start) : end;
}

/**
 * Finds how far the number goes that starts at `pos`, in any spelling that flatc knows: sign, decimal or hexadecimal
 * digits with at most one point, exponent. Whether it makes sense is for whoever reads it.
 */
export function scanNumber(bytes: Uint8Array, pos: number): NumberToken {
  const start = pos;
  if (bytes[pos] === MINUS || bytes[pos] === PLUS) pos++;
  const isHex = bytes[pos] === ZERO && (bytes[pos + 1]! | 0x20) === LOWER_X;
  if (isHex) pos += 2;
  const isDigitHere = isHex ? isHexDigit : isDigit;
  const digits = pos;
  while (isDigitHere(bytes[pos]!)) pos++;
  let isReal = false;
  if (bytes[pos] === DOT && (pos > digits || isDigitHere(bytes[pos + 1]!) || pos > start)) {
    isReal = true;
    pos++;
    while (isDigitHere(bytes[pos]!)) pos++;
  }
  if (pos > digits && (bytes[pos]! | 0x20) === (isHex ? LOWER_P : LOWER_E)) {
    isReal = true;
    pos++;
    if (bytes[pos] === MINUS || bytes[pos] === PLUS) pos++;
    while (isDigit(bytes[pos]!)) pos++;
  }
  return { end: pos, isReal };
}

/** Whether `bytes[start, end)` is a number by RFC 8259: no plus, no leading zeros, digits on both sides of the point. */
function isJsonNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let pos = bytes[start] === MINUS ? start + 1 : start;
  const whole = pos;
  while (isDigit(bytes[pos]!)) pos++;
  if (pos === whole || (bytes[whole] === ZERO && pos > whole + 1)) return false;
  if (bytes[pos] === DOT) {
    const fraction = ++pos;
    while (isDigit(bytes[pos]!)) pos++;
    if (pos === fraction) return false;
  }
  if ((bytes[pos]! | 0x20) === LOWER_E) {
    pos++;
    if (bytes[pos] === MINUS || bytes[pos] === PLUS) pos++;
    const exponent = pos;
    while (isDigit(bytes[pos]!)) pos++;
    if (pos === exponent) return false;
  }
  return pos === end;
}

function refuse(state: ParseState, kind: number, start: number): never {
  const found = quoteText(state.bytes, start, state.pos);
  throw fail(state, "invalid-value", start, `${found} for ${kindName(kind)} must be plain ASCII without escapes`);
}

const LOWER_E = 0x65;
const LOWER_P = 0x70;
const LOWER_X = 0x78;

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
