import { grow } from "./sink.js";
import type { JsonWriter } from "./writer.js";

/** What separators are made of: a comma, a line break and spaces, eight bytes as a double (see text-table.ts). */
export const SEPARATOR: number = /* @__PURE__ */ asDouble(",\n      ");
/** The same for text on one line, of which only the comma counts. */
export const COMMA: number = /* @__PURE__ */ asDouble(",       ");
const SPACES: number = /* @__PURE__ */ asDouble("        ");

/**
 * A comma and what stands between it and the next key or element: nothing, or a line break and indentation.
 * `width` is the bytes it has in all. Up to 7 bytes behind it are scratch.
 */
export function writeSeparator(out: DataView, pos: number, separator: number, width: number): number {
  out.setFloat64(pos, separator, true);
  for (let done = 8; done < width; done += 8) out.setFloat64(pos + done, SPACES, true);
  return pos + width;
}

/** Line break and indentation one level above the separators of `width` bytes, and the bracket that closes it. */
export function writeClose(writer: JsonWriter, pos: number, width: number, bracket: number): number {
  if (pos > writer.end) grow(writer, pos, 0);
  const { out } = writer;
  const end = pos + width - 1 - writer.step;
  if (end > pos) {
    out.setUint8(pos, 0x0a);
    for (let at = pos + 1; at < end; at += 8) out.setFloat64(at, SPACES, true);
  }
  out.setUint8(end, bracket);
  return end + 1;
}

/** What flatc prints for nothing between brackets: for objects a line break, for vectors two; else nothing. */
export function writeEmpty(writer: JsonWriter, pos: number, width: number, open: number, close: number): number {
  if (pos > writer.end) grow(writer, pos, 0);
  writer.out.setUint8(pos++, open);
  if (!writer.rules.isFlatc) {
    writer.out.setUint8(pos, close);
    return pos + 1;
  }
  if (open === 0x5b && writer.rules.indent >= 0) writer.out.setUint8(pos++, 0x0a);
  return writeClose(writer, pos, width, close);
}

/** An ASCII word such as `null`, at most 8 characters. */
export function writeWord(out: DataView, pos: number, word: string): number {
  for (let index = 0; index < word.length; index++) out.setUint8(pos + index, word.charCodeAt(index));
  return pos + word.length;
}

function asDouble(text: string): number {
  const bytes = new DataView(new ArrayBuffer(8));
  for (let index = 0; index < 8; index++) bytes.setUint8(index, text.charCodeAt(index));
  return bytes.getFloat64(0, true);
}
