import { FlatbufferError } from "../wire/error.js";
import { limitError } from "../wire/limits.js";

/**
 * Bytes that may be written beyond `Sink.end` without asking: whoever starts a field or an element with `pos <= end`
 * has this much room for its separator, key and number. Longer things (strings, long keys) ask for their own.
 */
export const SLACK = 8192;

/** Where text goes. Positions are passed along and returned; only the memory and its end live here. */
export interface Sink {
  /** The memory, as writers want it. Changes when it grows: read it again after whatever may have grown it. */
  out: DataView;
  bytes: Uint8Array;
  /** Behind this position ask `grow` first. */
  end: number;
  /** Text beyond this throws `output-limit`. */
  readonly maxOutputBytes: number;
}

/** Makes room for `need` bytes and the slack behind `pos`. Throws `output-limit` when the text is already too long. */
export function grow(sink: Sink, pos: number, need: number): void {
  if (pos > sink.maxOutputBytes) throw limitError("maxOutputBytes", sink.maxOutputBytes, {});
  const wanted = pos + need + SLACK;
  // Near the limit there may be room enough: then each call comes here, until the limit is passed or the text ends.
  if (wanted <= sink.bytes.byteLength) return;
  const next = reserve(Math.max(wanted, 2 * sink.bytes.byteLength));
  next.set(sink.bytes.subarray(0, pos));
  useBytes(sink, next);
}

/** Gives the sink other memory. */
export function useBytes(sink: Sink, bytes: Uint8Array): void {
  sink.bytes = bytes;
  sink.out = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  sink.end = Math.min(bytes.byteLength - SLACK, sink.maxOutputBytes);
}

/**
 * Smallest block that is sure to be mapped and not cleared: pages that nothing is written to cost no memory then.
 * (Above 32 MiB, glibc's allocator always asks the system.)
 */
const MIN_RESERVE = 34 * 1024 * 1024;

/** Untouched memory for a text whose length nobody knows, `guess` bytes or more. */
export function reserve(guess: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(Math.max(guess, MIN_RESERVE));
  } catch {
    return allocate(Math.max(guess / 2, MIN_RESERVE));
  }
}

/** Memory of `byteLength` bytes. Throws `output-limit` when the engine has no such block. */
export function allocate(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw new FlatbufferError("output-limit", `no memory for ${byteLength} bytes of text`, { cause });
  }
}
