import type { QuickWalk } from "./quick-walk.js";
import * as Q from "./quick-words.js";

/* What the words of a vtable begin with: the alignment that its tables need, minus 1, and what of a position that leaves. */
export const ALIGN_MASK = 0;
export const ALIGN_REST = 1;
export const TABLE_SIZE = 2;
export const VTABLE_SIZE = 3;
/** Where its fields end; they begin at FIELDS. */
export const FIELDS_END = 4;
export const FIELDS = 5;

/** Words of a field: its place in the table with its `Op` above, what the `Op` needs, its place in the vtable. */
export const FIELD_WORDS = 3;
export const OP_SHIFT = 16;

/** Vtable, object, and where it is in `words`, or 0 after the first table that uses it. One more makes it a power of 2. */
const SLOT_WORDS = 4;
/** For each slot, on average. */
const WORDS = 16;

const MAX_SLOTS = 1024;

/** Below this there are too few tables to pay for the clearing. */
const MIN_BYTES = 4096;

/**
 * Made once: memory beside the heap for each walk can make the engine collect sooner, and drop what toJSON keeps for
 * its next text.
 */
let scratch: KnownVtables | undefined;

/**
 * Vtables that good tables use, each with what is left to look at in another table that uses it: its position, and the
 * fields that lead somewhere. Most tables share a few vtables, and of those neither the vtable nor the inline fields
 * are looked at again. What is forgotten or finds no space is only slower.
 */
export class KnownVtables {
  readonly words: Int32Array = new Int32Array(MAX_SLOTS * WORDS);
  readonly #slots = new Int32Array(MAX_SLOTS * SLOT_WORDS);
  #slotMask = 0;
  #top = 1;

  /** For a buffer of that size, forgetting all others; undefined for a small one. One walk at a time may use it. */
  static for(byteLength: number): KnownVtables | undefined {
    if (byteLength < MIN_BYTES) return undefined;
    scratch ??= new KnownVtables();
    scratch.#clear(byteLength);
    return scratch;
  }

  /** Leaves a slot for every 256 to 512 bytes; that many vtables are rare. */
  #clear(byteLength: number): void {
    const slots = Math.min(MAX_SLOTS, 2 ** (Math.floor(Math.log2(byteLength)) - 8));
    this.#slots.fill(0, 0, slots * SLOT_WORDS);
    this.#slotMask = (slots - 1) * SLOT_WORDS;
    this.#top = 1;
  }

  /** Where `words` tells of the vtable when a table of `object` uses it; 0 when they don't. */
  find(object: number, vtable: number): number {
    const slots = this.#slots;
    const slot = slotOf(object, vtable) & this.#slotMask;
    return slots[slot] === vtable && slots[slot + 1] === object ? slots[slot + 2]! : 0;
  }

  /** Notes the vtable of the good table at `pos`; from the second time on it is known. */
  add(walk: QuickWalk, object: number, vtable: number, pos: number): void {
    const slots = this.#slots;
    const slot = slotOf(object, vtable) & this.#slotMask;
    if (slots[slot] === vtable && slots[slot + 1] === object) {
      slots[slot + 2] = this.#describe(walk, object, vtable, pos);
    } else if (slots[slot + 2] === 0) {
      slots[slot] = vtable;
      slots[slot + 1] = object;
    }
  }

  #describe({ data, words: { fields, first } }: QuickWalk, object: number, vtable: number, pos: number): number {
    const { words } = this;
    const start = this.#top;
    const vtableSize = data.getUint16(vtable, true);
    if (start + FIELDS + FIELD_WORDS * (vtableSize >> 1) > words.length) return 0;
    let top = start + FIELDS;
    let alignMask = 3;
    const put = (op: number, word: number, entry: number, slot: number): void => {
      words[top] = entry | (op << OP_SHIFT);
      words[top + 1] = word;
      words[top + 2] = slot;
      top += FIELD_WORDS;
    };
    let address = first[object]!;
    // The slot behind the last one counts as absent: it may be the value of a union whose type is the last.
    for (let slot = 4; slot <= vtableSize && address < first[object + 1]!; slot += 2, address += Q.QUICK_WORDS) {
      const word = fields[address]!;
      const op = word & Q.OP_MASK;
      const entry = slot < vtableSize ? data.getUint16(vtable + slot, true) : 0;
      if (entry !== 0) {
        alignMask |= (word >>> Q.ALIGN_SHIFT) & Q.ALIGN_MASK;
        if (op !== Q.Op.Inline) put(op, fields[address + 1]!, entry, slot);
      } else if (op === Q.Op.Union) {
        const typeEntry = data.getUint16(vtable + slot - 2, true);
        if (typeEntry !== 0) put(Q.Op.NoUnion, 0, typeEntry, slot);
      }
    }
    words[start + ALIGN_MASK] = alignMask;
    words[start + ALIGN_REST] = pos & alignMask;
    words[start + TABLE_SIZE] = data.getUint16(vtable + 2, true);
    words[start + VTABLE_SIZE] = vtableSize;
    words[start + FIELDS_END] = top;
    this.#top = top;
    return start;
  }
}

/** Vtables are even, and so near to one another that their lowest bits differ. */
function slotOf(object: number, vtable: number): number {
  return ((vtable >> 1) ^ (object * 31)) * SLOT_WORDS;
}
