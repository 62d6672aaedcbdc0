import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { checkFlexbufferField, checkNested } from "./check-embedded.js";
import { checkString } from "./check-string.js";
import { checkUnion, checkUnionVector } from "./check-union.js";
import { chargeKnown, checkStringVector, checkTableVector, checkVector } from "./check-vector.js";
import { followField } from "./follow.js";
import { tableType } from "./memo.js";
import { fieldName, ownerName } from "./report.js";
import type { Walk } from "./walk.js";

/** Checks the table of `object` at `pos` and all that it leads to. */
export function checkTable(walk: Walk, object: number, pos: number): void {
  if (chargeKnown(walk, pos, tableType(object))) return;
  const { visitsLeft, bytesLeft, deepest, depth } = walk;
  walk.deepest = depth;
  checkTableOnce(walk, object, pos);
  const height = walk.deepest - depth;
  walk.deepest = Math.max(deepest, walk.deepest);
  walk.memo.add(pos, tableType(object), height, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

function checkTableOnce(walk: Walk, object: number, pos: number): void {
  const { data, base, end } = walk;
  if (pos + 4 > end) {
    walk.fail("uoffset-out-of-range", pos, `a table at ${pos} starts beyond the end, ${end}`);
    return;
  }
  if (((pos - base) & 3) !== 0) {
    walk.fail("table-misaligned", pos, `a table starts at ${pos - base}, which is no multiple of 4`);
    return;
  }
  walk.enter(pos);
  walk.tables++;
  checkFields(walk, object, pos, pos - data.getInt32(pos, true));
  walk.depth--;
}

function checkFields(walk: Walk, object: number, pos: number, vtable: number): void {
  const vtableSize = checkVtable(walk, pos, vtable);
  if (vtableSize < 0) return;
  const { data, strict, program } = walk;
  const tableSize = strict ? data.getUint16(vtable + 2, true) : walk.end - pos;
  walk.charge(vtableSize + (strict ? tableSize : 4), pos);
  const { fields } = program;
  const known = program.objectFieldCount[object]!;
  const stored = Math.max(0, (vtableSize - 4) / 2);
  const count = Math.min(known, stored);
  const place = pos - walk.base;
  const lowest = strict ? 4 : 0;
  const last = vtable + 4 + 2 * count;
  let field = program.objectFields[object]!;
  for (let slot = vtable + 4; slot < last; slot += 2, field += P.FIELD_WORDS) {
    const entry = data.getUint16(slot, true);
    const kind = fields[field + P.FIELD_KIND]!;
    const isUnion = kind === Kind.Union || kind === Kind.UnionVector;
    if (entry === 0 && !isUnion) continue;
    if (!strict && (fields[field + P.FIELD_FLAGS]! & P.FLAG_DEPRECATED) !== 0) continue;
    if (entry !== 0) {
      const isAligned = ((place + entry) & (fields[field + P.FIELD_ALIGN]! - 1)) === 0;
      if (entry < lowest || entry + fields[field + P.FIELD_SIZE]! > tableSize || !isAligned) {
        failPlace(walk, field, pos, entry, tableSize);
        continue;
      }
      if (kind <= Kind.LAST_SCALAR || kind === Kind.Struct) continue;
    }
    checkField(walk, field, kind, pos, entry, isUnion ? data.getUint16(slot - 2, true) : 0);
  }
  // A writer trims a vtable behind the last field present, which may be a union's type.
  if (count < known && count > 0) checkTrimmedUnion(walk, field, pos, last - 2);
  if (strict) checkUnknownPlaces(walk, vtable, known, stored, tableSize);
  checkRequired(walk, object, pos, vtable, vtableSize);
}

/** Checks that the vtable can be read; gives its size, or -1 after an issue. */
function checkVtable(walk: Walk, pos: number, vtable: number): number {
  const { data, base, end, strict } = walk;
  if (vtable < base || vtable + 2 > end) {
    walk.fail(
      "soffset-out-of-range",
      pos,
      `the vtable of the table at ${pos} would be at ${vtable}, outside the buffer`,
    );
    return -1;
  }
  if (((vtable - base) & 1) !== 0) {
    walk.fail("vtable-misaligned", pos, `a vtable starts at ${vtable - base}, which is odd`);
    return -1;
  }
  const size = data.getUint16(vtable, true);
  if ((size & 1) !== 0) {
    walk.fail("vtable-size-odd", vtable, `a vtable has the odd size ${size}`);
    return -1;
  }
  if (vtable + size > end) {
    walk.fail(
      "vtable-out-of-range",
      vtable,
      `a vtable of ${size} bytes at ${vtable} doesn't fit before the end, ${end}`,
    );
    return -1;
  }
  if (!strict) return size;
  if (size < 4) {
    walk.fail("vtable-too-short", vtable, `a vtable has ${size} bytes; the smallest has 4`);
    return -1;
  }
  const tableSize = data.getUint16(vtable + 2, true);
  if (tableSize < 4 || pos + tableSize > end) {
    walk.fail(
      "table-size-out-of-range",
      vtable + 2,
      `a table of ${tableSize} bytes at ${pos} doesn't fit in 4 to ${end - pos}`,
    );
    return -1;
  }
  return size;
}

/** Says what is wrong with a field's value that doesn't lie in its table as it must. */
function failPlace(walk: Walk, field: number, pos: number, entry: number, tableSize: number): void {
  const { fields } = walk.program;
  walk.at(field);
  const size = fields[field + P.FIELD_SIZE]!;
  if (walk.strict && entry < 4) {
    walk.fail("field-overlaps-soffset", pos, `a field at ${entry} of its table lies on the table's own offset`);
    return;
  }
  if (entry + size > tableSize) {
    walk.fail(
      "field-out-of-range",
      pos,
      `a field of ${size} bytes at ${entry} doesn't fit in its table of ${tableSize} bytes`,
    );
    return;
  }
  walk.fail(
    "field-misaligned",
    pos + entry,
    `a field lies at ${pos - walk.base + entry}, which is no multiple of ${fields[field + P.FIELD_ALIGN]!}`,
  );
}

/** Follows one field that leads elsewhere. `entry` 0 = absent (unions only); `typeEntry` is that of a union's type. */
function checkField(walk: Walk, field: number, kind: number, pos: number, entry: number, typeEntry: number): void {
  walk.at(field);
  if (kind === Kind.Union) {
    checkUnion(walk, field, pos, entry, typeEntry);
    return;
  }
  if (kind === Kind.UnionVector) {
    checkUnionVector(walk, field, pos, entry, typeEntry);
    return;
  }
  const target = followField(walk, field, pos + entry);
  if (target < 0) return;
  switch (kind) {
    case Kind.String:
      checkString(walk, target);
      return;
    case Kind.Table:
      checkTable(walk, walk.program.fields[field + P.FIELD_CHILD]!, target);
      return;
    case Kind.StringVector:
      checkStringVector(walk, field, target);
      return;
    case Kind.TableVector:
      checkTableVector(walk, field, target);
      return;
    case Kind.NestedFlatbuffer:
      checkNested(walk, field, target);
      return;
    case Kind.Flexbuffer:
      checkFlexbufferField(walk, field, target);
      return;
    default:
      checkVector(walk, field, target);
  }
}

function checkTrimmedUnion(walk: Walk, field: number, pos: number, typeSlot: number): void {
  const { fields } = walk.program;
  const kind = fields[field + P.FIELD_KIND]!;
  if (kind !== Kind.Union && kind !== Kind.UnionVector) return;
  if (!walk.strict && (fields[field + P.FIELD_FLAGS]! & P.FLAG_DEPRECATED) !== 0) return;
  checkField(walk, field, kind, pos, 0, walk.data.getUint16(typeSlot, true));
}

/** Fields that a newer schema knows must at least start inside the table. */
function checkUnknownPlaces(walk: Walk, vtable: number, known: number, stored: number, tableSize: number): void {
  for (let id = known; id < stored; id++) {
    const slot = vtable + 4 + 2 * id;
    const entry = walk.data.getUint16(slot, true);
    if (entry === 0 || (entry >= 4 && entry < tableSize)) continue;
    walk.trail.fields[walk.depth] = -1;
    walk.fail(
      "field-out-of-range",
      slot,
      `field ${id}, unknown to the schema, lies at ${entry} of a table of ${tableSize} bytes`,
    );
  }
}

function checkRequired(walk: Walk, object: number, pos: number, vtable: number, vtableSize: number): void {
  const { program } = walk;
  const required = program.objectRequired[object]!;
  for (let index = 0; index < required.length; index++) {
    const field = required[index]!;
    const slot = program.fields[field + P.FIELD_SLOT]!;
    if (slot < vtableSize && walk.data.getUint16(vtable + slot, true) !== 0) continue;
    if (!walk.strict && (program.fields[field + P.FIELD_FLAGS]! & P.FLAG_DEPRECATED) !== 0) continue;
    walk.at(field);
    const name = `${ownerName(program, field)}.${fieldName(program, field)}`;
    walk.fail("missing-required", pos, `the required field ${name} is missing from the table at ${pos}`);
  }
}
