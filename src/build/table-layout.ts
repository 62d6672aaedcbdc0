import * as P from "../program/program.js";
import type { BackWriter } from "./back-writer.js";
import { PLACE_OFFSET, PLACE_OFFSET64, PLACE_STRUCT, type WritePlan } from "./write-plan.js";

/** Tables with more fields or bytes, or larger vtables, have no layout: each takes its memory as long as the schema. */
const MAX_FIELDS = 64;
const MAX_BYTES = 512;

/** A table begins with the offset to its vtable. */
const SOFFSET_SIZE = 4;

/** Where every field of a table lies, for all tables that have the same fields put in the same order. */
export interface TableLayout {
  readonly object: number;
  /** Field numbers in the order in which they were put, complements for those not written; as in `FieldStack`. */
  readonly numbers: Int32Array;
  /** `head` before the table, modulo the object's period (`WritePlan`). */
  readonly phase: number;
  /** By entry: how its value is stored, a PLACE_ number. */
  readonly places: Uint8Array;
  /** By entry: its distance from the table's start. */
  readonly offsets: Uint16Array;
  /** The table's bytes that are in no field. */
  readonly gaps: readonly number[];
  readonly tableSize: number;
  /** The largest alignment in the table. */
  readonly align: number;
  readonly vtable: Uint8Array;
  /** The buffer that the vtable was last written to (`Builder`), and its reference there. */
  buffer: number;
  vtableRef: number;
}

/** Whether the fields `numbers[base, end)` of an object, to be written where that phase is, are laid out like that. */
export function isLaidOut(
  layout: TableLayout,
  object: number,
  numbers: Int32Array,
  base: number,
  end: number,
  phase: number,
): boolean {
  const own = layout.numbers;
  if (own.length !== end - base || layout.object !== object || layout.phase !== phase) return false;
  for (let index = 0; index < own.length; index++) if (own[index] !== numbers[base + index]) return false;
  return true;
}

/** A number that tables of one layout have in common, and others seldom. */
export function layoutHash(object: number, numbers: Int32Array, base: number, end: number, phase: number): number {
  let hash = object * 8 + phase;
  for (let entry = base; entry < end; entry++) hash = Math.imul(hash ^ numbers[entry]!, 0x9e3779b1);
  return hash;
}

/**
 * The layout of the table `ref` that was just written, from the fields `numbers` put in that order; undefined when it
 * is not worth keeping.
 */
export function layoutOf(
  program: P.Program,
  plan: WritePlan,
  object: number,
  numbers: Int32Array,
  writer: BackWriter,
  ref: number,
): TableLayout | undefined {
  const { data } = writer;
  const table = writer.capacity - ref;
  const start = table - data.getInt32(table, true);
  const vtableSize = data.getUint16(start, true);
  const tableSize = data.getUint16(start + 2, true);
  if (tableSize > MAX_BYTES || vtableSize > MAX_BYTES || numbers.length > MAX_FIELDS) return undefined;
  const isUsed = new Uint8Array(tableSize).fill(1, 0, SOFFSET_SIZE);
  const places = new Uint8Array(numbers.length);
  const offsets = new Uint16Array(numbers.length);
  let align = SOFFSET_SIZE;
  for (let entry = 0; entry < numbers.length; entry++) {
    const number = numbers[entry]!;
    if (number < 0) continue;
    const address = number * P.FIELD_WORDS;
    const place = plan.place[number]!;
    if (place === PLACE_OFFSET64) return undefined;
    const offset = data.getUint16(start + program.fields[address + P.FIELD_SLOT]!, true);
    const size = place === PLACE_STRUCT ? program.fields[address + P.FIELD_SIZE]! : place === PLACE_OFFSET ? 4 : place;
    align = Math.max(align, place === PLACE_STRUCT ? program.fields[address + P.FIELD_ALIGN]! : size);
    places[entry] = place;
    offsets[entry] = offset;
    isUsed.fill(1, offset, offset + size);
  }
  const gaps: number[] = [];
  for (let offset = 0; offset < tableSize; offset++) if (isUsed[offset] === 0) gaps.push(offset);
  const vtable = writer.bytes.slice(start, start + vtableSize);
  const phase = (table + tableSize) % plan.period[object]!;
  return { object, numbers, phase, places, offsets, gaps, tableSize, align, vtable, buffer: 0, vtableRef: 0 };
}
