import { findInvalidUtf8 } from "../wire/utf8.js";
import type { QuickWalk } from "./quick-walk.js";
import * as Q from "./quick-words.js";

/*
 * Offsets, lengths and sizes are read as int32: what is 2^31 or more is negative then, and refused together with it.
 */

/** Whether the offset at `place` leads to a good string. */
export function isGoodString(walk: QuickWalk, place: number): boolean {
  const uoffset = walk.data.getInt32(place, true);
  return uoffset > 0 && isGoodStringAt(walk, place + uoffset);
}

export function isGoodStringAt(walk: QuickWalk, pos: number): boolean {
  const { data } = walk;
  const length = data.getInt32(pos, true);
  const start = pos + 4;
  const textEnd = start + length;
  if ((pos & 3) !== 0 || length < 0 || data.getUint8(textEnd) !== 0) return false;
  walk.charge(1, length + 5);
  // Text is what takes time here, so not a byte more than the budget, however many offsets lead to it.
  return !walk.utf8 || (!walk.isOverspent && isUtf8(walk, start, textEnd));
}

export function isGoodStringVector(walk: QuickWalk, place: number): boolean {
  const { data } = walk;
  const pos = vectorAt(walk, place, 4, 3);
  if (pos < 0) return false;
  const last = pos + 4 + 4 * data.getInt32(pos, true);
  for (let element = pos + 4; element < last; element += 4) if (!isGoodString(walk, element)) return false;
  return true;
}

export function isGoodTableVector(walk: QuickWalk, object: number, place: number, depth: number): boolean {
  const { data } = walk;
  const pos = vectorAt(walk, place, 4, 3);
  if (pos < 0) return false;
  const count = data.getInt32(pos, true);
  return count === 0 || walk.putOff(object, pos + 4, pos + 4 + 4 * count, depth + 1);
}

/** Whether the offset at `place` leads to a good vector of scalars or structs; `word` says of which size. */
export function isGoodFlatVector(walk: QuickWalk, word: number, place: number): boolean {
  return vectorAt(walk, place, word & Q.STRIDE_MASK, word >>> Q.ELEMENT_ALIGN_SHIFT) >= 0;
}

/** Where the vector is that the offset at `place` leads to; -1 when it isn't good. Charges it. */
export function vectorAt(walk: QuickWalk, place: number, stride: number, alignMask: number): number {
  const { data, end } = walk;
  const uoffset = data.getInt32(place, true);
  const pos = place + uoffset;
  if (uoffset <= 0 || (pos & 3) !== 0) return -1;
  const count = data.getInt32(pos, true);
  const byteLength = 4 + count * stride;
  if (count < 0 || pos + byteLength > end) return -1;
  if (count > 0 && ((pos + 4) & alignMask) !== 0) return -1;
  walk.charge(1, byteLength);
  return pos;
}

function isUtf8(walk: QuickWalk, start: number, end: number): boolean {
  const { data } = walk;
  const last = end - 4;
  let pos = start;
  if (last >= start) {
    // Four ASCII bytes at a time, the last four perhaps twice: most strings are done then.
    while (pos < last && (data.getInt32(pos, true) & 0x80808080) === 0) pos += 4;
    if (pos >= last && (data.getInt32(last, true) & 0x80808080) === 0) return true;
  }
  return findInvalidUtf8(walk.view.bytes, pos, end) < 0;
}
