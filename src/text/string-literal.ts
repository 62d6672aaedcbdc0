import { findLoneSurrogate } from "../wire/encode-utf8.js";

/** A string read from schema text. */
export interface StringLiteral {
  readonly value: string;
  /** Index behind the closing quote, or where reading stopped. */
  readonly end: number;
  /** Whether the text holds neither escapes nor characters outside of printable ASCII. */
  readonly isPlain: boolean;
  /** What is wrong, if anything; then `value` is empty. */
  readonly problem: string | undefined;
}

/**
 * Reads the string that starts with the quote (`"` or `'`) at `start`: escapes `\n \t \r \b \f \" \' \\ \/ \xHH \uHHHH`,
 * no raw control characters. `\xHH` are bytes; all bytes together must be UTF-8.
 */
export function readStringLiteral(text: string, start: number): StringLiteral {
  const quote = text.charCodeAt(start);
  let pos = start + 1;
  // Most strings hold no escape: find the end, and only then take one slice.
  let isPlain = true;
  for (; text.charCodeAt(pos) !== quote; pos++) {
    const code = text.charCodeAt(pos);
    if (code === BACKSLASH) return readEscaped(text, start, quote);
    if (!(code >= 0x20)) return bad(pos, controlProblem(pos >= text.length));
    if (code > 0x7e) isPlain = false;
  }
  const value = text.slice(start + 1, pos);
  if (!isPlain && findLoneSurrogate(value) >= 0) return bad(pos + 1, NOT_UTF8);
  return { value, end: pos + 1, isPlain, problem: undefined };
}

const BACKSLASH = 0x5c;
const NOT_UTF8 = "the string is no valid UTF-8";

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
]);

/** With escapes: collects pieces of text and the bytes of `\x`, which may only together be a character. */
function readEscaped(text: string, start: number, quote: number): StringLiteral {
  const pieces: string[] = [];
  let bytes: number[] = [];
  let high = -1;
  let pos = start + 1;
  const flush = () => {
    if (bytes.length > 0) pieces.push(decodeBytes(bytes));
    bytes = [];
  };
  while (text.charCodeAt(pos) !== quote) {
    const code = text.charCodeAt(pos);
    if (!(code >= 0x20)) return bad(pos, controlProblem(pos >= text.length));
    const letter = code === BACKSLASH ? text.charAt(pos + 1) : "";
    if (high >= 0 && letter !== "u") return bad(letter === "" ? pos : pos + 1, UNPAIRED);
    if (letter === "x" || letter === "u") {
      const digits = letter === "x" ? 2 : 4;
      const value = hexValue(text, pos + 2, digits);
      if (value < 0) return bad(pos + 2, `\\${letter} wants ${digits} hex digits`);
      pos += 2 + digits;
      if (letter === "x") {
        bytes.push(value);
        continue;
      }
      flush();
      if (value >= 0xdc00 && value <= 0xdfff) {
        if (high < 0) return bad(pos, UNPAIRED);
        pieces.push(String.fromCharCode(high, value));
        high = -1;
      } else if (high >= 0) return bad(pos, UNPAIRED);
      else if (value >= 0xd800 && value <= 0xdbff) high = value;
      else pieces.push(String.fromCharCode(value));
      continue;
    }
    if (letter === "" && code !== BACKSLASH) {
      const from = pos;
      while (isOrdinary(text.charCodeAt(pos), quote)) pos++;
      // Bytes of \x and raw text may make up one character between them only if the text held broken UTF-8.
      flush();
      pieces.push(text.slice(from, pos));
      continue;
    }
    const plain = SIMPLE_ESCAPES.get(letter);
    if (plain === undefined) return bad(pos + 1, `unknown escape "\\${letter}" in a string`);
    flush();
    pieces.push(plain);
    pos += 2;
  }
  if (high >= 0) return bad(pos, UNPAIRED);
  flush();
  const value = pieces.join("");
  if (findLoneSurrogate(value) >= 0) return bad(pos + 1, NOT_UTF8);
  return { value, end: pos + 1, isPlain: false, problem: undefined };
}

const UNPAIRED = "a surrogate of a \\u escape stands without its other half";

function isOrdinary(code: number, quote: number): boolean {
  return code >= 0x20 && code !== BACKSLASH && code !== quote;
}

function controlProblem(atEnd: boolean): string {
  return atEnd ? "the string never ends" : "a string ends on its own line: close it with a quote, or write \\n";
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes; a lone surrogate, which is refused later, when they aren't UTF-8. */
function decodeBytes(bytes: readonly number[]): string {
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return "\ud800";
  }
}

function hexValue(text: string, start: number, digits: number): number {
  let value = 0;
  for (let pos = start; pos < start + digits; pos++) {
    const code = text.charCodeAt(pos);
    const lower = code | 0x20;
    if (code >= 0x30 && code <= 0x39) value = value * 16 + code - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57;
    else return -1;
  }
  return value;
}

function bad(end: number, problem: string): StringLiteral {
  return { value: "", end, isPlain: true, problem };
}
