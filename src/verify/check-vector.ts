import * as P from "../program/program.js";
import { checkString } from "./check-string.js";
import { checkTable } from "./check-table.js";
import { followElement } from "./follow.js";
import { STRING_VECTOR_TYPE, tableVectorType } from "./memo.js";
import type { Walk } from "./walk.js";

/**
 * Checks a vector's length, range and alignment and charges it. Gives how many elements there are, or -1 when the
 * vector can't be read. Scalars and structs need no more than this.
 */
export function checkVector(walk: Walk, field: number, pos: number): number {
  const { fields } = walk.program;
  const lengthSize = P.lengthSize(walk.program, field);
  const { base, end } = walk;
  if (pos + lengthSize > end) {
    walk.fail("vector-out-of-range", pos, `the length of a vector at ${pos} lies beyond the end, ${end}`);
    return -1;
  }
  if (((pos - base) & (lengthSize - 1)) !== 0) {
    walk.fail("vector-misaligned", pos, `a vector starts at ${pos - base}, which is no multiple of ${lengthSize}`);
    return -1;
  }
  const stride = fields[field + P.FIELD_STRIDE]!;
  const count = lengthSize === 8 ? readU64(walk.data, pos) : walk.data.getUint32(pos, true);
  const first = pos + lengthSize;
  if (count * stride > end - first) {
    const most = Math.floor((end - first) / stride);
    walk.fail(
      "vector-out-of-range",
      pos,
      `a vector of ${count} elements of ${stride} bytes at ${pos}: at most ${most} fit`,
    );
    return -1;
  }
  walk.charge(lengthSize + count * stride, pos);
  const align = fields[field + P.FIELD_ELEMENT_ALIGN]!;
  if (walk.strict && count > 0 && ((first - base) & (align - 1)) !== 0) {
    walk.fail("element-misaligned", first, `elements start at ${first - base}, which is no multiple of ${align}`);
  }
  return count;
}

/** Checks a vector of strings and every string in it. */
export function checkStringVector(walk: Walk, field: number, pos: number): void {
  if (chargeKnown(walk, pos, STRING_VECTOR_TYPE)) return;
  const { visitsLeft, bytesLeft } = walk;
  const { trail, depth } = walk;
  trail.indexes[depth] = -1;
  const count = checkVector(walk, field, pos);
  for (let index = 0; index < count; index++) {
    trail.indexes[depth] = index;
    const target = followElement(walk, pos + 4 + 4 * index);
    if (target >= 0) checkString(walk, target);
  }
  trail.indexes[depth] = -1;
  walk.memo.add(pos, STRING_VECTOR_TYPE, 0, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

/** Checks a vector of tables and every table in it. */
export function checkTableVector(walk: Walk, field: number, pos: number): void {
  const object = walk.program.fields[field + P.FIELD_CHILD]!;
  if (chargeKnown(walk, pos, tableVectorType(object))) return;
  const { visitsLeft, bytesLeft, deepest, depth, trail } = walk;
  walk.deepest = depth;
  trail.indexes[depth] = -1;
  const count = checkVector(walk, field, pos);
  for (let index = 0; index < count; index++) {
    trail.indexes[depth] = index;
    const target = followElement(walk, pos + 4 + 4 * index);
    if (target >= 0) checkTable(walk, object, target);
  }
  trail.indexes[depth] = -1;
  const height = walk.deepest - depth;
  walk.deepest = Math.max(deepest, walk.deepest);
  walk.memo.add(pos, tableVectorType(object), height, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

/** Whether the memo knows this subtree; then it is charged again. */
export function chargeKnown(walk: Walk, pos: number, type: number): boolean {
  const { memo } = walk;
  if (!memo.find(pos, type)) return false;
  chargeFound(walk, pos, memo.visits);
  return true;
}

/** Charges what the memo has just found, and checks its height against the depth here. */
export function chargeFound(walk: Walk, pos: number, visits: number): void {
  const { memo } = walk;
  const deepest = walk.depth + memo.height;
  if (deepest > walk.limits.maxDepth) walk.failLimit("maxDepth", pos);
  walk.reach(deepest);
  walk.chargeMany(visits, memo.bytes, pos);
}

/** Exact up to 2^53; beyond, still larger than any buffer. */
function readU64(data: DataView, pos: number): number {
  return data.getUint32(pos + 4, true) * 4294967296 + data.getUint32(pos, true);
}
