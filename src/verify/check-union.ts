import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { checkString } from "./check-string.js";
import { checkTable } from "./check-table.js";
import { chargeFound, checkVector } from "./check-vector.js";
import { follow, followElement } from "./follow.js";
import type { Walk } from "./walk.js";

/** Checks a union: its type and value agree, and the value is what the type says. Entries of 0 mean absent. */
export function checkUnion(walk: Walk, field: number, pos: number, entry: number, typeEntry: number): void {
  const typePlace = pos + typeEntry;
  if (typePlace >= walk.end) return; // the type field's own check has said so
  const tag = typeEntry === 0 ? 0 : walk.data.getUint8(typePlace);
  if (entry === 0) {
    if (tag !== 0) checkAbsentValue(walk, field, tag, typePlace);
    return;
  }
  walk.trail.tags[walk.depth] = 0;
  const target = follow(walk, pos + entry);
  if (target < 0) return;
  if (tag === 0) {
    if (!walk.strict) return;
    const found = typeEntry === 0 ? "no type" : "the type NONE";
    walk.fail("union-value-without-type", pos + entry, `a union has a value, but ${found}`);
    return;
  }
  checkMember(walk, field, tag, typePlace, target);
}

/** Checks a vector of unions: types and values, of equal length, pair by pair. */
export function checkUnionVector(walk: Walk, field: number, pos: number, entry: number, typeEntry: number): void {
  if (pos + typeEntry + 4 > walk.end) return; // the type field's own check has said so
  if (typeEntry === 0 && entry === 0) return;
  if (typeEntry === 0) {
    walk.fail("union-values-without-types", pos + entry, "a vector of unions has values, but no types");
    return;
  }
  if (entry === 0) {
    walk.fail("union-types-without-values", pos + typeEntry, "a vector of unions has types, but no values");
    return;
  }
  walk.trail.tags[walk.depth] = 0;
  walk.trail.indexes[walk.depth] = -1;
  const types = follow(walk, pos + typeEntry);
  const values = follow(walk, pos + entry);
  if (types < 0 || values < 0) return;
  const union = walk.program.fields[field + P.FIELD_CHILD]!;
  const knownVisits = walk.memo.findUnions(values, types, union);
  if (knownVisits >= 0) {
    chargeFound(walk, values, knownVisits);
    return;
  }
  const { visitsLeft, bytesLeft, deepest, depth, trail } = walk;
  // The types were checked and charged as the field of their own that they are.
  const typeCount = lengthAt(walk, types, 1);
  const count = checkVector(walk, field, values);
  if (typeCount < 0 || count < 0) return;
  if (typeCount !== count) {
    walk.fail("union-lengths-differ", values, `a vector of unions has ${typeCount} types, but ${count} values`);
    return;
  }
  walk.deepest = depth;
  for (let index = 0; index < count; index++) {
    trail.indexes[depth] = index;
    trail.tags[depth] = 0;
    checkElement(walk, field, types + 4 + index, values + 4 + 4 * index);
  }
  trail.indexes[depth] = -1;
  trail.tags[depth] = 0;
  const height = walk.deepest - depth;
  walk.deepest = Math.max(deepest, walk.deepest);
  walk.memo.addUnions(values, types, union, height, visitsLeft - walk.visitsLeft, bytesLeft - walk.bytesLeft);
}

function checkElement(walk: Walk, field: number, typePlace: number, place: number): void {
  const tag = walk.data.getUint8(typePlace);
  if (tag === 0) {
    // flatcc stores NONE as an offset of 0; any other offset would be a value without type.
    if (!walk.strict || walk.data.getUint32(place, true) === 0) return;
    walk.fail("union-value-without-type", place, "an element of a vector of unions has a value, but the type NONE");
    return;
  }
  const target = followElement(walk, place);
  if (target >= 0) checkMember(walk, field, tag, typePlace, target);
}

function checkMember(walk: Walk, field: number, tag: number, typePlace: number, target: number): void {
  const { program } = walk;
  const union = program.fields[field + P.FIELD_CHILD]!;
  const member = P.unionMember(program, union, tag);
  if (member < 0) {
    checkUnknownMember(walk, union, tag, typePlace);
    return;
  }
  walk.trail.tags[walk.depth] = tag;
  const kind = program.memberKind[member]!;
  if (kind === Kind.Table) checkTable(walk, program.memberObject[member]!, target);
  else if (kind === Kind.String) checkString(walk, target);
  else checkStruct(walk, program.memberObject[member]!, target);
}

function checkUnknownMember(walk: Walk, union: number, tag: number, typePlace: number): void {
  const name = walk.program.schema.enumList[union]!.name;
  const message = `the union ${name} has no member with the type ${tag}`;
  if (walk.rejectUnknownUnions) walk.fail("unknown-union-type", typePlace, message);
  else walk.note("unknown-union-type", typePlace, `${message}; its value was not read`);
}

/** A struct that stands on its own behind a union's offset. */
function checkStruct(walk: Walk, object: number, pos: number): void {
  const size = walk.program.objectSize[object]!;
  const align = walk.program.objectAlign[object]!;
  if (pos + size > walk.end) {
    walk.fail(
      "struct-out-of-range",
      pos,
      `a struct of ${size} bytes at ${pos} doesn't fit before the end, ${walk.end}`,
    );
    return;
  }
  walk.charge(size, pos);
  if (((pos - walk.base) & (align - 1)) !== 0) {
    walk.fail("struct-misaligned", pos, `a struct lies at ${pos - walk.base}, which is no multiple of ${align}`);
  }
}

/**
 * A type whose value is absent: an absent union to most readers, and in real files, so it passes with a note. The
 * native verifier looks at the struct that isn't there and refuses.
 */
function checkAbsentValue(walk: Walk, field: number, tag: number, typePlace: number): void {
  const { program } = walk;
  const union = program.fields[field + P.FIELD_CHILD]!;
  const member = P.unionMember(program, union, tag);
  const isStruct = member >= 0 && program.memberKind[member] === Kind.Struct;
  if (!walk.strict && isStruct) {
    walk.fail("struct-out-of-range", typePlace, `a union has the type ${tag}, a struct, but no value`);
    return;
  }
  walk.note("union-type-without-value", typePlace, `a union has the type ${tag}, but no value; it reads as absent`);
}

/** Length of a vector whose range its own field's check has made sure of, or -1 where that check failed. */
function lengthAt(walk: Walk, pos: number, stride: number): number {
  if (pos + 4 > walk.end) return -1;
  const count = walk.data.getUint32(pos, true);
  return count * stride <= walk.end - pos - 4 ? count : -1;
}
