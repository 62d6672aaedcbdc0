import type { Builder } from "./builder.js";

/**
 * Finds earlier pieces of a buffer by their content: vtables and shared strings, which are written once.
 *
 * Open addressing over references, compared byte by byte with what the builder holds. The hash starts from a number
 * drawn per index, so that no input can be made whose pieces all meet in one chain; the bytes that come out never
 * depend on it.
 */
export class ContentIndex {
  readonly #builder: Builder;
  readonly #seed: number = Math.floor(Math.random() * 0x7fffffff) * 2 + 1;
  /** Reference of each entry (0 = free) and its hash beside it. */
  #refs: Float64Array = new Float64Array(32);
  #hashes: Int32Array = new Int32Array(32);
  #count = 0;

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  /**
   * The reference of the first piece equal to the `byteLength` bytes at `ref`, which is `ref` itself when there was
   * none (it is remembered then). Pieces must tell their own length in their first bytes, as vtables and strings do.
   */
  intern(ref: number, byteLength: number): number {
    const { bytes } = this.#builder;
    const start = bytes.length - ref;
    const hash = this.#hash(bytes, start, start + byteLength);
    const mask = this.#refs.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.#refs[slot]!;
      if (known === 0) break;
      if (this.#hashes[slot] === hash && isEqual(bytes, bytes.length - known, start, byteLength)) return known;
      slot = (slot + 1) & mask;
    }
    this.#refs[slot] = ref;
    this.#hashes[slot] = hash;
    this.#count++;
    // At most half full, so that chains stay short.
    if (this.#count * 2 > mask) this.#grow();
    return ref;
  }

  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    for (let pos = start; pos < end; pos++) {
      hash = Math.imul(hash ^ bytes[pos]!, 0x01000193 ^ (this.#seed & 0x7ffffe));
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #grow(): void {
    const refs = this.#refs;
    const hashes = this.#hashes;
    const mask = refs.length * 2 - 1;
    this.#refs = new Float64Array(refs.length * 2);
    this.#hashes = new Int32Array(refs.length * 2);
    for (let index = 0; index < refs.length; index++) {
      if (refs[index] === 0) continue;
      let slot = hashes[index]! & mask;
      while (this.#refs[slot] !== 0) slot = (slot + 1) & mask;
      this.#refs[slot] = refs[index]!;
      this.#hashes[slot] = hashes[index]!;
    }
  }
}

function isEqual(bytes: Uint8Array, left: number, right: number, byteLength: number): boolean {
  // The candidate may lie nearer to the end than the piece is long; its own length word differs then.
  for (let index = 0; index < byteLength; index++) {
    if (bytes[left + index] !== bytes[right + index]) return false;
  }
  return true;
}
