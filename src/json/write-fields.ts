import { Kind } from "../program/kind.js";
import { FIELD_KIND } from "../program/program.js";
import { limitError } from "../wire/limits.js";
import { followField } from "./follow.js";
import {
  FROM_DEFAULTS,
  OP_ENUM,
  OP_NULL,
  PLAN_CHILD,
  PLAN_END,
  PLAN_FIELD,
  PLAN_KEY,
  PLAN_KEY_BYTES,
  PLAN_OP,
  PLAN_PLACE,
  PLAN_TAG,
  PLAN_WORDS,
  planOfStruct,
  planOfTable,
} from "./plan.js";
import { grow } from "./sink.js";
import { writeWords } from "./text-table.js";
import { writeEnum } from "./write-enum.js";
import { writeFlexbuffer } from "./write-flexbuffer.js";
import { writeNested } from "./write-nested.js";
import { writeScalar } from "./write-scalar.js";
import { writeString } from "./write-string.js";
import { writeClose, writeEmpty, writeSeparator, writeWord } from "./write-text.js";
import { writeUnion, writeUnionVector } from "./write-union.js";
import { writeArray, writeVector } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/** The table at `table`, whose fields are parted by separators of `width` bytes. */
export function writeTable(writer: JsonWriter, pos: number, object: number, table: number, width: number): number {
  if (writer.level >= writer.maxDepth) throw limitError("maxDepth", writer.maxDepth, { offset: table });
  const plan = planOfTable(writer, object, table);
  return writeFields(writer, pos, writer.plans.words, plan, table, width);
}

/** The struct at `struct`, all of which must lie in the buffer. */
export function writeStruct(writer: JsonWriter, pos: number, object: number, struct: number, width: number): number {
  const plan = planOfStruct(writer, object);
  return writeFields(writer, pos, writer.plans.words, plan, struct, width);
}

/** The fields of a plan, of the table or struct at `base`, with their braces. */
export function writeFields(
  writer: JsonWriter,
  pos: number,
  plan: Int32Array,
  address: number,
  base: number,
  width: number,
): number {
  const { data, keys, trail } = writer;
  const level = ++writer.level;
  const start = pos;
  const end = plan[address + PLAN_END]!;
  for (let at = address; at < end; at += PLAN_WORDS) {
    if (pos > writer.end) grow(writer, pos, 0);
    const { out } = writer;
    const before = pos;
    trail.fields[level] = plan[at + PLAN_FIELD]!;
    trail.indexes[level] = -1;
    trail.tags[level] = 0;
    pos = writeSeparator(out, pos, writer.separator, width);
    pos = writeWords(out, pos, keys.words, plan[at + PLAN_KEY]!, plan[at + PLAN_KEY_BYTES]!);
    const op = plan[at + PLAN_OP]!;
    const place = base + plan[at + PLAN_PLACE]!;
    const child = plan[at + PLAN_CHILD]!;
    const field = plan[at + PLAN_FIELD]!;
    switch (op) {
      case Kind.String:
        pos = writeString(writer, pos, followField(writer, field, place));
        break;
      case Kind.Table:
        pos = writeTable(writer, pos, child, followField(writer, field, place), width + writer.step);
        break;
      case Kind.Struct:
        pos = writeStruct(writer, pos, child, place, width + writer.step);
        break;
      case Kind.Union:
        pos = writeUnion(writer, pos, child, tagPlace(plan, at, base), place, width + writer.step);
        if (pos < 0) pos = before; // a member that is not known: nothing can be printed
        break;
      case Kind.UnionVector:
        pos = writeUnionVector(writer, pos, field, tagPlace(plan, at, base), place, width + writer.step);
        if (pos < 0) pos = before;
        break;
      case Kind.ScalarVector:
      case Kind.StringVector:
      case Kind.TableVector:
      case Kind.StructVector:
        pos = writeVector(writer, pos, field, followField(writer, field, place), width + writer.step);
        break;
      case Kind.ScalarArray:
      case Kind.StructArray:
        pos = writeArray(writer, pos, field, place, width + writer.step);
        break;
      case Kind.NestedFlatbuffer:
        pos = writeNested(writer, pos, field, followField(writer, field, place), width + writer.step);
        break;
      case Kind.Flexbuffer:
        pos = writeFlexbuffer(writer, pos, field, followField(writer, field, place), width + writer.step);
        break;
      case OP_ENUM:
        pos = writeEnum(writer, pos, child, writer.program.fields[field + FIELD_KIND]!, data, place);
        break;
      case OP_NULL:
        pos = writeWord(out, pos, "null");
        break;
      default:
        if (op < FROM_DEFAULTS) pos = writeScalar(writer, pos, op, data, place);
        else pos = writeDefault(writer, pos, op - FROM_DEFAULTS, plan[at + PLAN_PLACE]!, field, child);
    }
  }
  writer.level = level - 1;
  if (pos === start) return writeEmpty(writer, pos, width, 0x7b, 0x7d);
  writer.out.setUint8(start, 0x7b); // over the first comma
  return writeClose(writer, pos, width, 0x7d);
}

/** An absent scalar, read from the table of defaults. */
function writeDefault(
  writer: JsonWriter,
  pos: number,
  op: number,
  place: number,
  field: number,
  child: number,
): number {
  const { defaults } = writer;
  if (op !== OP_ENUM) return writeScalar(writer, pos, op, defaults, place);
  return writeEnum(writer, pos, child, writer.program.fields[field + FIELD_KIND]!, defaults, place);
}

/** Where the type of a union (or the offset to its vector of types) is stored; -1 when it is absent. */
function tagPlace(plan: Int32Array, at: number, base: number): number {
  const tag = plan[at + PLAN_TAG]!;
  return tag === 0 ? -1 : base + tag;
}
