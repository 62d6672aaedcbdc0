/** Types are counted from 0 up to here: objects and kinds of vectors of one schema. */
const TYPE_RANGE = 2 ** 20;

/**
 * References of what was copied, by its position in the old bytes and its type: the same bytes seen as another type are
 * other data.
 *
 * Open addressing in typed arrays, for a `Map` of the engine ends at 16 million entries. Positions come from strangers,
 * so the hash starts from a number drawn per memo; what comes out never depends on it.
 */
export class CopyMemo {
  /** pos x TYPE_RANGE + type + 1; 0 = free. Exact up to 2^33 bytes, as much as typed arrays hold. */
  #keys: Float64Array = new Float64Array(64);
  #refs: Uint32Array = new Uint32Array(64);
  #count = 0;
  readonly #seed: number = Math.floor(Math.random() * 0x7fffffff) * 2 + 1;

  /** The reference, or 0 for none. */
  get(pos: number, type: number): number {
    return this.#refs[this.#slot(this.#keys, pos, type)]!;
  }

  set(pos: number, type: number, ref: number): void {
    const slot = this.#slot(this.#keys, pos, type);
    if (this.#keys[slot] === 0) this.#count++;
    this.#keys[slot] = pos * TYPE_RANGE + type + 1;
    this.#refs[slot] = ref;
    if (this.#count * 2 > this.#keys.length) this.#grow();
  }

  /** Where the key stands, or would. */
  #slot(keys: Float64Array, pos: number, type: number): number {
    const key = pos * TYPE_RANGE + type + 1;
    const mask = keys.length - 1;
    const mixed = Math.imul(Math.imul(pos ^ this.#seed, 0x85ebca6b) ^ type, this.#seed);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const refs = this.#refs;
    const larger = new Float64Array(keys.length * 2);
    this.#refs = new Uint32Array(larger.length);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index]!;
      if (key === 0) continue;
      const type = (key - 1) % TYPE_RANGE;
      const slot = this.#slot(larger, (key - 1 - type) / TYPE_RANGE, type);
      larger[slot] = key;
      this.#refs[slot] = refs[index]!;
    }
    this.#keys = larger;
  }
}
