import { utf8ToUtf16 } from "../text/utf8-to-utf16.js";
import { FlatbufferError } from "../wire/error.js";
import type { View } from "../wire/view.js";

/** V8's longest string; other engines have theirs. */
const MAX_STRING_LENGTH = 536_870_888;

/** From this many bytes on the detour by UTF-16 is faster than a decoder (bench, `--only to-json --input monsters`). */
const MIN_DETOUR_BYTES = 512 * 1024;

/**
 * The string in the first `length` bytes of `memory`, UTF-8 that is known to be valid. What lies behind them may be
 * overwritten.
 *
 * The one place that asks for Node's Buffer, by feature and only for its speed: it copies ASCII or UTF-16 into a string
 * as it is, which is many times faster than TextDecoder there. Everywhere else TextDecoder does the same.
 *
 * Throws `string-too-long`.
 */
export function textOf(memory: View, length: number, isAscii: boolean): string {
  if (isAscii && length > MAX_STRING_LENGTH) throw tooLong(length);
  try {
    if (isAscii && latin1Slice !== undefined) return latin1Slice.call(memory.bytes, 0, length);
    if (length >= MIN_DETOUR_BYTES && ucs2Slice !== undefined) {
      const units = utf8ToUtf16(memory, length);
      return ucs2Slice.call(units, 0, units.byteLength);
    }
    return decoder.decode(memory.bytes.subarray(0, length));
  } catch (cause) {
    throw tooLong(length, cause);
  }
}

type Slice = (this: Uint8Array, start: number, end: number) => string;

const buffer = (globalThis as { Buffer?: { prototype?: { latin1Slice?: Slice; ucs2Slice?: Slice } } }).Buffer;
const latin1Slice = buffer?.prototype?.latin1Slice;
const ucs2Slice = buffer?.prototype?.ucs2Slice;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function tooLong(length: number, cause?: unknown): FlatbufferError {
  return new FlatbufferError(
    "string-too-long",
    `${length} bytes of text are more than a string can hold; toJSONBytes has no such limit`,
    { cause },
  );
}
