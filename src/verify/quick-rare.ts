import { checkFlexBuffer } from "../flexbuffers/check.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { areGoodTables } from "./quick-table.js";
import { isGoodStringAt, vectorAt } from "./quick-values.js";
import type { QuickWalk } from "./quick-walk.js";
import { MIN_BUFFER_BYTES } from "./root.js";

/** Whether the offset at `place` leads to a good vector of bytes that holds a good buffer. */
export function isGoodEmbedded(walk: QuickWalk, field: number, place: number, depth: number): boolean {
  const pos = vectorAt(walk, place, 1, walk.program.fields[field + P.FIELD_ELEMENT_ALIGN]! - 1);
  return pos >= 0 && isGoodContent(walk, field, pos + 4, walk.data.getInt32(pos, true), depth);
}

/** What has an offset or a length of 64 bits: strings and vectors, among them those that hold buffers. */
export function isGoodWide(walk: QuickWalk, field: number, place: number, depth: number): boolean {
  const { data, end } = walk;
  const { fields } = walk.program;
  const flags = fields[field + P.FIELD_FLAGS]!;
  const uoffset = readWide(data, place, (flags & P.FLAG_OFFSET64) !== 0);
  const pos = place + uoffset;
  if (uoffset === 0) return false;
  const kind = fields[field + P.FIELD_KIND]!;
  if (kind === Kind.String) return isGoodStringAt(walk, pos);
  if (!isHeld(kind)) return false;
  const lengthSize = P.lengthSize(walk.program, field);
  if ((pos & (lengthSize - 1)) !== 0) return false;
  const count = readWide(data, pos, lengthSize === 8);
  const byteLength = lengthSize + count * fields[field + P.FIELD_STRIDE]!;
  const first = pos + lengthSize;
  if (pos + byteLength > end) return false;
  walk.charge(1, byteLength);
  if (count > 0 && (first & (fields[field + P.FIELD_ELEMENT_ALIGN]! - 1)) !== 0) return false;
  return isGoodContent(walk, field, first, count, depth);
}

/** Whether nothing in such a vector leads elsewhere. */
function isHeld(kind: number): boolean {
  return (
    kind === Kind.ScalarVector ||
    kind === Kind.StructVector ||
    kind === Kind.NestedFlatbuffer ||
    kind === Kind.Flexbuffer
  );
}

/** Whether the bytes of a vector are a good buffer, where its field says that they are one. */
function isGoodContent(walk: QuickWalk, field: number, start: number, length: number, depth: number): boolean {
  switch (walk.program.fields[field + P.FIELD_KIND]) {
    case Kind.NestedFlatbuffer:
      return isGoodNested(walk, walk.program.fields[field + P.FIELD_CHILD]!, start, length, depth);
    case Kind.Flexbuffer:
      return isGoodFlexbuffer(walk, start, start + length, depth);
    default:
      return true;
  }
}

function isGoodNested(walk: QuickWalk, object: number, start: number, length: number, depth: number): boolean {
  if (length < MIN_BUFFER_BYTES) return false;
  const { view: outer, places, top } = walk;
  walk.lookAt(outer.window(start, length), undefined);
  const isGood = walk.putOff(object, 0, 4, depth + 1) && areGoodTables(walk, top);
  walk.lookAt(outer, places);
  return isGood;
}

/** Throws where it isn't good. */
function isGoodFlexbuffer(walk: QuickWalk, start: number, end: number, depth: number): boolean {
  const { view, limits, strict, utf8, visitsLeft, bytesLeft } = walk;
  const budget = { limits, depthLeft: limits.maxDepth - depth, visitsLeft, bytesLeft };
  const height = checkFlexBuffer({ view, start, end }, budget, { profile: strict ? "strict" : "native", utf8 });
  walk.charge(visitsLeft - budget.visitsLeft, bytesLeft - budget.bytesLeft);
  return walk.enter(depth + height);
}

/** Exact up to 2^53; beyond, still larger than any buffer. */
function readWide(data: DataView, pos: number, isWide: boolean): number {
  return isWide ? Number(data.getBigUint64(pos, true)) : data.getUint32(pos, true);
}
