import { FlatbufferError } from "../wire/error.js";
import { encodeUtf8 } from "../wire/utf8.js";
import { ContentIndex } from "./content-index.js";

/** The farthest a 32-bit offset may point, and with that the size of a buffer without 64-bit fields. */
const MAX_UOFFSET = 0x7fffffff;
/** The first voffset: a vtable begins with its own size and the table's. */
const FIRST_VOFFSET = 4;
const MAX_U16 = 0xffff;

/** What `Builder.finish` writes around the root table. */
export interface FinishOptions {
  /** Four characters to write behind the root offset; empty or absent for none. */
  readonly identifier?: string | undefined;
  /** Whether to write the length in front. Default false. */
  readonly sizePrefixed?: boolean | undefined;
}

/**
 * Writes one FlatBuffer from its end towards its start, so that everything stands before what refers to it.
 *
 * A reference (`ref`) names a finished piece: the bytes written when it was complete, counted from the end of the
 * buffer. It stays valid while the buffer grows. Children first: no string, vector or table may be begun between
 * `startTable` and `endTable`.
 *
 * Layout is exactly flatc's: same padding, same order, same reuse of equal vtables. Throws `buffer-too-large` when
 * offsets or memory don't suffice, `table-size-out-of-range` for a table above 64 KiB.
 */
export class Builder {
  /** The memory; what is written lies in `[head, bytes.length)`. Changes when it grows. */
  bytes: Uint8Array;
  /** The same memory for multi-byte writes. */
  data: DataView;
  /** Index of the first written byte. */
  head: number;
  /** The largest alignment that anything asked for. */
  minAlign = 1;

  readonly #vtables: ContentIndex = new ContentIndex(this);
  #strings: ContentIndex | undefined;
  /** By field id: where the value of the open table is, counted from `#tableStart`; 0 = absent. */
  #fieldRefs: Int32Array = new Int32Array(32);
  /** Field ids used by the open table. */
  #fieldCount = 0;
  /** Reference of what was written before the open table, or -1 when none is open. */
  #tableStart = -1;

  /** @param initialByteLength First size of the memory; it doubles as needed. */
  constructor(initialByteLength = 1024) {
    this.bytes = new Uint8Array(Math.max(16, initialByteLength));
    this.data = new DataView(this.bytes.buffer);
    this.head = this.bytes.length;
  }

  /** Bytes written so far: the reference of what was written last. */
  get size(): number {
    return this.bytes.length - this.head;
  }

  /** Makes room for `byteLength` more bytes, so that the `push` functions need not ask. */
  reserve(byteLength: number): void {
    if (this.head < byteLength) this.#grow(byteLength);
  }

  /** Pads so that the next `byteLength` bytes will end up aligned; `alignment` is a power of two. */
  prealign(byteLength: number, alignment: number): void {
    if (alignment > this.minAlign) this.minAlign = alignment;
    this.#pad(-(this.bytes.length - this.head + byteLength) & (alignment - 1));
  }

  /** Pads until what is written is a multiple of `alignment`, a power of two. */
  align(alignment: number): void {
    if (alignment > this.minAlign) this.minAlign = alignment;
    this.#pad(-(this.bytes.length - this.head) & (alignment - 1));
  }

  pushInt8(value: number): void {
    if (this.head < 1) this.#grow(1);
    this.bytes[--this.head] = value;
  }

  pushInt16(value: number): void {
    this.align(2);
    if (this.head < 2) this.#grow(2);
    this.head -= 2;
    this.data.setInt16(this.head, value, true);
  }

  /** Also for unsigned values: what is stored are the low 32 bits. */
  pushInt32(value: number): void {
    this.align(4);
    if (this.head < 4) this.#grow(4);
    this.head -= 4;
    this.data.setInt32(this.head, value, true);
  }

  /** Also for unsigned values: what is stored are the low 64 bits. */
  pushInt64(value: bigint): void {
    this.align(8);
    if (this.head < 8) this.#grow(8);
    this.head -= 8;
    this.data.setBigInt64(this.head, value, true);
  }

  /** 64 bits by their halves. */
  pushBits64(low: number, high: number): void {
    this.align(8);
    if (this.head < 8) this.#grow(8);
    this.head -= 8;
    this.data.setInt32(this.head, low, true);
    this.data.setInt32(this.head + 4, high, true);
  }

  pushFloat32(value: number): void {
    this.align(4);
    if (this.head < 4) this.#grow(4);
    this.head -= 4;
    this.data.setFloat32(this.head, value, true);
  }

  pushFloat64(value: number): void {
    this.align(8);
    if (this.head < 8) this.#grow(8);
    this.head -= 8;
    this.data.setFloat64(this.head, value, true);
  }

  /** A 32-bit offset to the piece `ref`. */
  pushOffset(ref: number): void {
    this.align(4);
    const uoffset = this.bytes.length - this.head - ref + 4;
    if (uoffset > MAX_UOFFSET) throw tooLarge(uoffset);
    this.pushInt32(uoffset);
  }

  /** A 64-bit offset to the piece `ref`. */
  pushOffset64(ref: number): void {
    this.align(8);
    this.pushInt64(BigInt(this.bytes.length - this.head - ref + 8));
  }

  /** Bytes as they are, without alignment. */
  pushBytes(source: Uint8Array, start = 0, end: number = source.length): void {
    const byteLength = end - start;
    if (this.head < byteLength) this.#grow(byteLength);
    this.head -= byteLength;
    const { bytes, head } = this;
    // Making a subarray costs as much as copying some 60 bytes.
    if (byteLength > 64) bytes.set(source.subarray(start, end), head);
    else for (let index = 0; index < byteLength; index++) bytes[head + index] = source[start + index]!;
  }

  /**
   * A string, NUL-terminated.
   *
   * @param shared Whether to reuse an equal string that was made with `shared` before.
   * @returns Its reference. Throws `invalid-utf8` for text with a lone surrogate; bytes are taken as they are.
   */
  createString(text: string | Uint8Array, shared = false): number {
    const utf8 = typeof text === "string" ? encodeUtf8(text) : text;
    return this.createStringFrom(utf8, 0, utf8.length, shared);
  }

  /** As `createString`, from `utf8[start, end)`. */
  createStringFrom(utf8: Uint8Array, start: number, end: number, shared = false): number {
    const { head } = this;
    const before = this.bytes.length - head;
    const byteLength = end - start;
    if (byteLength > MAX_UOFFSET) throw tooLarge(byteLength);
    this.prealign(byteLength + 1, 4);
    this.pushInt8(0);
    this.pushBytes(utf8, start, end);
    this.pushInt32(byteLength);
    const ref = this.bytes.length - this.head;
    if (!shared) return ref;
    this.#strings ??= new ContentIndex(this);
    const known = this.#strings.intern(ref, byteLength + 4);
    if (known !== ref) this.head = this.bytes.length - before;
    return known;
  }

  /**
   * Prepares a vector whose elements are pushed next, last one first; `endVector` completes it.
   *
   * @param alignment Alignment of an element, a power of two.
   * @param forceAlign The field's force_align, 1 for none.
   * @param length64 Whether the length is 64 bits wide.
   */
  startVector(elementByteLength: number, count: number, alignment: number, forceAlign = 1, length64 = false): void {
    const byteLength = elementByteLength * count;
    if (count > 0 && forceAlign > 1) this.prealign(byteLength, forceAlign);
    // The length stands right before the first element, so its own alignment is wanted there too. An empty vector
    // needs none for its elements.
    if (byteLength === 0) return;
    this.prealign(byteLength, length64 ? 8 : 4);
    this.prealign(byteLength, alignment);
  }

  /** Writes the length of the vector begun with `startVector`; returns its reference. */
  endVector(count: number, length64 = false): number {
    if (length64) this.pushInt64(BigInt(count));
    else if (count > MAX_UOFFSET) throw tooLarge(count);
    else this.pushInt32(count);
    return this.size;
  }

  /** A vector of elements that lie ready in `source[start, end)`, little-endian and one after another. */
  createVector(
    source: Uint8Array,
    start: number,
    end: number,
    elementByteLength: number,
    alignment: number,
    forceAlign = 1,
    length64 = false,
  ): number {
    const count = (end - start) / elementByteLength;
    this.startVector(elementByteLength, count, alignment, forceAlign, length64);
    this.pushBytes(source, start, end);
    return this.endVector(count, length64);
  }

  /** A vector of offsets to the pieces `refs[start, end)`. */
  createOffsetVector(refs: ArrayLike<number>, start = 0, end: number = refs.length, forceAlign = 1): number {
    const count = end - start;
    this.startVector(4, count, 4, forceAlign);
    this.reserve(count * 4);
    for (let index = end - 1; index >= start; index--) this.pushOffset(refs[index]!);
    return this.endVector(count);
  }

  /** Opens a table. Fields are added in any order; each one lands before (at a lower address than) the last. */
  startTable(): void {
    this.#tableStart = this.bytes.length - this.head;
    this.#fieldCount = 0;
  }

  /** Says that the value just pushed is the field at `voffset` (4 + 2 x id) of the open table. */
  markField(voffset: number): void {
    const id = (voffset - FIRST_VOFFSET) / 2;
    if (id >= this.#fieldCount) this.#coverField(id);
    this.#fieldRefs[id] = this.bytes.length - this.head - this.#tableStart;
  }

  addInt8(voffset: number, value: number): void {
    this.pushInt8(value);
    this.markField(voffset);
  }

  addInt16(voffset: number, value: number): void {
    this.pushInt16(value);
    this.markField(voffset);
  }

  addInt32(voffset: number, value: number): void {
    this.pushInt32(value);
    this.markField(voffset);
  }

  addInt64(voffset: number, value: bigint): void {
    this.pushInt64(value);
    this.markField(voffset);
  }

  addFloat32(voffset: number, value: number): void {
    this.pushFloat32(value);
    this.markField(voffset);
  }

  addFloat64(voffset: number, value: number): void {
    this.pushFloat64(value);
    this.markField(voffset);
  }

  addOffset(voffset: number, ref: number): void {
    this.pushOffset(ref);
    this.markField(voffset);
  }

  addOffset64(voffset: number, ref: number): void {
    this.pushOffset64(ref);
    this.markField(voffset);
  }

  /** A struct that lies ready in `source[start, end)`. */
  addStruct(voffset: number, source: Uint8Array, start: number, end: number, alignment: number): void {
    this.align(alignment);
    this.pushBytes(source, start, end);
    this.markField(voffset);
  }

  /** Closes the open table: writes its vtable unless an equal one is there. Returns the table's reference. */
  endTable(): number {
    this.pushInt32(0);
    const table = this.bytes.length - this.head;
    const vtableSize = FIRST_VOFFSET + 2 * this.#fieldCount;
    const tableSize = table - this.#tableStart;
    if (tableSize > MAX_U16 || vtableSize > MAX_U16) throw tableTooLarge(tableSize, vtableSize);
    this.reserve(vtableSize);
    this.head -= vtableSize;
    const { data, head } = this;
    data.setUint16(head, vtableSize, true);
    data.setUint16(head + 2, tableSize, true);
    const fieldRefs = this.#fieldRefs;
    for (let id = 0, pos = head + FIRST_VOFFSET; id < this.#fieldCount; id++, pos += 2) {
      const ref = fieldRefs[id]!;
      data.setUint16(pos, ref === 0 ? 0 : tableSize - ref, true);
    }
    const fresh = this.bytes.length - head;
    const vtable = this.#vtables.intern(fresh, vtableSize);
    if (vtable !== fresh) this.head += vtableSize;
    data.setInt32(this.bytes.length - table, vtable - table, true);
    this.#tableStart = -1;
    return table;
  }

  /**
   * Writes root offset, identifier and size prefix, and returns the finished buffer in memory of its own.
   * The builder must not be used after that.
   */
  finish(root: number, options: FinishOptions = {}): Uint8Array {
    const identifier = options.identifier ?? "";
    const sizePrefixed = options.sizePrefixed === true;
    const header = 4 + (identifier === "" ? 0 : 4) + (sizePrefixed ? 4 : 0);
    // The prefix counts as part of the buffer: alignment starts at its first byte.
    if (this.minAlign < 4) this.minAlign = 4;
    this.prealign(header, this.minAlign);
    if (identifier !== "") this.#pushIdentifier(identifier);
    this.pushOffset(root);
    if (sizePrefixed) this.pushInt32(this.size);
    return this.bytes.slice(this.head);
  }

  #pushIdentifier(identifier: string): void {
    const utf8 = encodeUtf8(identifier);
    if (utf8.length !== 4) {
      throw new FlatbufferError(
        "invalid-argument",
        `a file identifier has 4 bytes, ${JSON.stringify(identifier)} has ${utf8.length}`,
      );
    }
    this.pushBytes(utf8);
  }

  #coverField(id: number): void {
    if (id >= this.#fieldRefs.length) {
      const larger = new Int32Array(Math.max(id + 1, this.#fieldRefs.length * 2));
      larger.set(this.#fieldRefs.subarray(0, this.#fieldCount));
      this.#fieldRefs = larger;
    }
    this.#fieldRefs.fill(0, this.#fieldCount, id + 1);
    this.#fieldCount = id + 1;
  }

  #pad(byteLength: number): void {
    if (byteLength === 0) return;
    if (this.head < byteLength) this.#grow(byteLength);
    // Dropped pieces leave their bytes behind, so padding is written, not assumed.
    for (let index = 0; index < byteLength; index++) this.bytes[--this.head] = 0;
  }

  #grow(byteLength: number): void {
    const size = this.bytes.length - this.head;
    const capacity = Math.max(this.bytes.length * 2, size + byteLength);
    const larger = allocate(capacity, size + byteLength);
    larger.set(this.bytes.subarray(this.head), larger.length - size);
    this.bytes = larger;
    this.data = new DataView(larger.buffer);
    this.head = larger.length - size;
  }
}

/** `wanted` bytes, or `needed` when the engine has no more. */
function allocate(wanted: number, needed: number): Uint8Array {
  for (const byteLength of [wanted, needed]) {
    try {
      return new Uint8Array(byteLength);
    } catch (error) {
      if (byteLength === needed || !(error instanceof RangeError)) throw tooLarge(needed, error);
    }
  }
  throw tooLarge(needed);
}

function tooLarge(byteLength: number, cause?: unknown): FlatbufferError {
  const message = `the buffer would need ${byteLength} bytes where 32-bit offsets and memory allow fewer; split the data or use 64-bit fields`;
  return new FlatbufferError("buffer-too-large", message, { cause });
}

function tableTooLarge(tableSize: number, vtableSize: number): FlatbufferError {
  const what = tableSize > MAX_U16 ? `a table of ${tableSize} bytes` : `a vtable of ${vtableSize} bytes`;
  return new FlatbufferError("table-size-out-of-range", `${what} is more than the 65535 that a table may have`);
}
