import { encodeUtf8, utf8Length, writeUtf8 } from "../wire/encode-utf8.js";
import { FlatbufferError } from "../wire/error.js";
import { BackWriter, MAX_UOFFSET, tooLarge } from "./back-writer.js";
import { ContentIndex } from "./content-index.js";
import type { TableLayout } from "./table-layout.js";

/** The first voffset: a vtable begins with its own size and the table's. */
const FIRST_VOFFSET = 4;
const MAX_U16 = 0xffff;
/** From here on the engine's own copying is faster than a loop over words. */
const MANY = 128;
/** What is text in the last word of a string, when that is 0 to 3 bytes. */
const LAST_WORD = [0, 0xff, 0xffff, 0xffffff];
/** Numbers the buffers that builders began. */
let buffers = 0;

/** What `Builder.finish` writes around the root table. */
export interface FinishOptions {
  /** Four characters, or their bytes, to write behind the root offset; empty or absent for none. */
  readonly identifier?: string | Uint8Array | undefined;
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
export class Builder extends BackWriter {
  readonly #vtables: ContentIndex = new ContentIndex(this);
  #strings: ContentIndex | undefined;
  /** Tells the buffer under way from all others, for `TableLayout`. */
  #buffer = ++buffers;
  /** By field id: reference of the open table's value; 0 = absent. */
  #fieldRefs: Uint32Array = new Uint32Array(32);
  /** Field ids used by the open table. */
  #fieldCount = 0;
  /** Reference of what was written before the open table, or -1 when none is open. */
  #tableStart = -1;

  /**
   * Begins another buffer; only after `finish`, or when the buffer is given up.
   *
   * @param initialByteLength How much memory to begin with, at least.
   */
  clear(initialByteLength = 0): void {
    this.restart(initialByteLength);
    this.#vtables.clear();
    this.#strings = undefined;
    this.#buffer = ++buffers;
    this.#fieldCount = 0;
    this.#tableStart = -1;
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
    const before = this.capacity - head;
    const byteLength = end - start;
    if (byteLength > MAX_UOFFSET) throw tooLarge(byteLength);
    this.prealign(byteLength + 1, 4);
    this.pushInt8(0);
    this.pushBytes(utf8, start, end);
    this.pushInt32(byteLength);
    const ref = this.capacity - this.head;
    if (!shared) return ref;
    this.#strings ??= new ContentIndex(this);
    const known = this.#strings.intern(ref, byteLength + 4);
    if (known !== ref) this.head = this.capacity - before;
    return known;
  }

  /**
   * As `createStringFrom`, not shared, from memory that goes on for at least 4 bytes behind `end`: copied word by
   * word, with the terminator and the padding in the last one.
   */
  createStringByWords(utf8: Uint8Array, words: DataView, start: number, end: number): number {
    const byteLength = end - start;
    if (byteLength > MANY || ((this.capacity - this.head) & 3) !== 0) return this.createStringFrom(utf8, start, end);
    if (this.minAlign < 4) this.minAlign = 4;
    const rest = byteLength & 3;
    const whole = byteLength - rest;
    this.reserve(whole + 8);
    const head = this.head - whole - 8;
    const { data } = this;
    data.setInt32(head, byteLength, true);
    for (let at = 0; at < whole; at += 4) data.setInt32(head + 4 + at, words.getInt32(start + at, true), true);
    data.setInt32(head + 4 + whole, words.getInt32(start + whole, true) & LAST_WORD[rest]!, true);
    this.head = head;
    return this.capacity - head;
  }

  /**
   * A string not shared, encoded here: for short strings, where a call into the engine costs more. -1 when it has half
   * a surrogate pair, and nothing is written.
   */
  createShortString(text: string): number {
    if ((this.head & 3) !== 0) return -1;
    const byteLength = utf8Length(text);
    if (byteLength < 0) return -1;
    const whole = byteLength - (byteLength & 3);
    this.reserve(whole + 8);
    const head = this.head - whole - 8;
    const { data } = this;
    data.setInt32(head, byteLength, true);
    data.setInt32(head + 4 + whole, 0, true);
    writeUtf8(this.bytes, head + 4, text);
    if (this.minAlign < 4) this.minAlign = 4;
    this.head = head;
    return this.capacity - head;
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

  /** A vector of offsets to the pieces `refs[start, end)`; 0 stands for an element of a union that has no value. */
  createOffsetVector(refs: ArrayLike<number>, start = 0, end: number = refs.length, forceAlign = 1): number {
    const count = end - start;
    this.startVector(4, count, 4, forceAlign);
    this.reserve(count * 4);
    for (let index = end - 1; index >= start; index--) {
      const ref = refs[index]!;
      if (ref === 0) this.pushInt32(0);
      else this.pushOffset(ref);
    }
    return this.endVector(count);
  }

  /**
   * Opens a table. Fields are added in any order; each one lands before (at a lower address than) the last.
   *
   * @param fieldCount How many field ids the table will use, if that is known; more can come.
   */
  startTable(fieldCount = 0): void {
    this.#tableStart = this.capacity - this.head;
    this.#fieldCount = 0;
    if (fieldCount > 0) this.#coverField(fieldCount - 1);
  }

  /** Says that the value just pushed is the field at `voffset` (4 + 2 x id) of the open table. */
  markField(voffset: number): void {
    const id = (voffset - FIRST_VOFFSET) >>> 1;
    if (id >= this.#fieldCount) this.#coverField(id);
    this.#fieldRefs[id] = this.capacity - this.head;
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
    const table = this.capacity - this.head;
    const vtableSize = FIRST_VOFFSET + 2 * this.#fieldCount;
    const tableSize = table - this.#tableStart;
    if (tableSize > MAX_U16 || vtableSize > MAX_U16) throw tableTooLarge(tableSize, vtableSize);
    const vtable = this.#writeVtable(vtableSize, tableSize, table);
    this.data.setInt32(this.capacity - table, vtable - table, true);
    this.#tableStart = -1;
    return table;
  }

  /**
   * Takes room for a table that is laid out like one before, and returns where in `bytes` it starts. The caller fills
   * in its fields; nothing may be written before `endKnownTable`.
   */
  startKnownTable(layout: TableLayout): number {
    const { tableSize, align, gaps } = layout;
    if (this.minAlign < align) this.minAlign = align;
    this.reserve(tableSize + layout.vtable.length);
    this.head -= tableSize;
    const { head, bytes } = this;
    for (let index = 0; index < gaps.length; index++) bytes[head + gaps[index]!] = 0;
    return head;
  }

  /** Closes that table, as `endTable`. */
  endKnownTable(layout: TableLayout): number {
    const table = this.capacity - this.head;
    if (layout.buffer !== this.#buffer) {
      this.pushBytes(layout.vtable);
      layout.vtableRef = this.#internVtable(layout.vtable.length);
      layout.buffer = this.#buffer;
    }
    this.data.setInt32(this.capacity - table, layout.vtableRef - table, true);
    return table;
  }

  /**
   * Writes root offset, identifier and size prefix, and returns the finished buffer, as `take`.
   * Nothing but `clear` may follow.
   */
  finish(root: number, options: FinishOptions = {}): Uint8Array {
    const identifier = options.identifier ?? "";
    const sizePrefixed = options.sizePrefixed === true;
    const header = 4 + (identifier.length === 0 ? 0 : 4) + (sizePrefixed ? 4 : 0);
    // The prefix counts as part of the buffer: alignment starts at its first byte.
    if (this.minAlign < 4) this.minAlign = 4;
    this.prealign(header, this.minAlign);
    if (identifier.length > 0) this.#pushIdentifier(identifier);
    this.pushOffset(root);
    if (sizePrefixed) this.pushInt32(this.size);
    return this.take();
  }

  /** Reference of the vtable of the open table: an equal one that is there, else one written now. */
  #writeVtable(vtableSize: number, tableSize: number, table: number): number {
    this.reserve(vtableSize);
    this.head -= vtableSize;
    const { data, head } = this;
    data.setUint16(head, vtableSize, true);
    data.setUint16(head + 2, tableSize, true);
    const fieldRefs = this.#fieldRefs;
    for (let id = 0, pos = head + FIRST_VOFFSET; id < this.#fieldCount; id++, pos += 2) {
      const ref = fieldRefs[id]!;
      data.setUint16(pos, ref === 0 ? 0 : table - ref, true);
    }
    return this.#internVtable(vtableSize);
  }

  /** Reference of the vtable that was just written, or of an equal one, in whose favour it is taken off again. */
  #internVtable(vtableSize: number): number {
    const fresh = this.capacity - this.head;
    const vtable = this.#vtables.intern(fresh, vtableSize);
    if (vtable !== fresh) this.head += vtableSize;
    return vtable;
  }

  #pushIdentifier(identifier: string | Uint8Array): void {
    const utf8 = typeof identifier === "string" ? encodeUtf8(identifier) : identifier;
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
      const larger = new Uint32Array(Math.max(id + 1, this.#fieldRefs.length * 2));
      larger.set(this.#fieldRefs.subarray(0, this.#fieldCount));
      this.#fieldRefs = larger;
    }
    for (let at = this.#fieldCount; at <= id; at++) this.#fieldRefs[at] = 0;
    this.#fieldCount = id + 1;
  }
}

function tableTooLarge(tableSize: number, vtableSize: number): FlatbufferError {
  const what = tableSize > MAX_U16 ? `a table of ${tableSize} bytes` : `a vtable of ${vtableSize} bytes`;
  return new FlatbufferError("table-size-out-of-range", `${what} is more than the 65535 that a table may have`);
}
