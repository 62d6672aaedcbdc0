import * as P from "../program/program.js";
import type { Walk } from "./walk.js";

/** Largest uoffset: FlatBuffers treats the upper half as negative. */
const MAX_UOFFSET = 0x7fffffff;

/** Where the offset of a table's field leads, or -1 after an issue. `place` lies inside the table. */
export function followField(walk: Walk, field: number, place: number): number {
  if ((walk.program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0) return follow64(walk, place);
  return follow(walk, place);
}

/** Where the offset in an element of a vector leads. The native verifier leaves zero and huge ones to the target's check. */
export function followElement(walk: Walk, place: number): number {
  return walk.strict ? follow(walk, place) : place + walk.data.getUint32(place, true);
}

/** Where the uoffset at `place` leads, or -1 after an issue. */
export function follow(walk: Walk, place: number): number {
  const uoffset = walk.data.getUint32(place, true);
  const target = place + uoffset;
  if (uoffset !== 0 && uoffset <= MAX_UOFFSET && target < walk.end) return target;
  return refuse(walk, place, uoffset);
}

function follow64(walk: Walk, place: number): number {
  const high = walk.data.getUint32(place + 4, true);
  const uoffset = high * 4294967296 + walk.data.getUint32(place, true);
  const target = place + uoffset;
  if (uoffset !== 0 && high <= MAX_UOFFSET && target < walk.end) return target;
  return refuse(walk, place, uoffset);
}

function refuse(walk: Walk, place: number, uoffset: number): -1 {
  if (uoffset === 0) walk.fail("uoffset-zero", place, "an offset of 0 points to itself");
  else walk.fail("uoffset-out-of-range", place, `the offset ${uoffset} at ${place} leads beyond the end, ${walk.end}`);
  return -1;
}
