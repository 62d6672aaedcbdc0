import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import { DEFAULT_BYTES } from "./default-values.js";
import type { JsonWriter } from "./writer.js";

/*
 * A plan says how all tables of one type with one vtable are printed: the fields that are there, in order of id, each
 * with its place in the table and its key. Absent fields cost nothing once the plan is made. A struct type has one
 * plan, since its fields are always there.
 *
 * A plan is PLAN_HEAD words and then PLAN_WORDS for each field; its address is that of the first field. In front of it
 * are the voffsets it was made for, a word each.
 */
export const PLAN_HEAD = 4;
/** Before the address: where the plan's last field ends. */
export const PLAN_END = -2;
/** Before the address: bytes of the table that the fields need. */
export const PLAN_EXTENT = -1;
/** Before the address: the object, and how many voffsets are in front. */
export const PLAN_OBJECT = -3;
export const PLAN_SLOTS = -4;

export const PLAN_WORDS = 8;
/** What to do: a `Kind`, or one of those below. */
const PLAN_OP = 0;
/** Place of the value in its table or struct; in the table of defaults for FROM_DEFAULTS. */
export const PLAN_PLACE = 1;
/** The key: first word and bytes in the key table. */
export const PLAN_KEY = 2;
export const PLAN_KEY_BYTES = 3;
/** Address of the field in the program. */
export const PLAN_FIELD = 4;
/** Object or union of the field; its enum for OP_ENUM. */
export const PLAN_CHILD = 5;
/** For unions: place of the type in the table, 0 when it is absent. */
export const PLAN_TAG = 6;
/** Kind of the field: what the integer of an OP_ENUM is. */
export const PLAN_KIND = 7;

/** An integer with an enum whose names are wanted. */
export const OP_ENUM = 26;
/** An absent scalar that is null. */
export const OP_NULL = 27;
/** Something behind a 64-bit offset. */
export const OP_WIDE = 28;
/** Added to the operation of a scalar that is read from the table of defaults. */
export const FROM_DEFAULTS = 32;

/**
 * Address of the plan for the table at `table`, which must start at least 4 bytes before the end. Makes sure that the
 * table lies in the window and no deeper than the limit.
 */
export function planOfTable(writer: JsonWriter, object: number, table: number): number {
  if (writer.level >= writer.maxDepth) throw limitError("maxDepth", writer.maxDepth, { offset: table });
  const vtable = table - writer.data.getInt32(table, true);
  const { plans } = writer;
  let plan = plans.find(vtable, object);
  if (plan === 0) plan = recallTablePlan(writer, object, table, vtable);
  if (table + plans.words[plan + PLAN_EXTENT]! > writer.limit) {
    throw new FlatbufferError("field-out-of-range", `a field of the table at ${table} lies outside the buffer`, {
      offset: table,
    });
  }
  return plan;
}

/** Address of the plan of a struct type. */
export function planOfStruct(writer: JsonWriter, object: number): number {
  const { plans } = writer;
  const plan = plans.find(STRUCT, object);
  if (plan !== 0) return plan;
  return plans.recall(writer.data, STRUCT, object, 0) || makeStructPlan(writer, object);
}

/** Stands for a vtable where a struct's plan is kept; no table has its vtable there. */
const STRUCT = -1;

/** The plan of another table with a vtable that says the same, or a new one. */
function recallTablePlan(writer: JsonWriter, object: number, table: number, vtable: number): number {
  const { data, limit, plans, program } = writer;
  if (vtable < writer.base || vtable + 4 > limit) {
    throw new FlatbufferError("soffset-out-of-range", `the vtable of the table at ${table} lies outside the buffer`, {
      offset: table,
    });
  }
  const vtableSize = data.getUint16(vtable, true);
  if (vtable + vtableSize > limit) {
    throw new FlatbufferError("vtable-out-of-range", `the vtable of the table at ${table} leads outside the buffer`, {
      offset: vtable,
    });
  }
  const stored = vtableSize < 4 ? 0 : (vtableSize - 3) >> 1;
  const slots = Math.min(program.objectFieldCount[object]!, stored);
  return plans.recall(data, vtable, object, slots) || makeTablePlan(writer, object, vtable, slots);
}

function makeTablePlan(writer: JsonWriter, object: number, vtable: number, slots: number): number {
  const { data, plans, program } = writer;
  const { fields } = program;
  const count = program.objectFieldCount[object]!;
  let field = program.objectFields[object]!;
  let at = plans.start(data, vtable, object, slots, count);
  let extent = 4;
  for (let id = 0, slot = 4; id < count; id++, slot += 2, field += P.FIELD_WORDS) {
    const place = id < slots ? data.getUint16(vtable + slot, true) : 0;
    if (place !== 0) {
      extent = Math.max(extent, place + fields[field + P.FIELD_SIZE]!);
      at = addField(writer, at, field, opOf(writer, field), place);
      if (isUnion(fields[field + P.FIELD_KIND]!)) {
        plans.words[at - PLAN_WORDS + PLAN_TAG] = id > 0 ? data.getUint16(vtable + slot - 2, true) : 0;
      }
    } else if (isPrintedWhenAbsent(writer, field)) {
      const isNull = (fields[field + P.FIELD_FLAGS]! & P.FLAG_OPTIONAL) !== 0;
      const op = isNull ? OP_NULL : FROM_DEFAULTS + opOf(writer, field);
      at = addField(writer, at, field, op, (field / P.FIELD_WORDS) * DEFAULT_BYTES);
    }
  }
  return plans.finish(at, extent);
}

function makeStructPlan(writer: JsonWriter, object: number): number {
  const { plans, program } = writer;
  const count = program.objectFieldCount[object]!;
  let field = program.objectFields[object]!;
  let at = plans.start(writer.data, STRUCT, object, 0, count);
  for (let id = 0; id < count; id++, field += P.FIELD_WORDS) {
    at = addField(writer, at, field, opOf(writer, field), program.fields[field + P.FIELD_SLOT]!);
  }
  return plans.finish(at, program.objectSize[object]!);
}

function addField(writer: JsonWriter, at: number, field: number, op: number, place: number): number {
  const { keys, plans, program } = writer;
  const { words } = plans;
  const number = field / P.FIELD_WORDS;
  const isWide = (program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0;
  words[at + PLAN_OP] = isWide ? OP_WIDE : op;
  words[at + PLAN_PLACE] = place;
  words[at + PLAN_KEY] = keys.first[number]!;
  words[at + PLAN_KEY_BYTES] = keys.byteLength[number]!;
  words[at + PLAN_FIELD] = field;
  words[at + PLAN_CHILD] = program.fields[field + (op % FROM_DEFAULTS === OP_ENUM ? P.FIELD_ENUM : P.FIELD_CHILD)]!;
  words[at + PLAN_TAG] = 0;
  words[at + PLAN_KIND] = program.fields[field + P.FIELD_KIND]!;
  return at + PLAN_WORDS;
}

/** How a field is printed: its kind, as far as the options let it. */
export function opOf(writer: JsonWriter, field: number): number {
  const { program, rules } = writer;
  const kind = program.fields[field + P.FIELD_KIND]!;
  if (kind <= Kind.LAST_SCALAR) {
    return rules.enumNames && kind !== Kind.Bool && program.fields[field + P.FIELD_ENUM]! >= 0 ? OP_ENUM : kind;
  }
  if (kind === Kind.NestedFlatbuffer && !rules.nested) return Kind.ScalarVector;
  if (kind === Kind.Flexbuffer && !rules.flex) return Kind.ScalarVector;
  return kind;
}

function isUnion(kind: number): boolean {
  return kind === Kind.Union || kind === Kind.UnionVector;
}

/** flatc always prints the scalar that vectors of such tables are sorted by; plain text has only what is stored. */
function isPrintedWhenAbsent({ program, rules }: JsonWriter, field: number): boolean {
  if (program.fields[field + P.FIELD_KIND]! > Kind.LAST_SCALAR) return false;
  const flags = program.fields[field + P.FIELD_FLAGS]!;
  if ((flags & P.FLAG_DEPRECATED) !== 0) return false;
  return rules.defaults || (rules.isFlatc && (flags & P.FLAG_KEY) !== 0);
}
