import { utf8ToUtf16 } from "../text/utf8-to-utf16.js";
import { FlatbufferError } from "../wire/error.js";
import { View } from "../wire/view.js";

/** V8's longest string; other engines have theirs. */
const MAX_STRING_LENGTH = 536_870_888;

/** From this many bytes on the detour by UTF-16 is faster than a decoder (bench/text-of). */
const MIN_DETOUR_BYTES = 512 * 1024;

/**
 * The string in UTF-8 bytes that are known to be valid.
 *
 * The one place that asks for Node's Buffer, by feature and only for its speed: it copies ASCII or UTF-16 into a string
 * as it is, which is many times faster than TextDecoder there. Everywhere else TextDecoder does the same.
 *
 * Throws `string-too-long`.
 */
export function textOf(bytes: Uint8Array, isAscii: boolean): string {
  const { byteLength } = bytes;
  if (isAscii && byteLength > MAX_STRING_LENGTH) throw tooLong(bytes);
  try {
    if (isAscii && latin1Slice !== undefined) return latin1Slice.call(bytes, 0, byteLength);
    if (byteLength >= MIN_DETOUR_BYTES && ucs2Slice !== undefined) {
      const units = utf8ToUtf16(new View(bytes));
      return ucs2Slice.call(units, 0, units.byteLength);
    }
    return decoder.decode(bytes);
  } catch (cause) {
    throw tooLong(bytes, cause);
  }
}

type Slice = (this: Uint8Array, start: number, end: number) => string;

const buffer = (globalThis as { Buffer?: { prototype?: { latin1Slice?: Slice; ucs2Slice?: Slice } } }).Buffer;
const latin1Slice = buffer?.prototype?.latin1Slice;
const ucs2Slice = buffer?.prototype?.ucs2Slice;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function tooLong(bytes: Uint8Array, cause?: unknown): FlatbufferError {
  return new FlatbufferError(
    "string-too-long",
    `${bytes.byteLength} bytes of text are more than a string can hold; toJSONBytes has no such limit`,
    { cause },
  );
}
