import { PLAN_END, PLAN_EXTENT, PLAN_HEAD, PLAN_WORDS } from "./plan.js";

/** Direct-mapped: this many (vtable, object) pairs at a time. */
const SLOTS = 1024;
/** Words for plans, 128 KiB; when they are used up the cache starts over with new ones. */
const WORDS = 32_768;
const MAX_EPOCH = 0x7fff;

/** The plans of one call by vtable and object; empty again for the next call at the cost of one addition. */
export class PlanCache {
  /** Where the plans are. New memory when it is full: whoever is walking a plan keeps the words it came with. */
  words: Int32Array = new Int32Array(WORDS);
  readonly #vtables: Float64Array = new Float64Array(SLOTS);
  /** Epoch (high half) and object of the slot. */
  readonly #stamps: Int32Array = new Int32Array(SLOTS);
  readonly #plans: Int32Array = new Int32Array(SLOTS);
  #epoch = 1;
  #used = 0;
  /** The plan being made. */
  #slot = 0;
  #first = 0;

  /** Address of the plan, or 0 when it has to be made. */
  find(vtable: number, object: number): number {
    const slot = slotOf(vtable, object);
    return this.#vtables[slot] === vtable && this.#stamps[slot] === this.#epoch * 65_536 + object
      ? this.#plans[slot]!
      : 0;
  }

  /** Begins a plan of at most `count` fields; gives the address for the first. */
  start(vtable: number, object: number, count: number): number {
    const need = PLAN_HEAD + count * PLAN_WORDS;
    if (this.#used + need > this.words.length) {
      this.words = new Int32Array(Math.max(WORDS, need));
      this.clear();
    }
    const slot = slotOf(vtable, object);
    this.#vtables[slot] = vtable;
    this.#stamps[slot] = this.#epoch * 65_536 + object;
    this.#slot = slot;
    this.#first = this.#used + PLAN_HEAD;
    return this.#first;
  }

  /** Ends the plan whose last field ends at `end`; gives the plan's address. */
  finish(end: number, extent: number): number {
    const plan = this.#first;
    this.words[plan + PLAN_END] = end;
    this.words[plan + PLAN_EXTENT] = extent;
    this.#plans[this.#slot] = plan;
    this.#used = end;
    return plan;
  }

  /** Forgets all plans. */
  clear(): void {
    this.#used = 0;
    if (++this.#epoch <= MAX_EPOCH) return;
    this.#stamps.fill(0);
    this.#epoch = 1;
  }
}

/** A hash, not a position: bit operators do no harm here. */
function slotOf(vtable: number, object: number): number {
  return (Math.imul(object, 0x9e3779b1) ^ (vtable >>> 1) ^ (vtable >>> 11)) & (SLOTS - 1);
}
