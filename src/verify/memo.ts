/** Bytes of one entry: position, type with height, visits, apparent bytes. */
const ENTRY_WORDS = 4;
/** How many neighbouring entries a key may stand in; the last is overwritten when all are taken. */
const PROBES = 4;
const MAX_U32 = 0xffffffff;

/**
 * What was checked already, remembered by position *and* type: the same bytes seen as another type are other data.
 *
 * An entry holds what the subtree costs unfolded, so that a further reference is charged in full without being walked.
 * It's a cache of fixed size (half the buffer's bytes at most): where it forgets, the walk is only slower, and the
 * budget bounds that.
 */
export class Memo {
  /** Bytes of this memo and of those around it. */
  readonly total: number;
  readonly #words: Uint32Array;
  readonly #mask: number;
  /** Where `find` met its entry. */
  #found = 0;

  constructor(bufferBytes: number, outer = 0) {
    let entries = 16;
    while (entries * ENTRY_WORDS * 4 * 2 <= bufferBytes / 2) entries *= 2;
    this.#words = new Uint32Array(entries * ENTRY_WORDS);
    this.#mask = entries - 1;
    this.total = outer + this.#words.byteLength;
  }

  /** Whether (pos, type) was checked; then height, visits and bytes tell of it. */
  find(pos: number, type: number): boolean {
    const words = this.#words;
    let slot = this.#slot(pos, type);
    for (let probe = 0; probe < PROBES; probe++) {
      const at = slot * ENTRY_WORDS;
      // A height is at least 1 and stands above the type's bits, so an empty entry matches nothing.
      if (words[at] === pos && words[at + 1]! % TYPE_RANGE === type && words[at + 1]! >= TYPE_RANGE) {
        this.#found = at;
        return true;
      }
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  get height(): number {
    return Math.floor(this.#words[this.#found + 1]! / TYPE_RANGE) - 1;
  }

  get visits(): number {
    return this.#words[this.#found + 2]!;
  }

  get bytes(): number {
    return this.#words[this.#found + 3]!;
  }

  /** Remembers a checked subtree, in place of what it knew of that place. One too large for an entry is forgotten. */
  add(pos: number, type: number, height: number, visits: number, bytes: number): void {
    if (pos > MAX_U32 || visits > MAX_U32 || bytes > MAX_U32) return;
    const words = this.#words;
    let slot = this.#slot(pos, type);
    for (let probe = 0; probe < PROBES - 1 && !this.#isFor(slot * ENTRY_WORDS, pos, type); probe++) {
      slot = (slot + 1) & this.#mask;
    }
    const at = slot * ENTRY_WORDS;
    words[at] = pos;
    words[at + 1] = (height + 1) * TYPE_RANGE + type;
    words[at + 2] = visits;
    words[at + 3] = bytes;
  }

  /**
   * The same for the values and types of a vector of unions, which are one subtree only together. Each has an entry
   * that names the other's position: two that name each other were checked as a pair, and are the last that were.
   *
   * @returns The visits, or -1 when the pair wasn't checked; height and bytes are told as after `find`.
   */
  findUnions(values: number, types: number, union: number): number {
    if (!this.find(types, unionTypesType(union)) || this.visits !== values) return -1;
    const visits = this.bytes;
    return this.find(values, unionValuesType(union)) && this.visits === types ? visits : -1;
  }

  addUnions(values: number, types: number, union: number, height: number, visits: number, bytes: number): void {
    this.add(values, unionValuesType(union), height, types, bytes);
    this.add(types, unionTypesType(union), 0, values, visits);
  }

  /** Whether the entry at `at` is empty, or about this place. */
  #isFor(at: number, pos: number, type: number): boolean {
    const said = this.#words[at + 1]!;
    return said === 0 || (this.#words[at] === pos && said % TYPE_RANGE === type);
  }

  #slot(pos: number, type: number): number {
    const hash = Math.imul(pos ^ Math.imul(type, 0x9e3779b1), 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}

/*
 * What a position was checked as. Objects and enums are at most 65,535; a height (at most 1,001) times TYPE_RANGE stays
 * below 2^32.
 */
const TYPE_RANGE = 524_288;

/** A table of the object with this index. */
export function tableType(object: number): number {
  return object;
}

/** A vector of tables of this object. */
export function tableVectorType(object: number): number {
  return 65_536 + object;
}

/** A nested buffer with a root of this object. */
export function nestedType(object: number): number {
  return 131_072 + object;
}

/** The values of a vector of unions of this enum. */
export function unionValuesType(union: number): number {
  return 196_608 + union;
}

/** The types of such a vector. */
export function unionTypesType(union: number): number {
  return 262_144 + union;
}

export const STRING_TYPE = 327_680;
export const STRING_VECTOR_TYPE = 327_681;
export const FLEXBUFFER_TYPE = 327_682;
