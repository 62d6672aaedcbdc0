import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { firstElement, followField, vectorLength } from "./follow.js";
import { plainScalars, sizedArray } from "./plain-scalars.js";
import { plainString } from "./plain-string.js";
import { plainStructs } from "./plain-struct.js";
import { plainMember, plainTable } from "./plain-table.js";
import type { PlainWalk } from "./plain-walk.js";

/** The vector whose offset is at `place`, as an array; numbers as the rules want them. */
export function plainVector(walk: PlainWalk, field: number, place: number): unknown {
  const { program, source } = walk;
  const pos = followField(source, field, place);
  const length = vectorLength(source, field, pos);
  const start = firstElement(program, field, pos);
  walk.charge(0, pos);
  const child = program.fields[field + P.FIELD_CHILD]!;
  switch (program.fields[field + P.FIELD_KIND]) {
    case Kind.StringVector:
      return strings(walk, start, length);
    case Kind.TableVector:
      return tables(walk, child, start, length);
    case Kind.StructVector:
      return plainStructs(walk, child, start, program.fields[field + P.FIELD_STRIDE]!, length);
    default:
      return plainScalars(walk, field, start, length);
  }
}

/** A vector of unions and its vector of types; null stands for an element whose type is NONE or not in the schema. */
export function plainUnionVector(walk: PlainWalk, field: number, place: number, typesPlace: number): unknown[] {
  const { program, source, trail, level } = walk;
  const { data } = source;
  const values = followField(source, field, place);
  const length = vectorLength(source, field, values);
  const types = followField(source, field - P.FIELD_WORDS, typesPlace);
  if (vectorLength(source, field - P.FIELD_WORDS, types) < length) {
    throw new FlatbufferError("union-lengths-differ", `a vector of unions has ${length} values and fewer types`, {
      offset: types,
    });
  }
  walk.charge(8 * length, values);
  const union = program.fields[field + P.FIELD_CHILD]!;
  const made = sizedArray<unknown>(length);
  for (let index = 0; index < length; index++) {
    const tag = data.getUint8(types + 4 + index);
    const member = P.unionMember(program, union, tag);
    trail.indexes[level] = index;
    trail.tags[level] = tag;
    const at = values + 4 + 4 * index;
    made[index] = member < 0 ? null : plainMember(walk, member, at + data.getUint32(at, true));
  }
  return made;
}

function strings(walk: PlainWalk, start: number, length: number): string[] {
  const { data } = walk.source;
  const { trail, level } = walk;
  walk.take(8 * length, start);
  const made = sizedArray<string>(length);
  for (let index = 0; index < length; index++) {
    const place = start + 4 * index;
    trail.indexes[level] = index;
    made[index] = plainString(walk, place + data.getUint32(place, true));
  }
  return made;
}

function tables(walk: PlainWalk, object: number, start: number, length: number): unknown[] {
  const { data } = walk.source;
  const { trail, level } = walk;
  walk.take(8 * length, start);
  const made = sizedArray<unknown>(length);
  for (let index = 0; index < length; index++) {
    const place = start + 4 * index;
    trail.indexes[level] = index;
    made[index] = plainTable(walk, object, place + data.getUint32(place, true));
  }
  return made;
}
