/*
 * A plan is what a table's vtable tells about all tables of its type that use it: their size, alignment and which
 * fields hold offsets to follow. Once it is made, a table costs its offsets and nothing for absent or scalar fields.
 */

/** Bytes inline that the table needs. */
export const PLAN_TABLE_SIZE = 0;
/** Largest alignment of the fields present, minus 1. */
export const PLAN_ALIGN_MASK = 1;
/** What a table's position (from the window's base) must be modulo that alignment. */
export const PLAN_ALIGN_REST = 2;
/** Bytes that the table shows: its own and its vtable's. */
export const PLAN_SHOWN = 3;
/** How many fields to follow. */
export const PLAN_COUNT = 4;
/** First of the pairs: places of the field (low half) and of its union type (high half) in the table; field address. */
export const PLAN_FIRST = 5;

/** Direct-mapped: this many (vtable, object) pairs at a time. */
const SLOTS = 1024;
/** Words for plans. With the slots it makes 64 KiB, the fixed part of a verification's memory. */
const WORDS = 12_288;
const EMPTY = 0;
const SEEN = -1;

/** The plans of one walk, made when a (vtable, object) pair is seen for the second time. */
export class VtablePlans {
  readonly words: Int32Array = new Int32Array(WORDS);
  readonly #vtables: Float64Array = new Float64Array(SLOTS);
  readonly #objects: Int32Array = new Int32Array(SLOTS);
  readonly #plans: Int32Array = new Int32Array(SLOTS);
  #used = 1;
  #slot = 0;

  /** Address of the plan in `words`; 0 when there is none, -1 when the pair was seen and a plan is due. */
  find(vtable: number, object: number): number {
    const slot = (Math.imul(object, 0x9e3779b1) ^ (vtable >>> 1) ^ (vtable >>> 11)) & (SLOTS - 1);
    this.#slot = slot;
    if (this.#vtables[slot] === vtable && this.#objects[slot] === object) return this.#plans[slot]!;
    this.#vtables[slot] = vtable;
    this.#objects[slot] = object;
    this.#plans[slot] = SEEN;
    return EMPTY;
  }

  /** Room for a plan of `count` fields, or 0 when the words are used up. */
  reserve(count: number): number {
    const address = this.#used;
    const next = address + PLAN_FIRST + 2 * count;
    if (next > WORDS) return 0;
    this.#used = next;
    return address;
  }

  /** Takes the plan as the one of the pair that `find` was last asked for. 0 = none can be made, don't ask again. */
  keep(address: number): void {
    this.#plans[this.#slot] = address;
  }

  /** Forgets all plans: they hold for one window only. */
  clear(): void {
    this.#plans.fill(EMPTY);
    this.#objects.fill(-1);
    this.#used = 1;
  }
}
