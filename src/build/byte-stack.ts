import { FlatbufferError } from "../wire/error.js";
import { clearMemory, type Memory } from "./copy-bytes.js";

/**
 * Scratch memory that is used as a stack: structs and vectors under way are laid out here before they are copied into
 * the buffer, inner ones above outer ones.
 */
export class ByteStack implements Memory {
  bytes: Uint8Array;
  data: DataView;
  /** First free byte. */
  top = 0;
  #capacity: number;

  constructor(byteLength: number) {
    this.bytes = new Uint8Array(byteLength);
    this.data = new DataView(this.bytes.buffer);
    this.#capacity = byteLength;
  }

  /** Makes sure that `byteLength` bytes are free above the top. `bytes` and `data` may be others afterwards. */
  reserve(byteLength: number): void {
    if (this.top + byteLength > this.#capacity) this.#grow(this.top + byteLength);
  }

  /** Takes `byteLength` bytes, all zero, and returns where they start. */
  take(byteLength: number): number {
    this.reserve(byteLength);
    const start = this.top;
    this.top += byteLength;
    clearMemory(this, start, this.top);
    return start;
  }

  #grow(needed: number): void {
    const larger = allocate(Math.max(needed, this.#capacity * 2));
    larger.set(this.bytes.subarray(0, this.top));
    this.bytes = larger;
    this.data = new DataView(larger.buffer);
    this.#capacity = larger.length;
  }
}

function allocate(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw new FlatbufferError("buffer-too-large", `no memory for a vector of ${byteLength} bytes`, { cause });
  }
}
