import { FlatbufferError } from "../wire/error.js";

/** V8's longest string; other engines have theirs. */
const MAX_STRING_LENGTH = 536_870_888;

/**
 * The string in UTF-8 bytes that are known to be valid.
 *
 * The one place that asks for Node's Buffer, by feature and only for its speed: copying ASCII bytes into a string is
 * four times as fast as TextDecoder there. Everywhere else TextDecoder does the same.
 *
 * Throws `string-too-long`.
 */
export function textOf(bytes: Uint8Array, isAscii: boolean): string {
  if (isAscii && bytes.byteLength > MAX_STRING_LENGTH) throw tooLong(bytes);
  try {
    if (latin1Slice !== undefined && isAscii) return latin1Slice.call(bytes, 0, bytes.byteLength);
    return decoder.decode(bytes);
  } catch (cause) {
    throw tooLong(bytes, cause);
  }
}

type Slice = (this: Uint8Array, start: number, end: number) => string;

const latin1Slice = (globalThis as { Buffer?: { prototype?: { latin1Slice?: Slice } } }).Buffer?.prototype?.latin1Slice;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function tooLong(bytes: Uint8Array, cause?: unknown): FlatbufferError {
  return new FlatbufferError(
    "string-too-long",
    `${bytes.byteLength} bytes of text are more than a string can hold; toJSONBytes has no such limit`,
    { cause },
  );
}
