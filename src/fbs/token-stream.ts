import type { Scanner } from "../text/scanner.js";
import { TokenKind } from "../text/scanner.js";
import { FlatbufferError } from "../wire/error.js";

/** Types in brackets and functions around numbers may be nested this deep, as in flatc. */
const MAX_NESTING = 64;

/** Whether the token in front is this symbol. */
export function isSymbol(scanner: Scanner, symbol: string): boolean {
  return scanner.kind === TokenKind.Symbol && scanner.value === symbol;
}

/** Whether the token in front is this word. */
export function isWord(scanner: Scanner, word: string): boolean {
  return scanner.kind === TokenKind.Identifier && scanner.value === word;
}

/** Takes the symbol in front, or throws; `where` completes "expected ';' ...". */
export function expectSymbol(scanner: Scanner, symbol: string, where: string): void {
  if (!isSymbol(scanner, symbol)) throw unexpected(scanner, `expected '${symbol}' ${where}`);
  scanner.next();
}

/** Takes the name in front and returns it, or throws; `what` completes "expected ...". */
export function expectName(scanner: Scanner, what: string): string {
  if (scanner.kind !== TokenKind.Identifier) throw unexpected(scanner, `expected ${what}`);
  const name = scanner.value;
  scanner.next();
  return name;
}

/** Takes the string in front and returns its content, or throws; `what` completes "expected ...". */
export function expectString(scanner: Scanner, what: string): string {
  if (scanner.kind !== TokenKind.String) throw unexpected(scanner, `expected ${what} in quotes`);
  const { value } = scanner;
  scanner.next();
  return value;
}

/** Takes `a.b.c` and returns it; the first name is in front already. */
export function expectPath(scanner: Scanner, what: string): string {
  let path = expectName(scanner, what);
  while (isSymbol(scanner, ".")) {
    scanner.next();
    path += `.${expectName(scanner, "a name behind '.'")}`;
  }
  return path;
}

/** The error for a token that doesn't belong where it is. */
export function unexpected(scanner: Scanner, expectation: string): FlatbufferError {
  return syntaxError(scanner, `${expectation}, got ${describeToken(scanner)}`);
}

/** An error at the token in front. */
export function syntaxError(scanner: Scanner, reason: string): FlatbufferError {
  return new FlatbufferError("schema-syntax", reason, { offset: scanner.end });
}

/** The token in front, for a message. */
export function describeToken(scanner: Scanner): string {
  switch (scanner.kind) {
    case TokenKind.End:
      return "the end of the file";
    case TokenKind.String:
      return `the string ${JSON.stringify(clip(scanner.value))}`;
    case TokenKind.Integer:
    case TokenKind.Float:
      return `the number ${clip(scanner.value)}`;
    default:
      return `'${clip(scanner.value)}'`;
  }
}

/** Throws when `depth` levels of brackets or functions are too many. */
export function checkNesting(scanner: Scanner, depth: number): void {
  if (depth >= MAX_NESTING) throw syntaxError(scanner, `more than ${MAX_NESTING} levels inside one another`);
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
