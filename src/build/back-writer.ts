import { FlatbufferError } from "../wire/error.js";
import { copyBytes, copyMemory, type Memory } from "./copy-bytes.js";

/** The farthest a 32-bit offset may point, and with that the size of a buffer without 64-bit fields. */
export const MAX_UOFFSET = 0x7fffffff;

/** Memory above this size is not worth keeping for a next buffer that may never come. */
export const LARGE: number = 1024 * 1024;

/** Memory comes in multiples of this many bytes, which no alignment exceeds. */
const GRAIN = 64;

/**
 * Memory that is written from its end towards its start and grows there: padding and single values.
 *
 * A reference (`ref`) names a finished piece: the bytes written when it was complete, counted from the end. It stays
 * valid while the memory grows.
 */
export class BackWriter {
  /** The memory; what is written lies in `[head, capacity)`. Another one when it grows. */
  bytes: Uint8Array;
  /** The same memory for multi-byte writes. */
  data: DataView;
  /** Bytes of the memory, a multiple of GRAIN: so positions are aligned to each other as they will be in the end. */
  capacity: number;
  /** Index of the first written byte. */
  head: number;
  /** The largest alignment that anything asked for. */
  minAlign = 1;
  /** What the next buffer is guessed to need, when the one before was given away with its memory. */
  #guess = 0;

  /** @param initialByteLength First size of the memory; it doubles as needed. */
  constructor(initialByteLength = 1024) {
    const memory = allocate(roundUp(initialByteLength), GRAIN);
    this.bytes = memory;
    this.data = new DataView(memory.buffer);
    this.capacity = memory.length;
    this.head = memory.length;
  }

  /** Begins anew, with at least `byteLength` bytes of memory if there are so many. */
  restart(byteLength: number): void {
    const wanted = roundUp(Math.max(byteLength, this.#guess));
    if (this.capacity < wanted) this.#use(allocate(wanted, GRAIN));
    this.head = this.capacity;
    this.minAlign = 1;
  }

  /**
   * All that was written, in memory of its own; only `restart` may follow. It is copied, but large ones are given away
   * in the memory that they were written in, unless half of that would be wasted: to copy megabytes, and to grow to so
   * many again the next time, takes a tenth of the time of building them (bench, `--only objects --input monsters`).
   */
  take(): Uint8Array {
    const { bytes, head, size } = this;
    if (size < LARGE || size * 2 < this.capacity) return bytes.slice(head);
    // Buffers of one kind often come in about the same size.
    this.#guess = size + size / 8;
    this.#use(new Uint8Array(GRAIN));
    return bytes.subarray(head);
  }

  /** Bytes written so far: the reference of what was written last. */
  get size(): number {
    return this.capacity - this.head;
  }

  /** Makes room for `byteLength` more bytes, so that the `push` functions need not ask. */
  reserve(byteLength: number): void {
    if (this.head < byteLength) this.#grow(byteLength);
  }

  /** Pads so that the next `byteLength` bytes will end up aligned; `alignment` is a power of two. */
  prealign(byteLength: number, alignment: number): void {
    if (alignment > this.minAlign) this.minAlign = alignment;
    const padding = (this.head - byteLength) & (alignment - 1);
    if (padding !== 0) this.#pad(padding);
  }

  /** Pads until what is written is a multiple of `alignment`, a power of two. */
  align(alignment: number): void {
    if (alignment > this.minAlign) this.minAlign = alignment;
    const padding = this.head & (alignment - 1);
    if (padding !== 0) this.#pad(padding);
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
    const uoffset = this.capacity - this.head - ref + 4;
    if (uoffset > MAX_UOFFSET) throw tooLarge(uoffset);
    this.pushInt32(uoffset);
  }

  /** A 64-bit offset to the piece `ref`. */
  pushOffset64(ref: number): void {
    this.align(8);
    this.pushInt64(BigInt(this.capacity - this.head - ref + 8));
  }

  /** Bytes as they are, without alignment. */
  pushBytes(source: Uint8Array, start = 0, end: number = source.length): void {
    const at = this.room(end - start);
    copyBytes(this.bytes, at, source, start, end);
  }

  /** As `pushBytes`, from memory that can be read by words. */
  pushMemory(source: Memory, start: number, end: number): void {
    copyMemory(this, this.room(end - start), source, start, end);
  }

  /** Takes room for bytes that the caller fills in, all of them; returns where they start. */
  room(byteLength: number): number {
    if (this.head < byteLength) this.#grow(byteLength);
    this.head -= byteLength;
    return this.head;
  }

  #pad(byteLength: number): void {
    if (this.head < byteLength) this.#grow(byteLength);
    // Dropped pieces leave their bytes behind, so padding is written, not assumed.
    for (let index = 0; index < byteLength; index++) this.bytes[--this.head] = 0;
  }

  #grow(byteLength: number): void {
    const size = this.capacity - this.head;
    const larger = allocate(roundUp(Math.max(this.capacity * 2, size + byteLength)), roundUp(size + byteLength));
    larger.set(this.bytes.subarray(this.head), larger.length - size);
    this.#use(larger);
    this.head = larger.length - size;
  }

  #use(memory: Uint8Array<ArrayBuffer>): void {
    this.bytes = memory;
    this.data = new DataView(memory.buffer);
    this.capacity = memory.length;
    this.head = memory.length;
  }
}

function roundUp(byteLength: number): number {
  return Math.max(GRAIN, Math.ceil(byteLength / GRAIN) * GRAIN);
}

/** `wanted` bytes, or `needed` when the engine has no more. */
function allocate(wanted: number, needed: number): Uint8Array<ArrayBuffer> {
  // References have 32 bits.
  if (needed > MAX_CAPACITY) throw tooLarge(needed);
  try {
    return new Uint8Array(Math.min(wanted, MAX_CAPACITY));
  } catch {
    try {
      return new Uint8Array(needed);
    } catch (error) {
      throw tooLarge(needed, error);
    }
  }
}

const MAX_CAPACITY = 2 ** 32 - 64;

/** The error for bytes that offsets or memory can't cope with. */
export function tooLarge(byteLength: number, cause?: unknown): FlatbufferError {
  const message = `the buffer would need ${byteLength} bytes where 32-bit offsets and memory allow fewer; split the data or use 64-bit fields`;
  return new FlatbufferError("buffer-too-large", message, { cause });
}
