import { type KnownVtable, OP_SHIFT, PLACE_MASK, STEP_WORDS } from "./known-vtable.js";
import * as Op from "./quick-op.js";
import { isGoodEmbedded, isGoodWide } from "./quick-rare.js";
import { isGoodMember, isGoodUnionVector, tagAt } from "./quick-union.js";
import { isGoodFlatVector, isGoodString, isGoodStringVector, isGoodTableVector } from "./quick-values.js";
import { type QuickWalk, RUN_WORDS } from "./quick-walk.js";
import * as Q from "./quick-words.js";

/**
 * Whether the tables that were put off above `top` are good with all that they lead to. Tables in them are put off in
 * turn: a loop is a twentieth faster than recursion, and the engine's stack bears any depth.
 */
export function areGoodTables(walk: QuickWalk, top: number): boolean {
  const { data, words, places, runs } = walk;
  const { vtables } = words;
  while (walk.top > top) {
    const run = walk.top - RUN_WORDS;
    const object = runs[run]!;
    const place = runs[run + 1]!;
    const depth = runs[run + 3]!;
    if (place + 4 < runs[run + 2]!) runs[run + 1] = place + 4;
    else walk.top = run;
    const uoffset = data.getInt32(place, true);
    if (uoffset <= 0) return false;
    const pos = place + uoffset;
    const vtable = pos - data.getInt32(pos, true);
    const known =
      places === undefined ? vtables.find(data, object, vtable) : places.find(data, vtables, object, vtable);
    if (known === undefined) {
      if (!isGoodNewTable(walk, object, vtable, pos, depth)) return false;
      vtables.add(data, object, vtable, pos);
    } else if (!isGoodKnownTable(walk, known, vtable, pos, depth)) return false;
  }
  return true;
}

/** The same for a table whose vtable other good tables use. */
function isGoodKnownTable(walk: QuickWalk, known: KnownVtable, vtable: number, pos: number, depth: number): boolean {
  const { sizes, steps } = known;
  const tableSize = sizes >>> 16;
  if ((pos & known.alignMask) !== known.alignRest || pos + tableSize > walk.end) return false;
  walk.charge(1, walk.strict ? tableSize : 4);
  walk.knownBytes += sizes & 0xffff;
  if (!walk.enter(depth)) return false;
  walk.tables++;
  for (let at = 0; at < steps.length; at += STEP_WORDS) {
    const word = steps[at]!;
    const op = word >>> OP_SHIFT;
    const place = pos + (word & PLACE_MASK);
    // Most are these; a function less between them and their check is worth some percent.
    if (op === Op.String) {
      if (!isGoodString(walk, place)) return false;
    } else if (op === Op.Flat) {
      if (!isGoodFlatVector(walk, steps[at + 1]!, place)) return false;
    } else if (!isGoodValue(walk, op, steps[at + 1]!, pos, place, vtable + steps[at + 2]!, depth)) return false;
  }
  return true;
}

function isGoodNewTable(walk: QuickWalk, object: number, vtable: number, pos: number, depth: number): boolean {
  const { data, end, words } = walk;
  const sizes = data.getUint32(vtable, true);
  const vtableSize = sizes & 0xffff;
  const tableSize = sizes >>> 16;
  if (((pos & 3) | ((vtable | vtableSize) & 1)) !== 0 || vtableSize < 4 || tableSize < 4) return false;
  if (vtable + vtableSize > end || pos + tableSize > end) return false;
  walk.charge(1, vtableSize + (walk.strict ? tableSize : 4));
  if (!walk.enter(depth)) return false;
  walk.tables++;

  const { fields } = words;
  const lastSlot = vtable + vtableSize;
  let address = words.first[object]!;
  const lastAddress = words.first[object + 1]!;
  let slot = vtable + 4;
  for (; slot < lastSlot && address < lastAddress; slot += 2, address += Q.QUICK_WORDS) {
    const entry = data.getUint16(slot, true);
    const word = fields[address]!;
    if (entry === 0) {
      if ((word & (Q.IS_REQUIRED | Q.IS_UNION)) !== 0 && !mayBeAbsent(walk, word, pos, slot)) return false;
      continue;
    }
    const place = pos + entry;
    if (entry < 4 || entry + (word >>> Q.SIZE_SHIFT) > tableSize) return false;
    if ((place & (word >>> Q.ALIGN_SHIFT) & Q.ALIGN_MASK) !== 0) return false;
    const op = word & Q.OP_MASK;
    if (op !== Op.Inline && !isGoodValue(walk, op, fields[address + 1]!, pos, place, slot, depth)) return false;
  }
  if (address < lastAddress) return mayEndAt(walk, object, address, pos, slot);
  return areGoodUnknown(walk, slot, lastSlot, tableSize);
}

function isGoodValue(
  walk: QuickWalk,
  op: number,
  word: number,
  pos: number,
  place: number,
  slot: number,
  depth: number,
): boolean {
  switch (op) {
    case Op.String:
      return isGoodString(walk, place);
    case Op.Flat:
      return isGoodFlatVector(walk, word, place);
    case Op.Table:
      return walk.putOff(word, place, place + 4, depth + 1);
    case Op.Strings:
      return isGoodStringVector(walk, place);
    case Op.Tables:
      return isGoodTableVector(walk, word, place, depth);
    case Op.Union:
      return isGoodMember(walk, word, tagAt(walk, pos, slot), place, depth);
    case Op.Unions:
      return isGoodUnionVector(walk, word, pos, slot, place, depth);
    case Op.NoUnion:
      return walk.data.getUint8(place) === 0;
    case Op.Embedded:
      return isGoodEmbedded(walk, word, place, depth);
    default:
      return isGoodWide(walk, word, place, depth);
  }
}

/** Whether a field that isn't stored may be absent; unions have their type in the slot before. */
function mayBeAbsent(walk: QuickWalk, word: number, pos: number, slot: number): boolean {
  if ((word & Q.IS_REQUIRED) !== 0) return false;
  if ((word & Q.OP_MASK) === Op.Union) return tagAt(walk, pos, slot) === 0;
  return walk.data.getUint16(slot - 2, true) === 0;
}

/** Whether a vtable may end before the field at `address`: nothing required follows, and no union has only a type. */
function mayEndAt(walk: QuickWalk, object: number, address: number, pos: number, slot: number): boolean {
  const { words } = walk;
  if (address < words.afterRequired[object]!) return false;
  const word = words.fields[address]!;
  return (word & Q.IS_UNION) === 0 || mayBeAbsent(walk, word, pos, slot);
}

/** Whether the fields that a newer schema knows start inside the table. */
function areGoodUnknown(walk: QuickWalk, firstSlot: number, lastSlot: number, tableSize: number): boolean {
  for (let slot = firstSlot; slot < lastSlot; slot += 2) {
    const entry = walk.data.getUint16(slot, true);
    if (entry !== 0 && (entry < 4 || entry >= tableSize)) return false;
  }
  return true;
}
