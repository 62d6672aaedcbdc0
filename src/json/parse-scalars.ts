import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { CLOSE_BRACKET, COMMA, MINUS, NINE, SLASH, SPACE, ZERO } from "./parse-ascii.js";
import { storeScalar } from "./parse-element.js";
import { nextItem } from "./parse-list.js";
import { continuesNumber, GREATEST, LEAST } from "./parse-short.js";
import { peek } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads the elements of a vector of scalars, at least one, onto the top of `scratch`. The position is at the first
 * element, and at the closing bracket afterwards.
 */
export function readScalars(state: ParseState, address: number): void {
  const { fields } = state.program;
  const element = fields[address + P.FIELD_ELEMENT]!;
  const stride = fields[address + P.FIELD_STRIDE]!;
  const { scratch } = state.writer;
  do {
    if (element <= Kind.UInt && readShortIntegers(state, element, stride)) return;
    peek(state);
    scratch.reserve(stride);
    storeScalar(state, address, element, scratch.top);
    scratch.top += stride;
  } while (nextItem(state, CLOSE_BRACKET));
}

/** Room that is asked for at once. */
const BATCH = 512;

/**
 * Reads elements for as long as they are short integers. True when that was up to the closing bracket; otherwise the
 * position is at the first element that takes a closer look.
 */
function readShortIntegers(state: ParseState, kind: number, stride: number): boolean {
  const { bytes } = state;
  const { scratch } = state.writer;
  const least = LEAST[kind]!;
  const greatest = GREATEST[kind]!;
  let pos = state.pos;
  for (;;) {
    scratch.reserve(BATCH);
    const { top, data } = scratch;
    for (let at = top; at < top + BATCH; at += stride) {
      const start = pos;
      let byte = bytes[pos]!;
      const isNegative = byte === MINUS;
      if (isNegative) byte = bytes[++pos]!;
      const first = pos;
      let value = 0;
      while (byte >= ZERO && byte <= NINE && pos - first < 9) {
        value = value * 10 + (byte - ZERO);
        byte = bytes[++pos]!;
      }
      if (isNegative) value = 0 - value;
      const isShort = pos > first && !continuesNumber(byte) && (bytes[first] !== ZERO || pos === first + 1);
      if (!isShort || value < least || value > greatest) {
        state.pos = start;
        scratch.top = at;
        return false;
      }
      if (stride === 1) data.setInt8(at, value);
      else if (stride === 2) data.setInt16(at, value, true);
      else data.setInt32(at, value, true);
      if (byte === COMMA && isPlainStart(bytes[pos + 1]!)) {
        pos++;
        continue;
      }
      state.pos = pos;
      if (!nextItem(state, CLOSE_BRACKET)) {
        scratch.top = at + stride;
        return true;
      }
      pos = state.pos;
    }
    scratch.top = top + BATCH;
  }
}

/** Whether another element begins right here, without white space or a comment in front. */
function isPlainStart(byte: number): boolean {
  return byte > SPACE && byte !== CLOSE_BRACKET && byte !== SLASH;
}
