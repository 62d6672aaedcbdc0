import { Scanner, TokenKind } from "../text/scanner.js";
import { FlatbufferError } from "../wire/error.js";
import { parseEnum } from "./parse-enum.js";
import { parseObject } from "./parse-object.js";
import { parseService } from "./parse-service.js";
import type { FileSyntax, StatementSyntax } from "./syntax.js";
import {
  expectName,
  expectPath,
  expectString,
  expectSymbol,
  isSymbol,
  isWord,
  syntaxError,
  unexpected,
} from "./token-stream.js";

/** After so many mistakes in one file the rest would be guesswork. */
const MAX_PROBLEMS = 50;

/**
 * Reads a schema file into declarations. Never throws for what the text says: mistakes are in `problems`, and reading
 * goes on behind each one, at the next field or declaration.
 */
export function parseFile(text: string, fileName: string | undefined): FileSyntax {
  const scanner = new Scanner(text);
  const file: FileSyntax = {
    fileName,
    scanner,
    includes: [],
    statements: [],
    jsonStart: -1,
    endMark: 0,
    problems: [],
  };
  try {
    attempt(file, () => {
      scanner.next();
      if (scanner.kind === TokenKind.End) throw syntaxError(scanner, "the schema is empty");
    });
    while (isWord(scanner, "include") || isWord(scanner, "native_include")) attempt(file, () => parseInclude(file));
    while (scanner.kind !== TokenKind.End && !isSymbol(scanner, "{")) attempt(file, () => parseStatement(file));
  } catch (error) {
    if (error !== GAVE_UP) throw error;
  }
  if (isSymbol(scanner, "{")) file.jsonStart = scanner.start;
  file.endMark = scanner.end;
  return file;
}

/** Thrown when going on makes no sense: the file ended inside a declaration, or too much is wrong. */
const GAVE_UP: symbol = Symbol("gave up");
/** Thrown when a declaration seems to begin inside of another one. */
const NEXT_DECLARATION: symbol = Symbol("next declaration");

function parseInclude(file: FileSyntax): void {
  const { scanner } = file;
  const isNative = isWord(scanner, "native_include");
  scanner.next();
  // Paths written on Windows mean the same everywhere.
  const name = expectString(scanner, "a file name").replaceAll("\\", "/");
  if (!isNative) file.includes.push({ name, mark: scanner.end });
  expectSymbol(scanner, ";", "behind the file name");
}

function parseStatement(file: FileSyntax): void {
  const { scanner } = file;
  if (scanner.kind !== TokenKind.Identifier) throw unexpected(scanner, EXPECTED_DECLARATION);
  const word = scanner.value;
  const { docs } = scanner;
  const keep = (statement: StatementSyntax) => file.statements.push(statement);
  const recover = (parse: () => void) => recoverInBody(file, parse);
  if (word === "include")
    throw syntaxError(scanner, "'include' belongs to the top of the file, before all declarations");
  if (!DECLARATION_WORDS.has(word)) throw unexpected(scanner, EXPECTED_DECLARATION);
  scanner.next();
  switch (word) {
    case "namespace":
      parseNamespace(file);
      break;
    case "attribute":
      parseAttributeDeclaration(file);
      break;
    case "enum":
    case "union":
      parseEnum(scanner, word === "union", docs, keep, recover);
      break;
    case "rpc_service":
      parseService(scanner, docs, keep, recover);
      break;
    case "root_type": {
      const name = expectPath(scanner, "the name of the root table");
      keep({ kind: "root_type", name, mark: scanner.end });
      expectSymbol(scanner, ";", "behind the root type");
      break;
    }
    case "file_identifier": {
      const value = expectString(scanner, "four characters");
      keep({ kind: "file_identifier", value, mark: scanner.end });
      expectSymbol(scanner, ";", "behind the file identifier");
      break;
    }
    case "file_extension": {
      const value = expectString(scanner, "a file extension");
      keep({ kind: "file_extension", value });
      expectSymbol(scanner, ";", "behind the file extension");
      break;
    }
    default:
      parseObject(scanner, word === "struct", docs, keep, recover);
  }
}

const DECLARATION_WORDS: ReadonlySet<string> = new Set([
  "namespace",
  "attribute",
  "enum",
  "union",
  "table",
  "struct",
  "rpc_service",
  "root_type",
  "file_identifier",
  "file_extension",
]);

const EXPECTED_DECLARATION =
  "expected a declaration (table, struct, enum, union, namespace, root_type, attribute, rpc_service, file_identifier or file_extension)";

function parseNamespace(file: FileSyntax): void {
  const { scanner } = file;
  const name = isSymbol(scanner, ";") ? "" : expectPath(scanner, "the name of a namespace");
  // The namespace holds even when its ';' is missing.
  file.statements.push({ kind: "namespace", name });
  expectSymbol(scanner, ";", "behind the namespace");
}

function parseAttributeDeclaration(file: FileSyntax): void {
  const { scanner } = file;
  const isQuoted = scanner.kind === TokenKind.String;
  const name = isQuoted ? expectString(scanner, "an attribute") : expectName(scanner, "an attribute's name");
  file.statements.push({ kind: "attribute", name });
  expectSymbol(scanner, ";", "behind the attribute's name");
}

/** Runs `parse`; notes what it throws, and then goes on at the next declaration. */
function attempt(file: FileSyntax, parse: () => void): void {
  const { start } = file.scanner;
  try {
    parse();
  } catch (error) {
    if (error === NEXT_DECLARATION) return;
    note(file, error);
    skipDeclaration(file, file.scanner.start > start);
  }
}

/** The same inside of braces: goes on behind the next ';' or in front of the closing brace. */
function recoverInBody(file: FileSyntax, parse: () => void): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    note(file, error);
    skipField(file);
    return false;
  }
}

function note(file: FileSyntax, error: unknown): void {
  if (!(error instanceof FlatbufferError)) throw error;
  file.problems.push({ mark: error.offset ?? 0, reason: error.message });
  if (file.problems.length >= MAX_PROBLEMS || file.scanner.kind === TokenKind.End) throw GAVE_UP;
}

function skipField(file: FileSyntax): void {
  const { scanner } = file;
  for (;;) {
    if (scanner.kind === TokenKind.End) throw GAVE_UP;
    if (isSymbol(scanner, "}")) return;
    if (startsDeclaration(scanner, true)) throw NEXT_DECLARATION;
    const isLast = isSymbol(scanner, ";");
    skipToken(file);
    if (isLast) return;
  }
}

function skipDeclaration(file: FileSyntax, mayStay: boolean): void {
  const { scanner } = file;
  let depth = 0;
  for (let mayStop = mayStay; scanner.kind !== TokenKind.End; mayStop = true) {
    if (mayStop && startsDeclaration(scanner, depth > 0)) return;
    if (isSymbol(scanner, "{")) depth++;
    if (isSymbol(scanner, "}")) depth--;
    const isLast = depth <= 0 && (isSymbol(scanner, "}") || isSymbol(scanner, ";"));
    skipToken(file);
    if (isLast) return;
  }
}

/** Steps over a token that nobody reads any more; broken ones count against the file, but aren't told one by one. */
function skipToken(file: FileSyntax): void {
  try {
    file.scanner.next();
  } catch {
    throw GAVE_UP;
  }
}

/**
 * Whether a declaration's first word is in front. Inside of braces it may be a field's name: there it must stand at the
 * very start of a line, where fields are not.
 */
function startsDeclaration(scanner: Scanner, inBraces: boolean): boolean {
  if (scanner.kind !== TokenKind.Identifier || !DECLARATION_WORDS.has(scanner.value)) return false;
  return !inBraces || scanner.start === 0 || scanner.text.charAt(scanner.start - 1) === "\n";
}
