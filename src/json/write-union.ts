import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { follow, followTo } from "./follow.js";
import { planOfStruct, planOfTable } from "./plan.js";
import { grow } from "./sink.js";
import { writeFields } from "./write-fields.js";
import { writeString } from "./write-string.js";
import { writeClose, writeEmpty, writeSeparator, writeWord } from "./write-text.js";
import { lengthOf } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/**
 * The value of a union whose offset is at `place` and its type at `tagPlace` (-1 = absent). Gives -1 without a type that
 * the schema knows: then nobody can tell what the value is.
 */
export function writeUnion(
  writer: JsonWriter,
  pos: number,
  union: number,
  tagPlace: number,
  place: number,
  width: number,
): number {
  const tag = tagPlace < 0 ? 0 : writer.data.getUint8(tagPlace);
  const member = P.unionMember(writer.program, union, tag);
  if (member < 0) return -1;
  const { tags } = writer.trail;
  tags[writer.level] = tag;
  pos = writeMember(writer, pos, member, place, width);
  tags[writer.level] = 0;
  return pos;
}

/** The same for a vector of unions and its vector of types. Single values without a known type become null. */
export function writeUnionVector(
  writer: JsonWriter,
  pos: number,
  field: number,
  tagsPlace: number,
  place: number,
  width: number,
): number {
  if (tagsPlace < 0) return -1;
  const { data, program, trail } = writer;
  const union = program.fields[field + P.FIELD_CHILD]!;
  const tags = follow(writer, tagsPlace);
  const tagCount = lengthOf(writer, field - P.FIELD_WORDS, tags);
  const values = follow(writer, place);
  const length = lengthOf(writer, field, values);
  if (length === 0) return writeEmpty(writer, pos, width, 0x5b, 0x5d);
  const start = pos;
  for (let index = 0; index < length; index++) {
    if (pos > writer.end) grow(writer, pos, 0);
    const tag = index < tagCount ? data.getUint8(tags + 4 + index) : 0;
    trail.indexes[writer.level] = index;
    trail.tags[writer.level] = tag;
    pos = writeSeparator(writer.out, pos, writer.separator, width);
    const member = P.unionMember(program, union, tag);
    if (member < 0) pos = writeWord(writer.out, pos, "null");
    else pos = writeMember(writer, pos, member, values + 4 + 4 * index, width + writer.step);
  }
  trail.indexes[writer.level] = -1;
  trail.tags[writer.level] = 0;
  writer.out.setUint8(start, 0x5b); // over the first comma
  return writeClose(writer, pos, width, 0x5d);
}

function writeMember(writer: JsonWriter, pos: number, member: number, place: number, width: number): number {
  const { program } = writer;
  const kind = program.memberKind[member]!;
  if (kind === Kind.String) return writeString(writer, pos, follow(writer, place));
  const object = program.memberObject[member]!;
  if (kind === Kind.Struct) {
    // A struct may be smaller than any other target, and the last thing in the buffer.
    const struct = followTo(writer, place, program.objectSize[object]!);
    return writeFields(writer, pos, planOfStruct(writer, object), struct, width);
  }
  const table = follow(writer, place);
  return writeFields(writer, pos, planOfTable(writer, object, table), table, width);
}
