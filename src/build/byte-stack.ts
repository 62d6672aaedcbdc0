import { FlatbufferError } from "../wire/error.js";

/**
 * Scratch memory that is used as a stack: structs and vectors under way are laid out here before they are copied into
 * the buffer, inner ones above outer ones.
 */
export class ByteStack {
  bytes: Uint8Array;
  data: DataView;
  /** First free byte. */
  top = 0;

  constructor(byteLength: number) {
    this.bytes = new Uint8Array(byteLength);
    this.data = new DataView(this.bytes.buffer);
  }

  /** Makes sure that `byteLength` bytes are free above the top. `bytes` and `data` may be others afterwards. */
  reserve(byteLength: number): void {
    if (this.top + byteLength > this.bytes.length) this.#grow(this.top + byteLength);
  }

  /** Takes `byteLength` bytes, all zero, and returns where they start. */
  take(byteLength: number): number {
    this.reserve(byteLength);
    const start = this.top;
    this.top += byteLength;
    this.bytes.fill(0, start, this.top);
    return start;
  }

  #grow(needed: number): void {
    const larger = allocate(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.top));
    this.bytes = larger;
    this.data = new DataView(larger.buffer);
  }
}

function allocate(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw new FlatbufferError("buffer-too-large", `no memory for a vector of ${byteLength} bytes`, { cause });
  }
}
