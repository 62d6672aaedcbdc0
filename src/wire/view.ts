import { FlatbufferError } from "./error.js";

/** What every verb takes as input bytes. */
export type BytesInput = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

/**
 * One checked window on bytes: the only place that touches `.buffer`.
 *
 * A position is a byte index in the window. The methods here check every read and throw `out-of-range`;
 * hot walkers read through `data`, whose own bounds are exactly the window's, and turn its RangeError into the
 * same error at their boundary (see `guardReads`).
 */
export class View {
  /** The bytes of the window; index 0 is position 0. */
  readonly bytes: Uint8Array;
  /** The same window for multi-byte reads. */
  readonly data: DataView;
  readonly byteLength: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.byteLength = bytes.byteLength;
  }

  /** The window `[start, start + length)` of this one. Throws `out-of-range` when it doesn't lie inside. */
  window(start: number, length: number): View {
    this.need(start, length);
    return new View(this.bytes.subarray(start, start + length));
  }

  u8(pos: number): number {
    this.need(pos, 1);
    return this.data.getUint8(pos);
  }

  u16(pos: number): number {
    this.need(pos, 2);
    return this.data.getUint16(pos, true);
  }

  u32(pos: number): number {
    this.need(pos, 4);
    return this.data.getUint32(pos, true);
  }

  i32(pos: number): number {
    this.need(pos, 4);
    return this.data.getInt32(pos, true);
  }

  u64(pos: number): bigint {
    this.need(pos, 8);
    return this.data.getBigUint64(pos, true);
  }

  /** Throws `out-of-range` unless `length` bytes from `pos` lie in the window. */
  need(pos: number, length: number): void {
    // One comparison chain that NaN and negative positions fail too.
    if (pos >= 0 && length >= 0 && pos + length <= this.byteLength) return;
    throw new FlatbufferError("out-of-range", `${length} bytes at ${pos} don't fit in ${this.byteLength}`, {
      offset: pos,
    });
  }
}

/**
 * Opens a view on what the caller gave, right at every byteOffset and for pooled Buffers.
 *
 * Shared memory is copied first: another thread could change it between a check and a read. Throws
 * `invalid-argument` for what is no bytes, `buffer-detached` for memory that was transferred away.
 */
export function viewOf(input: BytesInput): View {
  return new View(bytesOf(input));
}

/** The caller's bytes as a Uint8Array; the same memory unless it is shared. Errors as `viewOf`. */
export function bytesOf(input: BytesInput): Uint8Array {
  if (ArrayBuffer.isView(input)) {
    const { buffer, byteOffset, byteLength } = input;
    if (isShared(buffer)) return new Uint8Array(buffer, byteOffset, byteLength).slice();
    refuseDetached(buffer, byteLength);
    return input instanceof Uint8Array && input.constructor === Uint8Array
      ? input
      : new Uint8Array(buffer, byteOffset, byteLength);
  }
  if (isShared(input)) return new Uint8Array(input).slice();
  if (input instanceof ArrayBuffer || Object.prototype.toString.call(input) === "[object ArrayBuffer]") {
    refuseDetached(input, input.byteLength);
    return new Uint8Array(input);
  }
  throw new FlatbufferError(
    "invalid-argument",
    `expected bytes (an ArrayBuffer or a view of one such as Uint8Array), got ${describe(input)}`,
  );
}

/**
 * Runs `read` and turns the engine's own errors about reads beyond the window into FlatbufferErrors, so that hot
 * loops need no bounds check of their own. Detached memory is told apart from an out-of-range position.
 */
export function guardReads<T>(view: View, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw readError(view, error);
  }
}

/** The error to throw when `error` came out of reads of `view`. */
export function readError(view: View, error: unknown): unknown {
  if (error instanceof FlatbufferError) return error;
  if (view.bytes.byteLength !== view.byteLength || isDetached(view.bytes.buffer)) {
    return new FlatbufferError("buffer-detached", "the bytes were detached or resized while they were read", {
      cause: error,
    });
  }
  if (error instanceof RangeError) {
    return new FlatbufferError("out-of-range", "an offset leads outside the buffer; verify() tells where", {
      cause: error,
    });
  }
  return error;
}

function isShared(buffer: ArrayBufferLike): buffer is SharedArrayBuffer {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}

function refuseDetached(buffer: ArrayBufferLike, byteLength: number): void {
  if (byteLength === 0 && isDetached(buffer)) {
    throw new FlatbufferError("buffer-detached", "the bytes belong to memory that was transferred away (detached)");
  }
}

/** `ArrayBuffer.prototype.detached` is younger than Node 20; a detached buffer refuses to be viewed in all engines. */
function isDetached(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength !== 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

function describe(input: unknown): string {
  if (input === null) return "null";
  return typeof input === "object" ? (input.constructor?.name ?? "an object") : typeof input;
}
