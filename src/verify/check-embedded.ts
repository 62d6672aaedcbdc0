import { checkFlexBuffer } from "../flexbuffers/check.js";
import * as P from "../program/program.js";
import { isFlatbufferError } from "../wire/error.js";
import { checkTable } from "./check-table.js";
import { chargeKnown, checkVector } from "./check-vector.js";
import { follow } from "./follow.js";
import { FLEXBUFFER_TYPE, Memo, nestedType } from "./memo.js";
import { MIN_BUFFER_BYTES } from "./root.js";
import type { Walk } from "./walk.js";

/** Checks a [ubyte] that holds a FlatBuffer: a window of its own, where alignment starts anew; the budget is shared. */
export function checkNested(walk: Walk, field: number, pos: number): void {
  const { program, memo } = walk;
  const object = program.fields[field + P.FIELD_CHILD]!;
  if (chargeKnown(walk, pos, nestedType(object))) return;
  const { visitsLeft, bytesLeft, deepest, depth } = walk;
  const window = embeddedWindow(walk, field, pos);
  if (window === undefined) return;
  if (window.end - window.start < MIN_BUFFER_BYTES) {
    const length = window.end - window.start;
    walk.fail("nested-too-short", pos, `a nested buffer has ${length} bytes; the smallest has ${MIN_BUFFER_BYTES}`);
    return;
  }
  const { base, end } = walk;
  walk.deepest = depth;
  walk.base = window.start;
  walk.end = window.end;
  // What was checked out there says nothing of a window with another base and end.
  walk.memo = innerMemo(walk, memo, window.end - window.start);
  const root = follow(walk, window.start);
  if (root >= 0) checkTable(walk, object, root);
  walk.base = base;
  walk.end = end;
  walk.memo = memo;
  const height = walk.deepest - depth;
  walk.deepest = Math.max(deepest, walk.deepest);
  memo.add(pos, nestedType(object), height, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

/** Checks a [ubyte] that holds FlexBuffers data, on the same budget. */
export function checkFlexbufferField(walk: Walk, field: number, pos: number): void {
  const { memo, depth } = walk;
  if (chargeKnown(walk, pos, FLEXBUFFER_TYPE)) return;
  const { visitsLeft, bytesLeft } = walk;
  const window = embeddedWindow(walk, field, pos);
  if (window === undefined) return;
  const { limits } = walk;
  const depthLeft = limits.maxDepth - depth;
  const budget = { limits, depthLeft, visitsLeft: walk.visitsLeft, bytesLeft: walk.bytesLeft };
  let height = 0;
  try {
    height = checkFlexBuffer({ view: walk.view, ...window, path: walk.path() }, budget, {
      profile: walk.strict ? "strict" : "native",
      utf8: walk.utf8,
    });
  } catch (error) {
    report(walk, error, budget, pos);
  }
  walk.visitsLeft = budget.visitsLeft;
  walk.bytesLeft = budget.bytesLeft;
  walk.reach(depth + height);
  memo.add(pos, FLEXBUFFER_TYPE, height, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

function report(walk: Walk, error: unknown, budget: { visitsLeft: number; bytesLeft: number }, pos: number): void {
  if (!isFlatbufferError(error)) throw error;
  if (error.code === "visit-limit" || error.code === "apparent-size-limit") {
    walk.visitsLeft = budget.visitsLeft;
    walk.bytesLeft = budget.bytesLeft;
    walk.overspent(error.offset ?? pos);
  } else if (error.code === "depth-limit") walk.failLimit("maxDepth", error.offset ?? pos);
  else walk.failAt(error.code, error.path ?? walk.path(), error.offset ?? pos, error.message);
}

function embeddedWindow(walk: Walk, field: number, pos: number): { start: number; end: number } | undefined {
  const count = checkVector(walk, field, pos);
  if (count < 0) return undefined;
  const start = pos + P.lengthSize(walk.program, field);
  return { start, end: start + count };
}

/** A memo for an inner window, as long as all memos together stay within the buffer's own size. */
function innerMemo(walk: Walk, outer: Memo, byteLength: number): Memo {
  const inner = new Memo(byteLength, outer.total);
  return inner.total <= walk.view.byteLength + 65_536 ? inner : new Memo(0, outer.total);
}
