/** Below this a buffer has too few strings to pay for the memory. */
const MIN_BYTES = 4096;
const MAX_SLOTS = 1024;

/**
 * Short strings that were made of one buffer, by their bytes: texts repeat (names, units, tags), and bytes are
 * compared sooner than a string is made and later collected. The newest takes the place of another with the same hash.
 *
 * A position is that of a string's length, which is compared as well; so each string has four bytes to read.
 */
export class RecentStrings {
  readonly data: DataView;
  /** Of the kept strings; 0 for none. */
  readonly #places: number[];
  readonly #texts: string[];

  constructor(data: DataView) {
    this.data = data;
    const slots = Math.min(MAX_SLOTS, 2 ** (Math.floor(Math.log2(data.byteLength)) - 6));
    this.#places = new Array<number>(slots).fill(0);
    this.#texts = new Array<string>(slots).fill("");
  }

  /** Undefined for a small buffer. */
  static for(data: DataView): RecentStrings | undefined {
    return data.byteLength < MIN_BYTES ? undefined : new RecentStrings(data);
  }

  /** Where the string at `pos` is kept, if it is: by its first, its last four bytes and its length. */
  slotOf(pos: number, length: number): number {
    const { data } = this;
    const last = data.getInt32(pos + length, true);
    const first = length < 4 ? length : data.getInt32(pos + 4, true);
    const mixed = Math.imul(Math.imul(first ^ length, 0x9e3779b1) ^ last, 0x85ebca6b);
    return (mixed >>> 16) & (this.#places.length - 1);
  }

  /** The string in `slot`, if its bytes are those at `pos`. */
  find(slot: number, pos: number, length: number): string | undefined {
    const { data } = this;
    const place = this.#places[slot]!;
    if (place === 0 || data.getInt32(place, true) !== length) return undefined;
    for (let at = 4; at < length; at += 4) {
      if (data.getInt32(place + at, true) !== data.getInt32(pos + at, true)) return undefined;
    }
    // The last four bytes, perhaps again; of a shorter string with a part of its length.
    return data.getInt32(place + length, true) === data.getInt32(pos + length, true) ? this.#texts[slot] : undefined;
  }

  keep(slot: number, pos: number, text: string): string {
    this.#places[slot] = pos;
    this.#texts[slot] = text;
    return text;
  }
}
