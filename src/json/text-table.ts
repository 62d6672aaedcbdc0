/** Pieces of text made once per schema, as 32-bit words: a walker copies four bytes per store. */
export interface TextTable {
  /** All pieces; each starts at a word of its own. */
  readonly words: Int32Array;
  /** By piece: its first word. */
  readonly first: Int32Array;
  /** By piece: its length in bytes. */
  readonly byteLength: Int32Array;
}

/** The table of these texts, which must be ASCII. */
export function makeTextTable(texts: readonly string[]): TextTable {
  const first = new Int32Array(texts.length);
  const byteLength = Int32Array.from(texts, (text) => text.length);
  let used = 0;
  for (let piece = 0; piece < texts.length; piece++) {
    first[piece] = used;
    used += Math.ceil(byteLength[piece]! / 4);
  }
  const bytes = new DataView(new ArrayBuffer(4 * used));
  for (let piece = 0; piece < texts.length; piece++) {
    const text = texts[piece]!;
    for (let index = 0; index < text.length; index++) bytes.setUint8(4 * first[piece]! + index, text.charCodeAt(index));
  }
  const words = Int32Array.from({ length: used }, (_, word) => bytes.getInt32(4 * word, true));
  return { words, first, byteLength };
}

/** Copies `byteLength` bytes of words to `pos`; up to 3 bytes behind them are scratch. */
export function writeWords(out: DataView, pos: number, words: Int32Array, first: number, byteLength: number): number {
  const end = pos + byteLength;
  for (let word = first; pos < end; word++, pos += 4) out.setInt32(pos, words[word]!, true);
  return end;
}

/** A name as a JSON string in ASCII, whatever its characters. */
export function quoteName(name: string): string {
  return JSON.stringify(name).replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
