import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import { findInvalidUtf8 } from "../wire/utf8.js";
import type { Walk } from "./walk.js";

/*
 * The short way through what is nearly always good and nearly always there: strings and vectors of scalars. It keeps no
 * trail and gives no reasons; where it says no, the full check runs and says what is wrong. It pays in buffers
 * full of names (bench, `--only verify --input monsters`). Never used with a memo.
 */

const MAX_UOFFSET = 0x7fffffff;

/** No short way. */
const QUICK_NONE = 0;
const QUICK_STRING = 1;
/** A vector of scalars or structs. */
const QUICK_FLAT_VECTOR = 2;

/** The short way for a field, to be given to `isGood`. */
export function quickKind(fields: Int32Array, field: number): number {
  if ((fields[field + P.FIELD_FLAGS]! & (P.FLAG_OFFSET64 + P.FLAG_LENGTH64)) !== 0) return QUICK_NONE;
  const kind = fields[field + P.FIELD_KIND]!;
  if (kind === Kind.String) return QUICK_STRING;
  return kind === Kind.ScalarVector || kind === Kind.StructVector ? QUICK_FLAT_VECTOR : QUICK_NONE;
}

/** Whether there is a short way for what the offset at `place` leads to, and all is well; then it is charged. */
export function isGood(walk: Walk, quick: number, field: number, place: number): boolean {
  if (quick === QUICK_STRING) return isGoodString(walk, place);
  return quick === QUICK_FLAT_VECTOR && isGoodFlatVector(walk, field, place);
}

/** Whether the offset at `place` leads to a good string; then it is charged. */
export function isGoodString(walk: Walk, place: number): boolean {
  const { data, end } = walk;
  const uoffset = data.getUint32(place, true);
  const pos = place + uoffset;
  if (uoffset === 0 || uoffset > MAX_UOFFSET || pos + 4 > end || ((pos - walk.base) & 3) !== 0) return false;
  const length = data.getUint32(pos, true);
  const textEnd = pos + 4 + length;
  if (textEnd >= end || walk.bytes[textEnd] !== 0) return false;
  if (walk.utf8 && !isGoodUtf8(walk, pos + 4, textEnd)) return false;
  return walk.tryCharge(length + 5);
}

function isGoodFlatVector(walk: Walk, field: number, place: number): boolean {
  const { data, end, base } = walk;
  const { fields } = walk.program;
  const uoffset = data.getUint32(place, true);
  const pos = place + uoffset;
  if (uoffset === 0 || uoffset > MAX_UOFFSET || pos + 4 > end || ((pos - base) & 3) !== 0) return false;
  const count = data.getUint32(pos, true);
  const byteLength = 4 + count * fields[field + P.FIELD_STRIDE]!;
  if (byteLength > end - pos) return false;
  if (walk.strict && count > 0 && ((pos + 4 - base) & (fields[field + P.FIELD_ELEMENT_ALIGN]! - 1)) !== 0) return false;
  return walk.tryCharge(byteLength);
}

function isGoodUtf8(walk: Walk, start: number, end: number): boolean {
  const { data } = walk;
  const last = end - 4;
  let pos = start;
  if (last >= start) {
    // Four ASCII bytes at a time, the last four perhaps twice: most strings are done then.
    while (pos < last && (data.getInt32(pos, true) & 0x80808080) === 0) pos += 4;
    if (pos >= last && (data.getInt32(last, true) & 0x80808080) === 0) return true;
  }
  return findInvalidUtf8(walk.bytes, pos, end) < 0;
}
