import { writeEmbedded } from "../build/write-vector.js";
import type { FlexBuilder } from "../flexbuffers/builder.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { parseReal } from "../text/number-literal.js";
import {
  APOSTROPHE,
  asciiText,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
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
import { readAnyNumber } from "./parse-number.js";
import { expect, peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readStringBytes } from "./parse-string.js";
import { readTable } from "./parse-table.js";
import { readBase64Vector, readVector } from "./parse-vector.js";

/**
 * Reads the object that a nested_flatbuffer field holds and writes it as a buffer of its own: without identifier and
 * never size-prefixed, whatever the outer buffer is. Bytes are taken instead where the rules allow.
 */
export function readNested(state: ParseState, address: number): number {
  const { writer, rules, program } = state;
  const first = peek(state);
  if (first === OPEN_BRACKET && rules.nestedBytes) return readVector(state, address, Kind.ScalarVector);
  const isString = first === QUOTE || first === APOSTROPHE;
  if (isString && rules.nestedBytes && rules.base64) return readBase64Vector(state, address);
  if (first !== OPEN_BRACE) {
    const found = tokenAt(state.bytes, state.pos, state.end);
    const hint = first === OPEN_BRACKET || isString ? "; nestedBytes: true takes its bytes" : "";
    throw fail(state, "wrong-type", state.pos, `expected the nested FlatBuffer as an object, found ${found}${hint}`);
  }
  writer.beginNested();
  const root = readTable(state, program.fields[address + P.FIELD_CHILD]!);
  const { content, align } = writer.endNested(root);
  return writeEmbedded(writer, address, content, align);
}

/** Reads any value for a flexbuffer field and writes it as FlexBuffers data. */
export function readFlexbuffer(state: ParseState, address: number): number {
  const builder = state.writer.beginFlex();
  readFlexValue(state, builder);
  return writeEmbedded(state.writer, address, builder.finish(), 8);
}

function readFlexValue(state: ParseState, builder: FlexBuilder): void {
  const first = peek(state);
  const start = state.pos;
  if (first === OPEN_BRACE) {
    enter(state, start);
    builder.startMap();
    readList(state, CLOSE_BRACE, () => readFlexMember(state, builder));
    builder.endMap();
    state.depth--;
  } else if (first === OPEN_BRACKET) {
    enter(state, start);
    builder.startVector();
    readList(state, CLOSE_BRACKET, () => readFlexValue(state, builder));
    builder.endVector();
    state.depth--;
  } else if (first === QUOTE || first === APOSTROPHE) {
    const text = readStringBytes(state);
    builder.string(text.bytes.subarray(text.start, text.end));
  } else readFlexScalar(state, builder, first);
}

function readFlexMember(state: ParseState, builder: FlexBuilder): void {
  const { bytes } = state;
  const first = peek(state);
  const start = state.pos;
  if (first === QUOTE || first === APOSTROPHE) {
    const name = readStringBytes(state);
    builder.key(name.bytes.subarray(name.start, name.end));
  } else if (isWordStart(first) && !state.strict) {
    state.pos = wordEnd(bytes, start);
    builder.key(bytes.subarray(start, state.pos));
  } else throw unexpected(state, "a key");
  expect(state, COLON);
  readFlexValue(state, builder);
}

function readFlexScalar(state: ParseState, builder: FlexBuilder, first: number): void {
  const { bytes, pos: start } = state;
  const wordStart = first === MINUS || first === PLUS ? start + 1 : start;
  if (isWordStart(bytes[wordStart]!)) {
    const end = wordEnd(bytes, wordStart);
    readFlexWord(state, builder, asciiText(bytes, start, end));
    state.pos = end;
    return;
  }
  // Hexadecimal and large integers become what they say; flatc makes 0 of them.
  const { text, isReal, value } = readAnyNumber(state, Kind.Double);
  // What a float without a fraction is printed as: it has no other way to say that it is one.
  if (isReal || text === "-0" || isLargeFloat(text, value)) builder.float(isReal ? Number(value) : Number(text));
  else if (value >= MIN_INT64 && value <= MAX_UINT64) builder.int(value);
  else
    throw fail(state, "number-out-of-range", start, `${tokenAt(bytes, start, state.end)} fits no integer of 64 bits`);
}

/** Whether an integer that 64 bits can't hold is, digit for digit, how a float prints. */
function isLargeFloat(text: string, value: number | bigint): boolean {
  return (value < MIN_INT64 || value > MAX_UINT64) && String(Number(text)) === text;
}

const MIN_INT64 = -0x8000_0000_0000_0000n;
const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

function readFlexWord(state: ParseState, builder: FlexBuilder, word: string): void {
  if (word === "null") builder.null();
  else if (word === "true" || word === "false") builder.bool(word === "true");
  else {
    const value = !state.strict && /^[+-]?(nan|inf|infinity)$/.test(word) ? parseReal(word) : undefined;
    if (value === undefined) throw fail(state, "json-syntax", state.pos, `${word} is no value; text needs quotes`);
    builder.float(value);
  }
}
