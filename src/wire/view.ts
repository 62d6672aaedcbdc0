import { describe } from "./describe.js";
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
  /** The window for multi-byte reads. */
  readonly data: DataView;
  readonly byteLength: number;
  readonly #given: Uint8Array | undefined;
  #bytes: Uint8Array | undefined;

  /** @param given The same memory as somebody gave it, perhaps as a Buffer. */
  constructor(data: DataView, given?: Uint8Array) {
    this.data = data;
    this.byteLength = data.byteLength;
    this.#given = given;
  }

  /** A view on all of `bytes`. */
  static on(bytes: Uint8Array): View {
    return new View(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
  }

  /** The bytes of the window; index 0 is position 0. None at all when the memory was detached or shrunk. */
  get bytes(): Uint8Array {
    this.#bytes ??= plainBytes(this.data, this.#given);
    return this.#bytes;
  }

  /** The window `[start, start + length)` of this one. Throws `out-of-range` when it doesn't lie inside. */
  window(start: number, length: number): View {
    this.need(start, length);
    return new View(new DataView(this.data.buffer, this.data.byteOffset + start, length));
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

  /**
   * The numbers that start at `pos` as a typed array: the window's own memory where it is aligned and the machine is
   * little-endian, as the format is; a copy otherwise. Throws `out-of-range`.
   */
  numbers<T extends NumberArray>(type: NumberArrayType<T>, pos: number, length: number): T {
    const size = type.BYTES_PER_ELEMENT;
    this.need(pos, length * size);
    const start = this.data.byteOffset + pos;
    if (size === 1 || (LITTLE_ENDIAN && start % size === 0)) return new type(this.data.buffer, start, length);
    const copy = this.bytes.slice(pos, pos + length * size);
    if (!LITTLE_ENDIAN) for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
    return new type(copy.buffer, 0, length);
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

/** A subclass has methods of its own: `slice` of a Buffer, for one, copies nothing. */
function plainBytes(data: DataView, given: Uint8Array | undefined): Uint8Array {
  if (given !== undefined && Object.getPrototypeOf(given) === Uint8Array.prototype) return given;
  try {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  } catch {
    return new Uint8Array(0);
  }
}

/** A typed array of numbers; BigInt64Array and BigUint64Array hold 64-bit integers. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** The class of a typed array. */
export interface NumberArrayType<T extends NumberArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Opens a view on what the caller gave, right at every byteOffset and for pooled Buffers.
 *
 * Shared memory is copied first: another thread could change it between a check and a read. Throws
 * `invalid-argument` for what is no bytes, `buffer-detached` for memory that was transferred away.
 */
export function viewOf(input: BytesInput): View {
  if (ArrayBuffer.isView(input)) {
    if (!(input instanceof Uint8Array)) return viewIn(input.buffer, input.byteOffset, input.byteLength, undefined);
    return viewIn(bufferOf.call(input), offsetOf.call(input), lengthOf.call(input), input);
  }
  if (isShared(input)) return View.on(new Uint8Array(input).slice());
  if (input instanceof ArrayBuffer || Object.prototype.toString.call(input) === "[object ArrayBuffer]") {
    refuseDetached(input, input.byteLength);
    return View.on(new Uint8Array(input));
  }
  throw new FlatbufferError(
    "invalid-argument",
    `expected bytes (an ArrayBuffer or a view of one such as Uint8Array), got ${describe(input)}`,
  );
}

function viewIn(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, given: Uint8Array | undefined): View {
  // The usual kind first: asking for the other one takes a walk along the prototypes.
  if (buffer.constructor !== ArrayBuffer && isShared(buffer)) {
    return View.on(new Uint8Array(buffer, byteOffset, byteLength).slice());
  }
  refuseDetached(buffer, byteLength);
  return new View(new DataView(buffer, byteOffset, byteLength), given);
}

/*
 * The getters of all typed arrays. By name the engine looks each up anew in a Node Buffer's long prototype, which
 * takes a twentieth of verifying a small message.
 */
const bufferOf = getter<ArrayBufferLike>("buffer");
const offsetOf = getter<number>("byteOffset");
const lengthOf = getter<number>("byteLength");

function getter<T>(name: keyof Uint8Array): (this: Uint8Array) => T {
  const get = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name)?.get;
  return get as (this: Uint8Array) => T;
}

/** The caller's bytes as a Uint8Array; the same memory unless it is shared. Errors as `viewOf`. */
export function bytesOf(input: BytesInput): Uint8Array {
  return viewOf(input).bytes;
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
  if (view.bytes.byteLength !== view.byteLength || isDetached(view.data.buffer)) {
    return new FlatbufferError("buffer-detached", "the bytes were detached or resized while they were read", {
      cause: error,
    });
  }
  if (isStackOverflow(error)) return tooDeep(error);
  if (error instanceof RangeError) {
    return new FlatbufferError("out-of-range", "an offset leads outside the buffer; verify() tells where", {
      cause: error,
    });
  }
  return error;
}

/** What to throw in place of `error`, if that says that the engine's stack is used up. */
export function stackError(error: unknown): unknown {
  return isStackOverflow(error) ? tooDeep(error) : error;
}

function tooDeep(cause: unknown): FlatbufferError {
  return new FlatbufferError(
    "depth-limit",
    "the data is nested deeper than the engine's stack bears here; lower limits.maxDepth for an exact answer",
    { cause },
  );
}

/** A RangeError in V8 and JavaScriptCore, an InternalError in SpiderMonkey. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion/i.test(error.message);
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
