const FEW = 32;
/** More slots than this aren't kept: one large buffer would make every small one after it pay for clearing them. */
const KEPT = 1024;

/**
 * Finds earlier pieces of a buffer by their content, so that equal keys and strings are written once.
 *
 * Open addressing over positions. The hash is drawn anew for each pool, so that no input can be made whose pieces all
 * meet in one chain; what is found never depends on it.
 */
export class Pool {
  readonly #seed: number = Math.floor(Math.random() * 0x7fffffff);
  readonly #factor: number = Math.floor(Math.random() * 0x3fffffff) * 2 + 1;
  /** Position of each piece plus 1; 0 = free. Its length and hash are beside it. */
  #positions: Float64Array = new Float64Array(FEW);
  #lengths: Float64Array = new Float64Array(FEW);
  #hashes: Int32Array = new Int32Array(FEW);
  #count = 0;

  /** Bytes of its memory. */
  get capacity(): number {
    return this.#positions.length * 20;
  }

  /** Forgets all pieces. */
  clear(): void {
    if (this.#count === 0) return;
    this.#count = 0;
    if (this.#positions.length > KEPT) {
      this.#positions = new Float64Array(FEW);
      this.#lengths = new Float64Array(FEW);
      this.#hashes = new Int32Array(FEW);
    } else this.#positions.fill(0);
  }

  /** Where the first piece equal to `bytes[start, end)` lies: `start` itself, then remembered, when there was none. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = this.#hash(bytes, start, end);
    const byteLength = end - start;
    const mask = this.#hashes.length - 1;
    let index = hash & mask;
    while (this.#positions[index] !== 0) {
      const known = this.#positions[index]! - 1;
      if (
        this.#hashes[index] === hash &&
        this.#lengths[index] === byteLength &&
        isEqual(bytes, known, start, byteLength)
      ) {
        return known;
      }
      index = (index + 1) & mask;
    }
    this.#positions[index] = start + 1;
    this.#lengths[index] = byteLength;
    this.#hashes[index] = hash;
    this.#count++;
    if (this.#count * 2 > mask) this.#grow();
    return start;
  }

  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    for (let pos = start; pos < end; pos++) {
      hash = Math.imul(hash ^ bytes[pos]!, this.#factor);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #grow(): void {
    const [positions, lengths, hashes] = [this.#positions, this.#lengths, this.#hashes];
    const mask = positions.length * 2 - 1;
    this.#positions = new Float64Array(mask + 1);
    this.#lengths = new Float64Array(mask + 1);
    this.#hashes = new Int32Array(mask + 1);
    for (let old = 0; old < positions.length; old++) {
      if (positions[old] === 0) continue;
      let index = hashes[old]! & mask;
      while (this.#positions[index] !== 0) index = (index + 1) & mask;
      this.#positions[index] = positions[old]!;
      this.#lengths[index] = lengths[old]!;
      this.#hashes[index] = hashes[old]!;
    }
  }
}

function isEqual(bytes: Uint8Array, left: number, right: number, byteLength: number): boolean {
  for (let index = 0; index < byteLength; index++) {
    if (bytes[left + index] !== bytes[right + index]) return false;
  }
  return true;
}
