import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { areGoodTables } from "./quick-table.js";
import { isGoodStringAt, vectorAt } from "./quick-values.js";
import type { QuickWalk } from "./quick-walk.js";

/** The type of the union whose value has `slot` in the vtable; 0 when there is none. */
export function tagAt({ data }: QuickWalk, pos: number, slot: number): number {
  const typeEntry = data.getUint16(slot - 2, true);
  return typeEntry === 0 ? 0 : data.getUint8(pos + typeEntry);
}

/** Whether the offset at `place` leads to a good member of a union. */
export function isGoodMember(walk: QuickWalk, union: number, tag: number, place: number, depth: number): boolean {
  const { program, data, end } = walk;
  const member = tag === 0 ? -1 : P.unionMember(program, union, tag);
  const uoffset = data.getInt32(place, true);
  if (member < 0 || uoffset <= 0) return false;
  const pos = place + uoffset;
  const object = program.memberObject[member]!;
  switch (program.memberKind[member]) {
    case Kind.Table:
      return walk.putOff(object, place, place + 4, depth + 1);
    case Kind.String:
      return isGoodStringAt(walk, pos);
    default: {
      const size = program.objectSize[object]!;
      const isAligned = (pos & (program.objectAlign[object]! - 1)) === 0;
      walk.charge(1, size);
      return isAligned && pos + size <= end;
    }
  }
}

/** Whether the values at `place`, and their types in the field before, are good; those were checked as a vector. */
export function isGoodUnionVector(
  walk: QuickWalk,
  union: number,
  pos: number,
  slot: number,
  place: number,
  depth: number,
): boolean {
  const { data, top } = walk;
  const typeEntry = data.getUint16(slot - 2, true);
  if (typeEntry === 0) return false;
  const types = pos + typeEntry + data.getInt32(pos + typeEntry, true);
  const values = vectorAt(walk, place, 4, 3);
  if (values < 0) return false;
  const count = data.getInt32(values, true);
  if (count !== data.getInt32(types, true)) return false;
  for (let index = 0; index < count; index++) {
    const tag = data.getUint8(types + 4 + index);
    const element = values + 4 + 4 * index;
    const isGood = tag === 0 ? data.getInt32(element, true) === 0 : isGoodMember(walk, union, tag, element, depth);
    // Each at once: there may be more than can be put off.
    if (!isGood || !areGoodTables(walk, top)) return false;
  }
  return true;
}
