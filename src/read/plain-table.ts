import { flexToValue } from "../flexbuffers/value.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { firstElement, followField, vectorLength } from "./follow.js";
import type { PlainObject } from "./plain-lanes.js";
import { plainScalar } from "./plain-scalar.js";
import { ALWAYS, IF_KNOWN, shapeOf, type TableShape, withField } from "./plain-shapes.js";
import { plainString } from "./plain-string.js";
import { plainStruct } from "./plain-struct.js";
import { plainUnionVector, plainVector } from "./plain-vector.js";
import type { PlainWalk } from "./plain-walk.js";
import { sourceOf } from "./source.js";

/** The table of `object` at `pos` as an object. */
export function plainTable(walk: PlainWalk, object: number, pos: number): PlainObject {
  const { program, shapes, source } = walk;
  const { data } = source;
  const vtablePos = pos - data.getInt32(pos, true);
  // Halved by a shift, which the engine knows to be a whole number; a division would make doubles of all that follows.
  const stored = (data.getUint16(vtablePos, true) >>> 1) - 2;
  const known = program.objectFieldCount[object]!;
  const count = stored < known ? stored : known;
  const shape = shapeOf(shapes, storedShape(walk, object, pos, vtablePos, count), program.schema);
  walk.charge(16 + 8 * shape.keys.length, pos);
  walk.enter(pos);
  const made = shape.clone(shape.template);
  const keys = shapes.keys[object]!;
  let field = program.objectFields[object]!;
  for (let id = 0; id < count; id++, field += P.FIELD_WORDS) {
    const voffset = data.getUint16(vtablePos + 4 + 2 * id, true);
    if (voffset === 0) continue;
    const place = pos + voffset;
    const kind = program.fields[field + P.FIELD_KIND]!;
    if (kind <= Kind.LAST_SCALAR) {
      made[keys[id]!] = plainScalar(walk, kind, field, place);
      continue;
    }
    const value = storedValue(walk, kind, field, place, pos, vtablePos);
    if (value !== undefined) made[keys[id]!] = value;
  }
  walk.leave();
  return made;
}

/** The shape for the fields that come and go which this table stores. */
function storedShape(walk: PlainWalk, object: number, pos: number, vtablePos: number, count: number): TableShape {
  const { program, shapes, source } = walk;
  const { data } = source;
  const presence = shapes.presence[object]!;
  let shape = shapes.tables[object]!;
  for (let id = 0; id < count; id++) {
    const rule = presence[id]!;
    if (rule === ALWAYS || data.getUint16(vtablePos + 4 + 2 * id, true) === 0) continue;
    if (rule === IF_KNOWN && !isKnown(walk, program.objectFields[object]! + id * P.FIELD_WORDS, pos, vtablePos))
      continue;
    shape = shape.next[id] ?? withField(shapes, shape, id);
  }
  return shape;
}

/** False for a union of a type that the schema doesn't know, whose value nobody can tell. */
function isKnown(walk: PlainWalk, field: number, pos: number, vtablePos: number): boolean {
  const { program, source } = walk;
  if (program.fields[field + P.FIELD_KIND] === Kind.Union) return memberOf(walk, field, pos, vtablePos) >= 0;
  return typePlace(source.data, program, field, pos, vtablePos) !== 0;
}

/** Where the type (or types) of a union is stored, or 0: in the field before. */
function typePlace(data: DataView, program: P.Program, field: number, pos: number, vtablePos: number): number {
  const voffset = data.getUint16(vtablePos + program.fields[field - P.FIELD_WORDS + P.FIELD_SLOT]!, true);
  return voffset === 0 ? 0 : pos + voffset;
}

/** The member that the union holds, or -1. */
function memberOf(walk: PlainWalk, field: number, pos: number, vtablePos: number): number {
  const { program, source } = walk;
  const place = typePlace(source.data, program, field, pos, vtablePos);
  if (place === 0) return -1;
  return P.unionMember(program, program.fields[field + P.FIELD_CHILD]!, source.data.getUint8(place));
}

/** The value, no scalar, that the table at `pos` stores at `place` for a field; undefined when nobody can tell. */
function storedValue(
  walk: PlainWalk,
  kind: number,
  field: number,
  place: number,
  pos: number,
  vtablePos: number,
): unknown {
  const { program, source, rules } = walk;
  walk.trail.fields[walk.level] = field;
  const child = program.fields[field + P.FIELD_CHILD]!;
  switch (kind) {
    case Kind.String:
      return plainString(walk, followField(source, field, place));
    case Kind.Table:
      return plainTable(walk, child, followField(source, field, place));
    case Kind.Struct:
      return plainStruct(walk, child, place);
    case Kind.Union:
      return unionValue(walk, field, place, memberOf(walk, field, pos, vtablePos));
    case Kind.UnionVector: {
      const types = typePlace(source.data, program, field, pos, vtablePos);
      return types === 0 ? undefined : plainUnionVector(walk, field, place, types);
    }
    case Kind.NestedFlatbuffer:
      return rules.nested ? nestedTable(walk, field, place) : plainVector(walk, field, place);
    case Kind.Flexbuffer:
      return rules.flex ? flexValue(walk, field, place) : plainVector(walk, field, place);
    default:
      return plainVector(walk, field, place);
  }
}

function unionValue(walk: PlainWalk, field: number, place: number, member: number): unknown {
  if (member < 0) return undefined;
  walk.trail.tags[walk.level] = walk.program.memberValue[member]!;
  return plainMember(walk, member, followField(walk.source, field, place));
}

/** The member of a union, which is at `pos`. */
export function plainMember(walk: PlainWalk, member: number, pos: number): unknown {
  const { program } = walk;
  const object = program.memberObject[member]!;
  switch (program.memberKind[member]) {
    case Kind.String:
      return plainString(walk, pos);
    case Kind.Table:
      return plainTable(walk, object, pos);
    default:
      walk.charge(0, pos);
      return plainStruct(walk, object, pos);
  }
}

function nestedTable(walk: PlainWalk, field: number, place: number): PlainObject {
  const { program, source, limits } = walk;
  const pos = followField(source, field, place);
  walk.charge(0, pos);
  const view = source.view.window(firstElement(program, field, pos), vectorLength(source, field, pos));
  walk.source = sourceOf({ program, view, limits });
  const made = plainTable(walk, program.fields[field + P.FIELD_CHILD]!, view.data.getUint32(0, true));
  walk.source = source;
  return made;
}

function flexValue(walk: PlainWalk, field: number, place: number): unknown {
  const { program, source } = walk;
  const pos = followField(source, field, place);
  const length = vectorLength(source, field, pos);
  const start = firstElement(program, field, pos);
  const invalidUtf8 = walk.rules.invalidUtf8 === "error" ? "error" : "replace";
  return flexToValue(source.view, start, start + length, { budget: walk, invalidUtf8 });
}
