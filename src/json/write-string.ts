import { escapeJson, type JsonEscape, MAX_ESCAPE_BYTES } from "../text/escape-json.js";
import { FlatbufferError } from "../wire/error.js";
import { grow } from "./sink.js";
import type { JsonWriter } from "./writer.js";

/** Source bytes that are escaped at a time, so that no string asks for six times its size. */
const SEGMENT = 16_384;

/** The string at `string` (its length word), with quotes. */
export function writeString(writer: JsonWriter, pos: number, string: number): number {
  const length = writer.data.getUint32(string, true);
  const start = string + 4;
  if (length > writer.limit - start) {
    throw new FlatbufferError("string-out-of-range", `a string of ${length} bytes doesn't fit in the buffer`, {
      offset: string,
    });
  }
  if (length > SEGMENT) return writeQuoted(writer, pos, start, start + length);
  const need = length * MAX_ESCAPE_BYTES;
  if (pos + need > writer.end) grow(writer, pos, need);
  const { out } = writer;
  out.setUint8(pos, 0x22);
  pos = escapeJson(writer.escape, writer.view, start, start + length, out, pos + 1);
  out.setUint8(pos, 0x22);
  return pos + 1;
}

/** The UTF-8 bytes `[start, end)` of the buffer as a JSON string. */
export function writeQuoted(
  writer: JsonWriter,
  pos: number,
  start: number,
  end: number,
  how: JsonEscape = writer.escape,
): number {
  const { view } = writer;
  let at = start;
  let open = true;
  for (;;) {
    const stop = end - at <= SEGMENT ? end : segmentEnd(view.bytes, at);
    const need = (stop - at) * MAX_ESCAPE_BYTES;
    if (pos + need > writer.end) grow(writer, pos, need);
    if (open) writer.out.setUint8(pos++, 0x22);
    open = false;
    pos = escapeJson(how, view, at, stop, writer.out, pos);
    at = stop;
    if (at >= end) break;
  }
  writer.out.setUint8(pos, 0x22);
  return pos + 1;
}

/** A place to cut that leaves no sequence in two. */
function segmentEnd(bytes: Uint8Array, start: number): number {
  let end = start + SEGMENT;
  for (let back = 0; back < 3 && (bytes[end]! & 0xc0) === 0x80; back++) end--;
  return end;
}
