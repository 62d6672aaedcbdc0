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
/** First of the steps, PLAN_STEP words each. */
export const PLAN_FIRST = 5;

/** In a step: places in the table of the field (low half) and of its union type (high half). */
export const STEP_PLACES = 0;
/** In a step: the field's address. */
export const STEP_FIELD = 1;
/** In a step: the short way for it, if there is one (see quick.ts). */
export const STEP_QUICK = 2;
export const PLAN_STEP = 3;

/** Pairs that are known at a time, in sets of two, so that two busy ones don't drive each other out. */
const SLOTS = 1024;
/** Words of a slot: vtable, object, plan; a power of two for cheap addresses. */
const SLOT_WORDS = 4;
/** Words for plans. With the slots it makes 64 KiB, the fixed part of a verification's memory. */
const WORDS = 12_288;
/** No plan, or none that can be made. */
const NONE = 0;
const SEEN = 0xffffffff;
/** Objects are at most this many; a pair's second word says of which window it is, too. */
const OBJECTS = 65_536;
/** Windows that can be told apart; the ones beyond have no plans. */
const MAX_WINDOWS = 65_534;

/** The plans of one walk, made when a (vtable, object) pair is seen for the second time. */
export class VtablePlans {
  readonly words: Int32Array = new Int32Array(WORDS);
  readonly #slots: Uint32Array = new Uint32Array(SLOTS * SLOT_WORDS);
  #used = 1;
  #slot = 0;
  /** The window that is being walked, and how many there were. */
  #window = 0;
  #windows = 0;

  /** Address of the plan in `words`; 0 when there is none, -1 when the pair was seen before and a plan is due. */
  find(vtable: number, object: number): number {
    if (this.#window > MAX_WINDOWS) return NONE;
    const slots = this.#slots;
    const key = object + OBJECTS * this.#window;
    const hash = Math.imul(object, 0x9e3779b1) ^ (vtable >>> 1) ^ (vtable >>> 11);
    const first = (hash & (SLOTS - 1)) * SLOT_WORDS;
    if (slots[first] === vtable && slots[first + 1] === key) return this.#at(first);
    const second = ((hash ^ 1) & (SLOTS - 1)) * SLOT_WORDS;
    if (slots[second] === vtable && slots[second + 1] === key) return this.#at(second);
    slots.copyWithin(second, first, first + SLOT_WORDS);
    slots[first] = vtable;
    slots[first + 1] = key;
    slots[first + 2] = SEEN;
    return NONE;
  }

  #at(slot: number): number {
    const plan = this.#slots[slot + 2]!;
    if (plan !== SEEN) return plan;
    this.#slot = slot;
    return -1;
  }

  /** Room for a plan of `count` steps, or 0 when the words are used up. */
  reserve(count: number): number {
    const address = this.#used;
    const next = address + PLAN_FIRST + PLAN_STEP * count;
    if (next > WORDS) return 0;
    this.#used = next;
    return address;
  }

  /** Takes the plan as the one of the pair that `find` was last asked for. 0 = none can be made, don't ask again. */
  keep(address: number): void {
    this.#slots[this.#slot + 2] = address;
  }

  /**
   * Begins another window: plans hold for one only. Those of the window around it stay, words and all, since a table
   * there is still being checked by one. Gives what `leave` needs.
   */
  enter(): number {
    const outer = this.#used * OBJECTS + this.#window;
    this.#window = Math.min(++this.#windows, MAX_WINDOWS + 1);
    return outer;
  }

  /** Goes back to the window around; the words of the inner one's plans are free again. */
  leave(outer: number): void {
    this.#window = outer % OBJECTS;
    this.#used = Math.floor(outer / OBJECTS);
  }
}
