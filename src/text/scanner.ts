import { FlatbufferError } from "../wire/error.js";
import { readStringLiteral, type StringLiteral } from "./string-literal.js";

/** What kind of token stands in front of the scanner. */
export const TokenKind = {
  End: 0,
  Identifier: 1,
  String: 2,
  Integer: 3,
  Float: 4,
  /** One of `{ } ( ) [ ] , : ; = .` or a sign in front of an identifier; `value` is that character. */
  Symbol: 5,
} as const;

/** One of the numbers of `TokenKind`. */
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/**
 * Reads schema text token by token, one token ahead of the parser, in one pass and without backing up.
 *
 * `kind`, `value` and the rest describe the token in front. Errors are FlatbufferErrors with code `schema-syntax` whose
 * `offset` is an index in the text; `place` turns such an index into line and column.
 */
export class Scanner {
  readonly text: string;
  kind: TokenKind = TokenKind.End;
  /** An identifier's or number's text, a string's content, a symbol's character; empty at the end. */
  value = "";
  /** Index of the token's first character. */
  start = 0;
  /** Index behind the token. Where flatc reports what is wrong with the token in front, and with what led up to it. */
  end = 0;
  /** The `///` comments between the last token and this one, without their slashes. */
  docs: string[] = NO_DOCS;
  /** Whether a string has neither escapes nor characters outside of printable ASCII, so that it may stand for a number. */
  isPlainString = true;

  #pos: number;
  /** No token was read yet. */
  #isFresh = true;
  /** Starts of lines, as far as scanned. */
  readonly #lines: number[] = [0];

  /** Begins behind a byte order mark, if there is one, without reading a token. */
  constructor(text: string) {
    this.text = text;
    this.#pos = this.end = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /**
   * Reads the next token into the fields. If it throws, it stands behind the offending character, and `kind` and `value`
   * are still those of the token before.
   */
  next(): void {
    this.docs = NO_DOCS;
    let seenNewline = this.#isFresh;
    this.#isFresh = false;
    for (;;) {
      const start = this.#pos;
      const code = this.text.charCodeAt(start);
      this.#pos = start + 1;
      switch (code) {
        case LINE_FEED:
          this.#lines.push(this.#pos);
          seenNewline = true;
          break;
        case SPACE:
        case TAB:
        case CARRIAGE_RETURN:
          break;
        case SLASH:
          this.#comment(start, seenNewline);
          break;
        default:
          this.start = start;
          this.#token(code, start);
          this.end = this.#pos;
          return;
      }
    }
  }

  /** Line and column, both from 1, of an index that was scanned already; the column counts characters. */
  place(index: number): { line: number; column: number } {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = high - ((high - low) >>> 1);
      if (this.#lines[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    const from = this.#lines[low]!;
    // flatc doesn't count the byte order mark.
    const mark = low === 0 && this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    return { line: low + 1, column: [...this.text.slice(from + mark, index)].length };
  }

  #token(code: number, start: number): void {
    if (isIdentifierStart(code)) this.#identifier(start);
    else if (isDigit(code)) this.#number(start, start);
    else if (code === 0x22 || code === 0x27) this.#string(start);
    else if (code === PLUS || code === MINUS) this.#signed(start);
    else if (code === DOT && isDigit(this.text.charCodeAt(this.#pos))) this.#number(start, start);
    else if (isSymbol(code)) this.#take(TokenKind.Symbol, start);
    else if (start >= this.text.length) this.#atEnd();
    else throw this.#error(`unexpected character ${nameCharacter(this.text, start)}`);
  }

  #atEnd(): void {
    this.#pos = this.text.length;
    this.kind = TokenKind.End;
    this.value = "";
  }

  #take(kind: TokenKind, start: number): void {
    this.kind = kind;
    this.value = this.text.slice(start, this.#pos);
  }

  #identifier(start: number): void {
    while (isIdentifierPart(this.text.charCodeAt(this.#pos))) this.#pos++;
    this.#take(TokenKind.Identifier, start);
  }

  #string(start: number): void {
    const literal: StringLiteral = readStringLiteral(this.text, start);
    this.#pos = literal.end;
    if (literal.problem !== undefined) throw this.#error(literal.problem);
    this.kind = TokenKind.String;
    this.value = literal.value;
    this.isPlainString = literal.isPlain;
  }

  /** A number with its sign; `+inf` and `-inf` are numbers too. The sign alone in front of any other word. */
  #signed(start: number): void {
    const { text } = this;
    const isInfinity = text.startsWith("inf", this.#pos) && !isIdentifierPart(text.charCodeAt(this.#pos + 3));
    if (isInfinity) {
      this.#pos += 3;
      this.#take(TokenKind.Float, start);
    } else if (isIdentifierStart(text.charCodeAt(this.#pos))) this.#take(TokenKind.Symbol, start);
    else this.#number(start, start + 1);
  }

  /**
   * A decimal or hex number, whole or with point and exponent, from `digits` on. A hex number with a point must have an
   * exponent. A sign and a lone point pass here (`-.`) and fail when their value is wanted.
   */
  #number(start: number, digits: number): void {
    const { text } = this;
    let pos = digits;
    const isHex = text.charCodeAt(pos) === 0x30 && (text.charCodeAt(pos + 1) | 0x20) === 0x78;
    if (isHex) pos += 2;
    let needed = pos;
    pos = isHex ? this.#skipHexDigits(pos) : this.#skipDigits(pos);
    let points = 0;
    while (text.charCodeAt(pos) === DOT && points < 2) {
      points++;
      pos++;
      if (points < 2) pos = isHex ? this.#skipHexDigits(pos) : this.#skipDigits(pos);
    }
    let isFloat = points > 0;
    let isBad = points > 1;
    if (!isBad && pos > needed) {
      if (isHex && points > 0) needed = pos;
      const letter = text.charCodeAt(pos) | 0x20;
      if (letter === 0x65 || (isHex && letter === 0x70)) {
        isFloat = true;
        pos++;
        const sign = text.charCodeAt(pos);
        if (sign === PLUS || sign === MINUS) pos++;
        needed = pos;
        pos = this.#skipDigits(pos);
        if (text.charCodeAt(pos) === DOT) {
          pos++;
          isBad = true;
        }
      }
    }
    this.#pos = pos;
    if (isBad || pos <= needed) throw this.#error(`${JSON.stringify(text.slice(start, pos))} is no number`);
    this.#take(isFloat ? TokenKind.Float : TokenKind.Integer, start);
  }

  #skipDigits(pos: number): number {
    while (isDigit(this.text.charCodeAt(pos))) pos++;
    return pos;
  }

  #skipHexDigits(pos: number): number {
    for (;;) {
      const code = this.text.charCodeAt(pos);
      const lower = code | 0x20;
      if (!isDigit(code) && !(lower >= 0x61 && lower <= 0x66)) return pos;
      pos++;
    }
  }

  #comment(start: number, seenNewline: boolean): void {
    const { text } = this;
    const second = text.charCodeAt(start + 1);
    if (second === SLASH) {
      let pos = start + 2;
      for (; pos < text.length; pos++) {
        const code = text.charCodeAt(pos);
        if (code === LINE_FEED || code === CARRIAGE_RETURN) break;
        if (code === NUL) this.#refuseNul(pos);
      }
      this.#pos = pos;
      if (text.charCodeAt(start + 2) !== SLASH) return;
      if (!seenNewline) throw this.#error("a /// comment belongs on a line of its own, before what it documents");
      if (this.docs === NO_DOCS) this.docs = [];
      this.docs.push(text.slice(start + 3, pos));
      return;
    }
    if (second !== 0x2a) throw this.#error('unexpected character "/"');
    for (let pos = start + 2; pos < text.length; pos++) {
      const code = text.charCodeAt(pos);
      // flatc's column on the comment's last line counts from the line feed, one more than elsewhere.
      if (code === LINE_FEED) this.#lines.push(pos);
      if (code === NUL) this.#refuseNul(pos);
      if (code === 0x2a && text.charCodeAt(pos + 1) === SLASH) {
        this.#pos = pos + 2;
        return;
      }
    }
    this.#pos = text.length;
    throw this.#error("the comment that begins with /* never ends");
  }

  #refuseNul(pos: number): never {
    this.#pos = pos + 1;
    throw this.#error("a NUL in a comment: this is no text");
  }

  #error(reason: string): FlatbufferError {
    this.end = this.#pos;
    return new FlatbufferError("schema-syntax", reason, { offset: this.#pos });
  }
}

/** Shared by all tokens without comments; never pushed to. */
const NO_DOCS: string[] = [];
const NUL = 0x00;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;

/** `a` to `z`, `A` to `Z`, `_`. */
export function isIdentifierStart(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x5f;
}

function isIdentifierPart(code: number): boolean {
  return isIdentifierStart(code) || isDigit(code);
}

/** `{ } ( ) [ ] , : ; = .` */
function isSymbol(code: number): boolean {
  return "{}()[],:;=.".includes(String.fromCharCode(code));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A character for a message: quoted when it can be printed, else by its number. */
function nameCharacter(text: string, index: number): string {
  const code = text.codePointAt(index)!;
  if (code > 0x20 && code < 0x7f) return JSON.stringify(String.fromCharCode(code));
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
