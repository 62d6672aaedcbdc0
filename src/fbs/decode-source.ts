import { describe } from "../wire/describe.js";
import { FlatbufferError } from "../wire/error.js";
import { sequenceLength } from "../wire/utf8.js";

/**
 * Schema text from UTF-8. A byte that belongs to no character becomes a lone surrogate (U+DC80 to U+DCFF), which the
 * scanner refuses in strings and passes over in comments, as flatc does with the byte itself. Throws
 * `invalid-argument` for what is neither text nor bytes.
 */
export function decodeSource(source: string | Uint8Array): string {
  if (typeof source === "string") return source;
  if (!ArrayBuffer.isView(source)) {
    const message = `expected the text of a schema as a string or as UTF-8 bytes, got ${describe(source)}`;
    throw new FlatbufferError("invalid-argument", message);
  }
  try {
    return strict.decode(source);
  } catch {
    return decodeBroken(source);
  }
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeBroken(source: Uint8Array): string {
  const pieces: string[] = [];
  let from = 0;
  for (let pos = 0; pos < source.length; ) {
    const length = source[pos]! < 0x80 ? 1 : sequenceLength(source, pos, source.length);
    if (length > 0) {
      pos += length;
      continue;
    }
    pieces.push(strict.decode(source.subarray(from, pos)), String.fromCharCode(0xdc00 + source[pos]!));
    pos++;
    from = pos;
  }
  pieces.push(strict.decode(source.subarray(from)));
  return pieces.join("");
}
