/** Bytes with a meaning in JSON text. */
export const LINE_FEED = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const STAR = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Whether a byte can begin a word: a letter or `_`. */
export function isWordStart(byte: number): boolean {
  return WORD_BYTES[byte] === 2;
}

/** Position behind the letters, digits and `_` from `pos` on. */
export function wordEnd(bytes: Uint8Array, pos: number): number {
  while (WORD_BYTES[bytes[pos]!]! > 0) pos++;
  return pos;
}

/** The bytes as a string, one character each; for text that is ASCII. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let pos = start; pos < end; pos++) text += String.fromCharCode(bytes[pos]!);
  return text;
}

/** Whether exactly `word` stands in `bytes[start, end)`. */
export function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let index = 0; index < word.length; index++) {
    if (bytes[start + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** 2 for what begins a word, 1 for what continues one. */
const WORD_BYTES: Uint8Array = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const lower = byte | 0x20;
  WORD_BYTES[byte] = isDigit(byte) ? 1 : (lower >= 0x61 && lower <= 0x7a) || byte === 0x5f ? 2 : 0;
}
