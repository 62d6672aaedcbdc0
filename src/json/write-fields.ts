import * as Kind from "../program/kind.js";
import { writeInt32, writeUint32 } from "../text/write-integer.js";
import { follow, followWide } from "./follow.js";
import {
  FROM_DEFAULTS,
  OP_ENUM,
  OP_NULL,
  OP_WIDE,
  opOf,
  PLAN_CHILD,
  PLAN_END,
  PLAN_FIELD,
  PLAN_KEY,
  PLAN_KEY_BYTES,
  PLAN_KIND,
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
import { writeBool, writeDouble, writeFloat, writeLong, writeScalar } from "./write-scalar.js";
import { writeString } from "./write-string.js";
import { writeClose, writeEmpty, writeSeparator, writeWord } from "./write-text.js";
import { writeUnion, writeUnionVector } from "./write-union.js";
import { writeArray, writeScalarVector, writeStrings, writeStructs, writeTables, writeVector } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/**
 * The fields of the table or struct at `base`, with their braces, by the plan that `planOfTable` or `planOfStruct` has
 * just found. Separators are `width` bytes long.
 */
export function writeFields(writer: JsonWriter, pos: number, address: number, base: number, width: number): number {
  const { data } = writer;
  const plan = writer.plans.words; // new plans may come to lie elsewhere
  const { words } = writer.keys;
  const { separator, step } = writer;
  const outer = writer.field;
  writer.trail.fields[writer.level++] = outer;
  const start = pos;
  const end = plan[address + PLAN_END]!;
  for (let at = address; at < end; at += PLAN_WORDS) {
    if (pos > writer.end) grow(writer, pos, 0);
    const { out } = writer;
    const before = pos;
    const place = base + plan[at + PLAN_PLACE]!;
    const field = plan[at + PLAN_FIELD]!;
    writer.field = field;
    pos = writeSeparator(out, pos, separator, width);
    pos = writeWords(out, pos, words, plan[at + PLAN_KEY]!, plan[at + PLAN_KEY_BYTES]!);
    const op = plan[at]!;
    switch (op) {
      case Kind.String:
        pos = writeString(writer, pos, follow(writer, place));
        break;
      case Kind.Table: {
        const table = follow(writer, place);
        pos = writeFields(writer, pos, planOfTable(writer, plan[at + PLAN_CHILD]!, table), table, width + step);
        break;
      }
      case Kind.Struct:
        pos = writeFields(writer, pos, planOfStruct(writer, plan[at + PLAN_CHILD]!), place, width + step);
        break;
      case Kind.Union:
        pos = writeUnion(writer, pos, plan[at + PLAN_CHILD]!, tagPlace(plan, at, base), place, width + step);
        if (pos < 0) pos = before; // a member that is not known: nothing can be printed
        break;
      case Kind.UnionVector:
        pos = writeUnionVector(writer, pos, field, tagPlace(plan, at, base), place, width + step);
        if (pos < 0) pos = before;
        break;
      case Kind.ScalarVector:
        pos = writeScalarVector(writer, pos, field, follow(writer, place), width + step);
        break;
      case Kind.StringVector:
        pos = writeStrings(writer, pos, field, follow(writer, place), width + step);
        break;
      case Kind.TableVector:
        pos = writeTables(writer, pos, field, follow(writer, place), width + step);
        break;
      case Kind.StructVector:
        pos = writeStructs(writer, pos, field, follow(writer, place), width + step);
        break;
      case Kind.ScalarArray:
      case Kind.StructArray:
        pos = writeArray(writer, pos, field, place, width + step);
        break;
      case Kind.NestedFlatbuffer:
        pos = writeNested(writer, pos, field, follow(writer, place), width + step);
        break;
      case Kind.Flexbuffer:
        pos = writeFlexbuffer(writer, pos, field, follow(writer, place), width + step);
        break;
      case OP_ENUM:
        pos = writeEnum(writer, pos, plan[at + PLAN_CHILD]!, plan[at + PLAN_KIND]!, data, place);
        break;
      case OP_WIDE:
        pos = writeTarget(writer, pos, field, followWide(writer, place), width + step);
        break;
      case OP_NULL:
        pos = writeWord(out, pos, "null");
        break;
      case Kind.UType:
      case Kind.UByte:
        pos = writeUint32(out, pos, data.getUint8(place));
        break;
      case Kind.Bool:
        pos = writeBool(out, pos, data.getUint8(place));
        break;
      case Kind.Byte:
        pos = writeInt32(out, pos, data.getInt8(place));
        break;
      case Kind.Short:
        pos = writeInt32(out, pos, data.getInt16(place, true));
        break;
      case Kind.UShort:
        pos = writeUint32(out, pos, data.getUint16(place, true));
        break;
      case Kind.Int:
        pos = writeInt32(out, pos, data.getInt32(place, true));
        break;
      case Kind.UInt:
        pos = writeUint32(out, pos, data.getUint32(place, true));
        break;
      case Kind.Long:
      case Kind.ULong:
        pos = writeLong(writer, pos, op, data, place);
        break;
      case Kind.Float:
        pos = writeFloat(writer, pos, data, place);
        break;
      case Kind.Double:
        pos = writeDouble(writer, pos, data, place);
        break;
      default:
        pos = writeDefault(
          writer,
          pos,
          op - FROM_DEFAULTS,
          plan[at + PLAN_PLACE]!,
          plan[at + PLAN_CHILD]!,
          plan[at + PLAN_KIND]!,
        );
    }
  }
  writer.level--;
  writer.field = outer;
  if (pos === start) return writeEmpty(writer, pos, width, 0x7b, 0x7d);
  writer.out.setUint8(start, 0x7b); // over the first comma
  return writeClose(writer, pos, width, 0x7d);
}

/** What an offset led to, table and union aside: a 64-bit one leads to strings and vectors that flatc can't print. */
export function writeTarget(writer: JsonWriter, pos: number, field: number, target: number, width: number): number {
  switch (opOf(writer, field)) {
    case Kind.String:
      return writeString(writer, pos, target);
    case Kind.NestedFlatbuffer:
      return writeNested(writer, pos, field, target, width);
    case Kind.Flexbuffer:
      return writeFlexbuffer(writer, pos, field, target, width);
    default:
      return writeVector(writer, pos, field, target, width);
  }
}

/** An absent scalar, read from the table of defaults. */
function writeDefault(writer: JsonWriter, pos: number, op: number, place: number, child: number, kind: number): number {
  const { defaults } = writer;
  return op === OP_ENUM
    ? writeEnum(writer, pos, child, kind, defaults, place)
    : writeScalar(writer, pos, op, defaults, place);
}

/** Where the type of a union (or the offset to its vector of types) is stored; -1 when it is absent. */
function tagPlace(plan: Int32Array, at: number, base: number): number {
  const tag = plan[at + PLAN_TAG]!;
  return tag === 0 ? -1 : base + tag;
}
