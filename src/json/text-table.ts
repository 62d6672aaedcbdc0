/**
 * Pieces of text made once per schema, as 64-bit words: a walker copies eight bytes per store. They are doubles only to
 * be stored by one instruction; printable ASCII has never the bits of a nan, which an engine might change.
 */
export interface TextTable {
  /** All pieces; each starts at a word of its own, and one more follows the last. */
  readonly words: Float64Array;
  /** By piece: its first word. */
  readonly first: Int32Array;
  /** By piece: its length in bytes. */
  readonly byteLength: Int32Array;
}

/** The table of these texts, which must be printable ASCII. */
export function makeTextTable(texts: readonly string[]): TextTable {
  const first = new Int32Array(texts.length);
  const byteLength = Int32Array.from(texts, (text) => text.length);
  let used = 0;
  for (let piece = 0; piece < texts.length; piece++) {
    first[piece] = used;
    used += Math.ceil(byteLength[piece]! / 8);
  }
  const bytes = new DataView(new ArrayBuffer(8 * (used + 1)));
  for (let piece = 0; piece < texts.length; piece++) {
    const text = texts[piece]!;
    for (let index = 0; index < text.length; index++) bytes.setUint8(8 * first[piece]! + index, text.charCodeAt(index));
  }
  const words = Float64Array.from({ length: used + 1 }, (_, word) => bytes.getFloat64(8 * word, true));
  return { words, first, byteLength };
}

/** Copies `byteLength` bytes of words to `pos`, 16 at least: what is behind the end is scratch. */
export function writeWords(out: DataView, pos: number, words: Float64Array, first: number, byteLength: number): number {
  out.setFloat64(pos, words[first]!, true);
  out.setFloat64(pos + 8, words[first + 1]!, true);
  for (let done = 16; done < byteLength; done += 8) out.setFloat64(pos + done, words[first + done / 8]!, true);
  return pos + byteLength;
}

/** A name as a JSON string in printable ASCII, whatever its characters. */
export function quoteName(name: string): string {
  return JSON.stringify(name).replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
