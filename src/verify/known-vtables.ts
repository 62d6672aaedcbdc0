import { type FieldWords, KnownVtable } from "./known-vtable.js";

const SLOTS = 128;
const SLOT_SHIFT = 25;
/** How many share a slot before all of them are forgotten. Those of one size that end alike always do. */
const MAX_CHAIN = 4;

/** Larger vtables are looked at each time: what is kept of a schema stays small, whatever strangers send. */
const MAX_VTABLE_SIZE = 2048;

/**
 * The vtables of tables that are good themselves, wherever they lead, by what they say: in one buffer many tables
 * share a few, and the next message has the same ones. What is forgotten or finds no slot is only slower.
 */
export class KnownVtables {
  readonly #words: FieldWords;
  /** The newest in each slot. */
  readonly #slots: (KnownVtable | undefined)[] = new Array<KnownVtable | undefined>(SLOTS).fill(undefined);
  /** By slot: the hash that came by last. Only one that comes twice in a row is worth the work. */
  readonly #seen = new Int32Array(SLOTS);

  constructor(words: FieldWords) {
    this.#words = words;
  }

  /** Undefined when the vtable at `vtable` isn't known for tables of `object`. */
  find(data: DataView, object: number, vtable: number): KnownVtable | undefined {
    const sizes = data.getInt32(vtable, true);
    const last = data.getInt32(vtable + (sizes & 0xffff) - 4, true);
    let known = this.#slots[hashOf(object, sizes, last) >>> SLOT_SHIFT];
    while (known !== undefined && !known.isAt(data, vtable, object, sizes, last)) known = known.older;
    return known;
  }

  /** Notes the vtable of the good table at `pos`; from the second time on it is known. */
  add(data: DataView, object: number, vtable: number, pos: number): void {
    const sizes = data.getInt32(vtable, true);
    const vtableSize = sizes & 0xffff;
    if (vtableSize > MAX_VTABLE_SIZE) return;
    const hash = hashOf(object, sizes, data.getInt32(vtable + vtableSize - 4, true));
    const slot = hash >>> SLOT_SHIFT;
    if (this.#seen[slot] !== hash) {
      this.#seen[slot] = hash;
      return;
    }
    const newest = this.#slots[slot];
    const older = newest === undefined || newest.chain === MAX_CHAIN ? undefined : newest;
    this.#slots[slot] = new KnownVtable(data, this.#words, object, vtable, pos, older);
  }
}

/** Vtables of one object that differ mostly differ in these. The highest bits are mixed best. */
function hashOf(object: number, sizes: number, last: number): number {
  const mixed = Math.imul(sizes, 0x9e3779b1);
  return Math.imul((mixed ^ (mixed >>> 15)) + last + 31 * object, 0x85ebca6b);
}
