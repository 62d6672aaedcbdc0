import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { PlainObject } from "./plain-lanes.js";
import { enumName, namedEnum, plainScalar } from "./plain-scalar.js";
import { plainScalars, sizedArray } from "./plain-scalars.js";
import { type StructShape, structShape } from "./plain-shapes.js";
import type { PlainWalk } from "./plain-walk.js";
import { COLUMN_LENGTH, readColumn } from "./scalar-column.js";

/** Fewer structs than this are made one by one: a column's own cost pays from here (bench, `--only objects --input monsters`). */
const FEW = 4;

/** The struct of `object` at `pos` as an object. */
export function plainStruct(walk: PlainWalk, object: number, pos: number): PlainObject {
  const { program } = walk;
  const { clone, template, keys } = structShape(walk.shapes, object, program.schema);
  walk.take(16 + 8 * keys.length, pos);
  walk.enterStruct(pos);
  const made = clone(template);
  const first = program.objectFields[object]!;
  for (let id = 0; id < keys.length; id++) {
    const field = first + id * P.FIELD_WORDS;
    made[keys[id]!] = memberValue(walk, field, pos + program.fields[field + P.FIELD_SLOT]!);
  }
  walk.leaveStruct();
  return made;
}

/** The `count` structs of `object` that lie `stride` bytes apart from `pos` on. */
export function plainStructs(
  walk: PlainWalk,
  object: number,
  pos: number,
  stride: number,
  count: number,
): PlainObject[] {
  const made = sizedArray<PlainObject>(count);
  if (count < FEW) {
    for (let index = 0; index < count; index++) made[index] = plainStruct(walk, object, pos + index * stride);
    return made;
  }
  const shape = structShape(walk.shapes, object, walk.program.schema);
  if (count <= COLUMN_LENGTH) return column(walk, shape, object, pos, stride, count);
  for (let done = 0; done < count; done += COLUMN_LENGTH) {
    const some = Math.min(COLUMN_LENGTH, count - done);
    const part = column(walk, shape, object, pos + done * stride, stride, some);
    for (let index = 0; index < some; index++) made[done + index] = part[index]!;
  }
  return made;
}

function memberValue(walk: PlainWalk, field: number, place: number): unknown {
  const { fields } = walk.program;
  const kind = fields[field + P.FIELD_KIND]!;
  if (kind <= Kind.LAST_SCALAR) return plainScalar(walk, kind, field, place);
  if (kind === Kind.Struct) return plainStruct(walk, fields[field + P.FIELD_CHILD]!, place);
  return fixedArray(walk, field, place);
}

function fixedArray(walk: PlainWalk, field: number, place: number): unknown {
  const { fields } = walk.program;
  const length = fields[field + P.FIELD_LENGTH]!;
  const stride = fields[field + P.FIELD_STRIDE]!;
  walk.view.need(place, length * stride);
  if (fields[field + P.FIELD_KIND] === Kind.ScalarArray) return plainScalars(walk, field, place, length);
  return plainStructs(walk, fields[field + P.FIELD_CHILD]!, place, stride, length);
}

/**
 * At most COLUMN_LENGTH structs, made a column at a time: one field of all of them is read and stored before the next,
 * by code that the engine compiled for that field alone (see plain-lanes.ts). Columns are short so that the objects
 * are still young when their fields are stored: an old object that gets a new number costs the collector a note.
 */
function column(
  walk: PlainWalk,
  shape: StructShape,
  object: number,
  pos: number,
  stride: number,
  count: number,
): PlainObject[] {
  const { program } = walk;
  const { clone, template, keys, stores } = shape;
  walk.take(count * (16 + 8 * keys.length), pos);
  walk.enterStruct(pos);
  const made = new Array<PlainObject>(count);
  for (let index = 0; index < count; index++) made[index] = clone(template);
  const first = program.objectFields[object]!;
  for (let id = 0; id < keys.length; id++) {
    const field = first + id * P.FIELD_WORDS;
    const values = fieldColumn(walk, field, pos + program.fields[field + P.FIELD_SLOT]!, stride, count);
    stores[id]!(made, count, keys[id]!, values);
  }
  walk.leaveStruct();
  return made;
}

/** One field of all structs; overwritten by the next call when it is of scalars. */
function fieldColumn(walk: PlainWalk, field: number, pos: number, stride: number, count: number): ArrayLike<unknown> {
  const { program, shapes } = walk;
  const kind = program.fields[field + P.FIELD_KIND]!;
  const child = program.fields[field + P.FIELD_CHILD]!;
  if (kind <= Kind.LAST_SCALAR) return scalarColumn(walk, field, kind, pos, stride, count);
  if (kind === Kind.Struct) return column(walk, structShape(shapes, child, program.schema), child, pos, stride, count);
  const arrays = new Array<unknown>(count);
  for (let index = 0; index < count; index++) arrays[index] = fixedArray(walk, field, pos + index * stride);
  return arrays;
}

function scalarColumn(
  walk: PlainWalk,
  field: number,
  kind: number,
  pos: number,
  stride: number,
  count: number,
): ArrayLike<unknown> {
  const values = readColumn(walk.source.data, kind, pos, stride, count);
  const enumIndex = kind > Kind.ULong ? -1 : namedEnum(walk, field);
  if (enumIndex < 0) return values;
  const names = new Array<unknown>(count);
  for (let index = 0; index < count; index++)
    names[index] = enumName(walk, enumIndex, values[index] as number | bigint);
  return names;
}
