import type { BackWriter } from "./back-writer.js";

const FEW = 32;
/** More slots than this aren't kept: one large buffer would make every small one after it pay for clearing them. */
const KEPT = 1024;

/**
 * Finds earlier pieces of a buffer by their content: vtables and shared strings, which are written once.
 *
 * Open addressing over references, compared byte by byte with what the builder holds. The hash starts from a number
 * drawn per index, so that no input can be made whose pieces all meet in one chain; the bytes that come out never
 * depend on it.
 */
export class ContentIndex {
  readonly #builder: BackWriter;
  readonly #seed: number = Math.floor(Math.random() * 0x7fffffff) * 2 + 1;
  /** Reference of each entry (0 = free) and its hash beside it. */
  #refs: Uint32Array = new Uint32Array(FEW);
  #hashes: Int32Array = new Int32Array(FEW);
  #count = 0;

  constructor(builder: BackWriter) {
    this.#builder = builder;
  }

  /** Forgets all pieces. */
  clear(): void {
    this.#count = 0;
    if (this.#refs.length > KEPT) {
      this.#refs = new Uint32Array(FEW);
      this.#hashes = new Int32Array(FEW);
    } else this.#refs.fill(0);
  }

  /**
   * The reference of the first piece equal to the `byteLength` bytes at `ref`, which is `ref` itself when there was
   * none (it is remembered then). Pieces must tell their own length in their first bytes, as vtables and strings do.
   */
  intern(ref: number, byteLength: number): number {
    const { capacity, data } = this.#builder;
    const start = capacity - ref;
    const hash = this.#hash(data, start, start + byteLength);
    const mask = this.#refs.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.#refs[slot]!;
      if (known === 0) break;
      if (this.#hashes[slot] === hash && isEqual(data, capacity - known, start, byteLength)) return known;
      slot = (slot + 1) & mask;
    }
    this.#refs[slot] = ref;
    this.#hashes[slot] = hash;
    this.#count++;
    // At most half full, so that chains stay short.
    if (this.#count * 2 > mask) this.#grow();
    return ref;
  }

  #hash(data: DataView, start: number, end: number): number {
    const multiplier = 0x01000193 ^ (this.#seed & 0x7ffffe);
    let hash = this.#seed;
    let pos = start;
    for (; pos + 4 <= end; pos += 4) {
      hash = Math.imul(hash ^ data.getInt32(pos, true), multiplier);
      hash ^= hash >>> 15;
    }
    for (; pos < end; pos++) hash = Math.imul(hash ^ data.getUint8(pos), multiplier);
    return hash ^ (hash >>> 13);
  }

  #grow(): void {
    const refs = this.#refs;
    const hashes = this.#hashes;
    const mask = refs.length * 2 - 1;
    this.#refs = new Uint32Array(refs.length * 2);
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

/** Two pieces of one length; both lie in front of the end, so that whole words of them can be read. */
function isEqual(data: DataView, left: number, right: number, byteLength: number): boolean {
  // The candidate may be shorter than the piece, its own length word differs then: it is compared first.
  let index = 0;
  for (; index + 4 <= byteLength; index += 4) {
    if (data.getInt32(left + index, true) !== data.getInt32(right + index, true)) return false;
  }
  for (; index < byteLength; index++) {
    if (data.getUint8(left + index) !== data.getUint8(right + index)) return false;
  }
  return true;
}
