import type { KnownVtable } from "./known-vtable.js";
import type { KnownVtables } from "./known-vtables.js";

/** Below this there are too few tables to pay for the clearing. */
const MIN_BYTES = 4096;
const MAX_SLOTS = 1024;

/**
 * Made once: memory beside the heap for each walk can make the engine collect sooner, and drop what toJSON keeps for
 * its next text.
 */
let scratch: VtablePlaces | undefined;

/** Where in a large buffer known vtables lie, so that what they say isn't compared each time. */
export class VtablePlaces {
  readonly #places = new Int32Array(MAX_SLOTS);
  readonly #known: KnownVtable[] = [];
  #mask = 0;

  /** For a buffer of that size, forgetting all others; undefined for a small one. One walk at a time may use it. */
  static for(byteLength: number): VtablePlaces | undefined {
    if (byteLength < MIN_BYTES) return undefined;
    scratch ??= new VtablePlaces();
    // A slot for every 256 to 512 bytes; that many vtables are rare.
    const slots = Math.min(MAX_SLOTS, 2 ** (Math.floor(Math.log2(byteLength)) - 8));
    scratch.#places.fill(-1, 0, slots);
    scratch.#mask = slots - 1;
    return scratch;
  }

  /** Undefined when the vtable at `vtable` isn't known for tables of `object`. */
  find(data: DataView, vtables: KnownVtables, object: number, vtable: number): KnownVtable | undefined {
    // Vtables are even, and so near to one another that their lowest bits differ.
    const slot = ((vtable >> 1) ^ (object * 31)) & this.#mask;
    if (this.#places[slot] === vtable) {
      const known = this.#known[slot]!;
      if (known.object === object) return known;
    }
    const known = vtables.find(data, object, vtable);
    if (known !== undefined) {
      this.#places[slot] = vtable;
      this.#known[slot] = known;
    }
    return known;
  }
}
