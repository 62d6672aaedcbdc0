import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import * as P from "../program/program.js";
import { type WritePlan, writePlan } from "./write-plan.js";

/** Entries of one table that can be told apart while they are sorted; far more than fields fit into a table. */
const ENTRY_RANGE = 2 ** 29;
/** Up to here insertion beats the engine's sort. */
const FEW = 24;

/**
 * The fields of the tables under way, an entry each, those of inner tables above those of outer ones.
 *
 * A table is collected before it is written, because its layout depends on all of its fields: `top` is noted, fields
 * are put in any order and sorted.
 */
export class FieldStack {
  program: P.Program;
  plan: WritePlan;
  /** Whether scalars equal to their default are written. */
  forceDefaults: boolean;
  /** Number of entries. */
  top = 0;
  #capacity = 32;
  /** By entry: field number, or its complement when nothing is to be written (a default, null). */
  protected numbers: Int32Array = new Int32Array(32);
  /** By entry: where in the input the field was set; only for error messages. */
  #places: Uint32Array = new Uint32Array(32);
  /** By entry: 8 bytes; a scalar as it is stored, a reference or a position in scratch memory. */
  protected values: DataView = new DataView(new ArrayBuffer(32 * 8));
  /** Entries of the table that was sorted last, in order of their ids. */
  protected order: Int32Array = new Int32Array(32);

  constructor(schema: Schema, forceDefaults: boolean) {
    this.program = programOf(schema);
    this.plan = writePlan(schema);
    this.forceDefaults = forceDefaults;
  }

  /** Bytes of its memory, roughly. */
  get capacity(): number {
    return this.#capacity * 20;
  }

  /** Begins anew in the same memory. */
  reset(schema: Schema, forceDefaults: boolean): void {
    this.program = programOf(schema);
    this.plan = writePlan(schema);
    this.forceDefaults = forceDefaults;
    this.top = 0;
  }

  /** An integer up to 32 bits, in range for its field. */
  putInt(number: number, value: number, place: number): void {
    const entry = this.#add(place);
    const isDefault = value === this.program.defaultNumbers[number] && !this.#isAlwaysWritten(number);
    this.numbers[entry] = isDefault ? ~number : number;
    this.values.setInt32(entry * 8, value, true);
  }

  /** A 64-bit integer by its halves. */
  putLong(number: number, low: number, high: number, place: number): void {
    const entry = this.#add(place);
    this.values.setInt32(entry * 8, low, true);
    this.values.setInt32(entry * 8 + 4, high, true);
    this.numbers[entry] = this.#isDefaultLong(number, low | 0, high | 0) ? ~number : number;
  }

  /** A 64-bit integer as a bigint. */
  putBigInt(number: number, value: bigint, place: number): void {
    const entry = this.#add(place);
    const { values } = this;
    values.setBigInt64(entry * 8, value, true);
    const isDefault = this.#isDefaultLong(
      number,
      values.getInt32(entry * 8, true),
      values.getInt32(entry * 8 + 4, true),
    );
    this.numbers[entry] = isDefault ? ~number : number;
  }

  /** A float or double. Like flatc, -0 counts as equal to 0 and NaN as equal to nothing. */
  putFloat(number: number, value: number, place: number): void {
    const entry = this.#add(place);
    const isDouble = this.plan.place[number] === 8;
    const stored = isDouble ? value : Math.fround(value);
    const isDefault = stored === this.program.defaultNumbers[number] && !this.#isAlwaysWritten(number);
    this.numbers[entry] = isDefault ? ~number : number;
    if (isDouble) this.values.setFloat64(entry * 8, stored, true);
    else this.values.setFloat32(entry * 8, stored, true);
  }

  /** What stands elsewhere in the buffer, by its reference; or a struct, by where it lies in `scratch`. */
  putRef(number: number, ref: number, place: number): void {
    const entry = this.#add(place);
    this.numbers[entry] = number;
    this.values.setUint32(entry * 8, ref, true);
  }

  /** A field that is set to nothing: it counts as set but isn't written. */
  putNull(number: number, place: number): void {
    // In two steps: the list may be another one after the entry was added.
    const entry = this.#add(place);
    this.numbers[entry] = ~number;
  }

  /** The entry of a field of the innermost table, or -1. The latest are looked at first. */
  findField(base: number, number: number): number {
    for (let entry = this.top - 1; entry >= base; entry--) {
      const found = this.numbers[entry]!;
      if (found === number || found === ~number) return entry;
    }
    return -1;
  }

  /** The low 32 bits of an entry's scalar. */
  intOf(entry: number): number {
    return this.values.getInt32(entry * 8, true);
  }

  /** The reference of an entry. */
  refOf(entry: number): number {
    return this.values.getUint32(entry * 8, true);
  }

  /** Where in the input an entry was set. */
  placeOf(entry: number): number {
    return this.#places[entry]!;
  }

  /** Field number of an entry. */
  numberOf(entry: number): number {
    const number = this.numbers[entry]!;
    return number < 0 ? ~number : number;
  }

  /**
   * Orders the fields of the innermost table, those from entry `base` up, by id. Must come before
   * `missingField`. Returns the first entry that sets a field again, or -1.
   */
  sortFields(base: number): number {
    const count = this.top - base;
    if (this.order.length < count) this.order = new Int32Array(this.numbers.length);
    const order = this.order;
    let last = -1;
    let isSorted = true;
    for (let index = 0; index < count; index++) {
      const number = this.numberOf(base + index);
      if (number <= last) isSorted = false;
      last = number;
      order[index] = base + index;
    }
    return isSorted ? -1 : this.#sortUnordered(base, count);
  }

  /** Address of the first required field of the object that the sorted table lacks, or -1. */
  missingField(object: number, base: number): number {
    const required = this.program.objectRequired[object]!;
    const count = this.top - base;
    let index = 0;
    for (let at = 0; at < required.length; at++) {
      const number = required[at]! / P.FIELD_WORDS;
      while (index < count && this.numberOf(this.order[index]!) < number) index++;
      if (index === count || this.numbers[this.order[index]!] !== number) return required[at]!;
    }
    return -1;
  }

  #sortUnordered(base: number, count: number): number {
    const order = this.order;
    // Number and entry in one double, so that the engine sorts them without a comparison function.
    const keys = new Float64Array(count);
    for (let index = 0; index < count; index++) keys[index] = this.numberOf(base + index) * ENTRY_RANGE + index;
    sortNumbers(keys);
    let duplicate = -1;
    let last = -1;
    for (let index = 0; index < count; index++) {
      const number = Math.floor(keys[index]! / ENTRY_RANGE);
      const entry = base + keys[index]! - number * ENTRY_RANGE;
      if (number === last && (duplicate < 0 || entry < duplicate)) duplicate = entry;
      last = number;
      order[index] = entry;
    }
    return duplicate;
  }

  #isDefaultLong(number: number, low: number, high: number): boolean {
    const { defaultLow, defaultHigh } = this.plan;
    return low === defaultLow[number] && high === defaultHigh[number] && !this.#isAlwaysWritten(number);
  }

  #isAlwaysWritten(number: number): boolean {
    return this.forceDefaults || this.plan.isOptional[number] === 1;
  }

  #add(place: number): number {
    if (this.top === this.#capacity) this.#grow();
    this.#places[this.top] = place;
    return this.top++;
  }

  #grow(): void {
    const length = this.#capacity * 2;
    this.#capacity = length;
    const numbers = new Int32Array(length);
    numbers.set(this.numbers);
    this.numbers = numbers;
    const places = new Uint32Array(length);
    places.set(this.#places);
    this.#places = places;
    const values = new Uint8Array(length * 8);
    values.set(new Uint8Array(this.values.buffer));
    this.values = new DataView(values.buffer);
  }
}

function sortNumbers(list: Float64Array): void {
  if (list.length > FEW) {
    list.sort();
    return;
  }
  for (let index = 1; index < list.length; index++) {
    const value = list[index]!;
    let at = index;
    for (; at > 0 && list[at - 1]! > value; at--) list[at] = list[at - 1]!;
    list[at] = value;
  }
}
