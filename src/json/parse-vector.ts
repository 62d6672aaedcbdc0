import { writeInlineVector, writeRefVector } from "../build/write-vector.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readBase64 } from "../text/base64.js";
import { isFlatbufferError } from "../wire/error.js";
import { APOSTROPHE, CLOSE_BRACKET, OPEN_BRACKET, QUOTE } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import { nextItem } from "./parse-list.js";
import { readScalars } from "./parse-scalars.js";
import { peek } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readString, readStringBytes } from "./parse-string.js";
import { readStruct } from "./parse-struct.js";
import { readTable } from "./parse-table.js";

/** Reads a vector of anything but unions and writes it. Returns its reference. */
export function readVector(state: ParseState, address: number, kind: number): number {
  const { program, writer } = state;
  const { fields } = program;
  const first = peek(state);
  if (first !== OPEN_BRACKET) {
    const isBytes = kind === Kind.ScalarVector && fields[address + P.FIELD_ELEMENT] === Kind.UByte;
    if (isBytes && state.rules.base64 && (first === QUOTE || first === APOSTROPHE))
      return readBase64Vector(state, address);
    throw notArray(state, first);
  }
  state.pos++;
  const isEmpty = peek(state) === CLOSE_BRACKET;
  const scratchBase = writer.scratch.top;
  const refBase = writer.refTop;
  const child = fields[address + P.FIELD_CHILD]!;
  switch (kind) {
    case Kind.StringVector:
      if (!isEmpty) readStrings(state);
      break;
    case Kind.TableVector:
      if (!isEmpty) readTables(state, child);
      break;
    case Kind.StructVector:
      if (!isEmpty) readStructs(state, child);
      break;
    default:
      if (fields[address + P.FIELD_ELEMENT] === Kind.UType) state.unionVectors++;
      if (!isEmpty) readScalars(state, address);
  }
  state.pos++;
  if (kind === Kind.StringVector) return writeRefVector(writer, address, refBase, -1);
  if (kind === Kind.TableVector) return writeRefVector(writer, address, refBase, child);
  return writeInlineVector(writer, address, scratchBase);
}

/** Reads a string of base64 for a vector of bytes and writes it. */
export function readBase64Vector(state: ParseState, address: number): number {
  const { scratch } = state.writer;
  const at = state.pos;
  const { bytes, start, end } = readStringBytes(state);
  const base = scratch.top;
  scratch.reserve(end - start);
  try {
    scratch.top += readBase64(bytes, start, end, scratch.bytes, base);
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    // Escapes shift positions; then the string's start has to do.
    const pos = bytes === state.bytes && error.offset !== undefined ? error.offset : at;
    throw fail(state, error.code, pos, error.message);
  }
  return writeInlineVector(state.writer, address, base);
}

function readStrings(state: ParseState): void {
  do {
    peek(state);
    state.writer.pushRef(readString(state, false));
  } while (nextItem(state, CLOSE_BRACKET));
}

function readTables(state: ParseState, object: number): void {
  do {
    state.writer.pushRef(readTable(state, object));
  } while (nextItem(state, CLOSE_BRACKET));
}

function readStructs(state: ParseState, object: number): void {
  const size = state.program.objectSize[object]!;
  do {
    readStruct(state, object, state.writer.scratch.take(size));
  } while (nextItem(state, CLOSE_BRACKET));
}

function notArray(state: ParseState, first: number): Error {
  const found = tokenAt(state.bytes, state.pos, state.end);
  const hint = first === QUOTE ? " (bytes: 'base64' takes [ubyte] as text)" : "";
  return fail(state, first === 0 ? "json-syntax" : "wrong-type", state.pos, `expected an array, found ${found}${hint}`);
}
