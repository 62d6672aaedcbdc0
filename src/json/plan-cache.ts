import { PLAN_END, PLAN_EXTENT, PLAN_HEAD, PLAN_OBJECT, PLAN_SLOTS, PLAN_WORDS } from "./plan.js";

/** Direct-mapped: this many (vtable, object) pairs of a call at a time. */
const PLACES = 1024;
/** Direct-mapped too: plans that are found again by what their vtable says. */
const KEPT = 512;
/** Words for plans, 128 KiB; when they are used up the cache starts over with new ones. */
const WORDS = 32_768;
const MAX_EPOCH = 0x7fff;

/**
 * The plans of one call by where the vtable lies and by object; and those of the calls before by what the vtable says,
 * since the next message has the same vtables at other places.
 */
export class PlanCache {
  /** Where the plans are. New memory when it is full: whoever is walking a plan keeps the words it came with. */
  words: Int32Array = new Int32Array(WORDS);
  readonly #vtables: Float64Array = new Float64Array(PLACES);
  /** Epoch (high half) and object of the place. */
  readonly #stamps: Int32Array = new Int32Array(PLACES);
  readonly #plans: Int32Array = new Int32Array(PLACES);
  #epoch = 1;
  /** By hash of the vtable: address of its plan, or 0. */
  readonly #kept: Int32Array = new Int32Array(KEPT);
  #owner = 0;
  #used = 0;
  /** The plan being made. */
  #first = 0;
  #hash = 0;

  /** Begins a call. `owner` stands for all that a plan depends on besides vtable and object. */
  begin(owner: number): void {
    this.#leavePlaces();
    if (owner === this.#owner && this.#used < WORDS / 2) return;
    this.#owner = owner;
    this.#forget();
  }

  /** Address of the plan, or 0 when it has to be recalled or made. */
  find(vtable: number, object: number): number {
    const place = placeOf(vtable, object);
    return this.#vtables[place] === vtable && this.#stamps[place] === this.#epoch * 65_536 + object
      ? this.#plans[place]!
      : 0;
  }

  /**
   * Address of the plan that was made for a vtable with the same first `slots` voffsets, or 0 when it has to be made:
   * then `start` must follow.
   */
  recall(data: DataView, vtable: number, object: number, slots: number): number {
    const { words } = this;
    let hash = object;
    for (let slot = 0; slot < slots; slot++) hash = mixed(hash, data.getUint16(vtable + 4 + 2 * slot, true));
    this.#hash = hash & (KEPT - 1);
    const plan = this.#kept[this.#hash]!;
    if (plan === 0 || words[plan + PLAN_OBJECT] !== object || words[plan + PLAN_SLOTS] !== slots) return 0;
    const copy = plan - PLAN_HEAD - slots;
    for (let slot = 0; slot < slots; slot++) {
      if (words[copy + slot] !== data.getUint16(vtable + 4 + 2 * slot, true)) return 0;
    }
    this.#put(vtable, object, plan);
    return plan;
  }

  /** Begins the plan that was not recalled, of at most `count` fields; gives the address for the first. */
  start(data: DataView, vtable: number, object: number, slots: number, count: number): number {
    const need = slots + PLAN_HEAD + count * PLAN_WORDS;
    if (this.#used + need > this.words.length) {
      this.words = new Int32Array(Math.max(WORDS, need));
      this.#leavePlaces();
      this.#forget();
    }
    const { words } = this;
    const copy = this.#used;
    for (let slot = 0; slot < slots; slot++) words[copy + slot] = data.getUint16(vtable + 4 + 2 * slot, true);
    const first = copy + slots + PLAN_HEAD;
    words[first + PLAN_OBJECT] = object;
    words[first + PLAN_SLOTS] = slots;
    this.#put(vtable, object, first);
    this.#first = first;
    return first;
  }

  /** Ends the plan whose last field ends at `end`; gives the plan's address. */
  finish(end: number, extent: number): number {
    const plan = this.#first;
    this.words[plan + PLAN_END] = end;
    this.words[plan + PLAN_EXTENT] = extent;
    this.#kept[this.#hash] = plan;
    this.#used = end;
    return plan;
  }

  #put(vtable: number, object: number, plan: number): void {
    const place = placeOf(vtable, object);
    this.#vtables[place] = vtable;
    this.#stamps[place] = this.#epoch * 65_536 + object;
    this.#plans[place] = plan;
  }

  /** Forgets where vtables lie, at the cost of one addition. */
  #leavePlaces(): void {
    if (++this.#epoch <= MAX_EPOCH) return;
    this.#stamps.fill(0);
    this.#epoch = 1;
  }

  #forget(): void {
    this.#used = 0;
    this.#kept.fill(0);
  }
}

/** A hash, not a position: bit operators do no harm here. */
function placeOf(vtable: number, object: number): number {
  return (Math.imul(object, 0x9e3779b1) ^ (vtable >>> 1) ^ (vtable >>> 11)) & (PLACES - 1);
}

function mixed(hash: number, voffset: number): number {
  const product = Math.imul(hash ^ voffset, 0x9e3779b1);
  return product ^ (product >>> 15);
}
