import * as Op from "./quick-op.js";
import * as Q from "./quick-words.js";

/** Words of a step: its place in the table with its `Op` above, what the `Op` needs, its place in the vtable. */
export const STEP_WORDS = 3;
export const PLACE_MASK = 0xffff;
export const OP_SHIFT = 16;

/** What of the words of a schema it takes to find the steps. */
export type FieldWords = Pick<Q.QuickWords, "fields" | "first">;

/**
 * What good tables of an object have in common when their vtables say the same, and the steps that are left to take in
 * another one: to the fields that lead somewhere. Neither the vtable nor the inline fields are looked at again.
 */
export class KnownVtable {
  readonly object: number;
  /** The vtable's first four bytes: its size, and above it that of the table. */
  readonly sizes: number;
  /** Its last four bytes. */
  readonly last: number;
  /** What lies between, four bytes each; the last of them may lie in `last` too. */
  readonly #between: Int32Array;
  /** The alignment that its tables need, minus 1, and what of their positions that leaves. */
  readonly alignMask: number;
  readonly alignRest: number;
  /** STEP_WORDS each. */
  readonly steps: readonly number[];
  /** The one that had its slot before, and how many there are from here on. */
  readonly older: KnownVtable | undefined;
  readonly chain: number;

  /** Of the vtable at `vtable`, which the good table of `object` at `pos` uses. */
  constructor(
    data: DataView,
    words: FieldWords,
    object: number,
    vtable: number,
    pos: number,
    older: KnownVtable | undefined,
  ) {
    const vtableSize = data.getUint16(vtable, true);
    this.object = object;
    this.sizes = data.getInt32(vtable, true);
    this.last = data.getInt32(vtable + vtableSize - 4, true);
    const length = (vtableSize - 4) >> 2;
    this.#between = Int32Array.from({ length }, (_, index) => data.getInt32(vtable + 4 + 4 * index, true));
    const steps: number[] = [];
    this.alignMask = findSteps(data, words, object, vtable, steps);
    this.alignRest = pos & this.alignMask;
    this.steps = steps;
    this.older = older;
    this.chain = older === undefined ? 1 : older.chain + 1;
  }

  /** Whether the vtable at `vtable` says the same, if it has these first and last bytes. */
  isAt(data: DataView, vtable: number, object: number, sizes: number, last: number): boolean {
    if (this.object !== object || this.sizes !== sizes || this.last !== last || (vtable & 1) !== 0) return false;
    const between = this.#between;
    for (let index = 0, place = vtable + 4; index < between.length; index++, place += 4) {
      if (between[index] !== data.getInt32(place, true)) return false;
    }
    return true;
  }
}

/** Adds the steps of a table with that vtable; returns the alignment that it needs, minus 1. */
function findSteps(data: DataView, words: FieldWords, object: number, vtable: number, steps: number[]): number {
  const { fields, first } = words;
  const vtableSize = data.getUint16(vtable, true);
  let alignMask = 3;
  let address = first[object]!;
  // The slot behind the last one counts as absent: it may be the value of a union whose type is the last.
  for (let slot = 4; slot <= vtableSize && address < first[object + 1]!; slot += 2, address += Q.QUICK_WORDS) {
    const word = fields[address]!;
    const op = word & Q.OP_MASK;
    const entry = slot < vtableSize ? data.getUint16(vtable + slot, true) : 0;
    if (entry !== 0) {
      alignMask |= (word >>> Q.ALIGN_SHIFT) & Q.ALIGN_MASK;
      if (op !== Op.Inline) steps.push(entry | (op << OP_SHIFT), fields[address + 1]!, slot);
    } else if (op === Op.Union) {
      const typeEntry = data.getUint16(vtable + slot - 2, true);
      if (typeEntry !== 0) steps.push(typeEntry | (Op.NoUnion << OP_SHIFT), 0, slot);
    }
  }
  return alignMask;
}
