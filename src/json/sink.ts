import { FlatbufferError } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import { View } from "../wire/view.js";

/**
 * Bytes that may be written beyond `Sink.end` without asking: whoever starts a field or an element with `pos <= end`
 * has this much room for its separator, key and number. Longer things (strings, long keys) ask for their own.
 */
export const SLACK = 8192;

/** Where text goes. Positions are passed along and returned; only the memory and its end live here. */
export interface Sink {
  memory: View;
  /** The memory as writers want it. Changes when it grows: read it again after whatever may have grown it. */
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
  const next = reserve(wanted, 2 * sink.bytes.byteLength);
  next.bytes.set(sink.bytes.subarray(0, pos));
  useMemory(sink, next);
}

/** Gives the sink other memory. */
export function useMemory(sink: Sink, memory: View): void {
  sink.memory = memory;
  sink.bytes = memory.bytes;
  sink.out = memory.data;
  sink.end = Math.min(memory.byteLength - SLACK, sink.maxOutputBytes);
}

/**
 * Smallest block that is sure to be mapped and not cleared: pages that nothing is written to cost no memory then.
 * (Above 32 MiB, glibc's allocator always asks the system.)
 */
const MIN_RESERVE = 34 * 1024 * 1024;

/** Untouched memory for a text of unknown length: at least `need` bytes, if there is any way `guess`. */
export function reserve(need: number, guess: number): View {
  try {
    return View.on(new Uint8Array(Math.max(need, guess, MIN_RESERVE)));
  } catch {
    return allocate(need);
  }
}

/** Memory of `byteLength` bytes. Throws `output-limit` when the engine has no such block. */
export function allocate(byteLength: number): View {
  try {
    return View.on(new Uint8Array(byteLength));
  } catch (cause) {
    throw new FlatbufferError("output-limit", `no memory for ${byteLength} bytes of text`, { cause });
  }
}
