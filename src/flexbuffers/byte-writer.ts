import { encodeUtf8 } from "../wire/encode-utf8.js";
import { FlatbufferError } from "../wire/error.js";
import { View } from "../wire/view.js";

/** A [ubyte] field can't hold more. */
const MAX_BYTE_LENGTH = 0x7fffffff;

/** Bytes that grow at their end. */
export class ByteWriter {
  bytes: Uint8Array = new Uint8Array(256);
  length = 0;
  #data: DataView = View.on(this.bytes).data;

  /** Zero bytes up to a multiple of `alignment`. */
  align(alignment: number): void {
    const padding = paddingFor(this.length, alignment);
    this.#reserve(padding);
    for (let count = 0; count < padding; count++) this.bytes[this.length++] = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Bytes, or the char codes of an ASCII text. */
  put(content: Uint8Array | string): void {
    this.#reserve(content.length);
    if (typeof content !== "string") this.bytes.set(content, this.length);
    else
      for (let index = 0; index < content.length; index++) this.bytes[this.length + index] = content.charCodeAt(index);
    this.length += content.length;
  }

  /** The low `width` bytes of an integer: right for signed and unsigned alike. */
  integer(value: number | bigint, width: number): void {
    this.#reserve(width);
    const at = this.length;
    this.length += width;
    if (typeof value === "bigint") this.#data.setBigInt64(at, value, true);
    else if (width === 1) this.#data.setInt8(at, value);
    else if (width === 2) this.#data.setInt16(at, value, true);
    else this.#data.setInt32(at, value, true);
    if (width === 8 && typeof value === "number") this.#data.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
  }

  float(value: number, width: number): void {
    this.#reserve(width);
    if (width === 4) this.#data.setFloat32(this.length, value, true);
    else this.#data.setFloat64(this.length, value, true);
    this.length += width;
  }

  #reserve(byteLength: number): void {
    const needed = this.length + byteLength;
    if (needed <= this.bytes.length) return;
    if (needed > MAX_BYTE_LENGTH) throw tooLarge(needed);
    const bytes = allocate(Math.min(MAX_BYTE_LENGTH, Math.max(needed, this.bytes.length * 2)));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.#data = View.on(bytes).data;
  }
}

/**
 * What `put` takes for a text: an ASCII text stays as it is, since a loop copies a short one some four times as fast as
 * a TextEncoder. Throws `invalid-utf8` for a lone surrogate.
 */
export function contentOf(text: string | Uint8Array): string | Uint8Array {
  if (typeof text !== "string") return text;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x80) return encodeUtf8(text);
  }
  return text;
}

/** Bytes from `pos` to the next multiple of `alignment`. */
export function paddingFor(pos: number, alignment: number): number {
  return (alignment - (pos % alignment)) % alignment;
}

function allocate(byteLength: number): Uint8Array {
  try {
    return new Uint8Array(byteLength);
  } catch (error) {
    throw tooLarge(byteLength, error);
  }
}

function tooLarge(byteLength: number, cause?: unknown): FlatbufferError {
  return new FlatbufferError("buffer-too-large", `a FlexBuffer of ${byteLength} bytes can't be held`, { cause });
}
