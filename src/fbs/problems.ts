import { FlatbufferError, type FlatbufferErrorCode, type Issue } from "../wire/error.js";
import type { FileSyntax, Mark } from "./syntax.js";

/** As many mistakes as anybody wants to read at once. */
export const MAX_ISSUES = 100;

/** What is wrong with a schema and where, in the order in which flatc would meet it. */
export interface Problems {
  readonly issues: SchemaIssue[];
  readonly warnings: string[];
  /** Issues of the file that is being resolved, not in order yet. */
  pending: SchemaIssue[];
}

/** An issue with its place in the text. */
export interface SchemaIssue extends Issue {
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly mark: Mark;
}

export function createProblems(): Problems {
  return { issues: [], warnings: [], pending: [] };
}

/** An error to throw while a declaration is resolved; `guard` catches it and notes it. */
export function semanticError(mark: Mark, reason: string): FlatbufferError {
  return new FlatbufferError("schema-semantics", reason, { offset: mark });
}

/**
 * The same for something that flatc would find behind `mark`; when the text breaks off before, what is wrong there comes
 * first and this says nothing.
 */
export function laterError(mark: Mark | undefined, reason: string): unknown {
  return mark === undefined ? BROKEN_OFF : semanticError(mark, reason);
}

const BROKEN_OFF: symbol = Symbol("broken off");

/** Runs `resolve` and notes what it throws. Returns whether nothing was wrong. */
export function guard(problems: Problems, file: FileSyntax, resolve: () => void): boolean {
  try {
    resolve();
    return true;
  } catch (error) {
    if (error === BROKEN_OFF) return false;
    if (!(error instanceof FlatbufferError)) throw error;
    note(problems, file, error.code, error.offset ?? 0, error.message);
    return false;
  }
}

/** Notes a mistake. */
export function note(
  problems: Problems,
  file: FileSyntax,
  code: FlatbufferErrorCode,
  mark: Mark,
  reason: string,
): void {
  const { line, column } = file.scanner.place(mark);
  const place = placeText(file.fileName, line, column);
  const message = `${place}: ${reason}`;
  problems.pending.push({ code, path: place, offset: mark, message, file: file.fileName, line, column, mark });
}

/** Notes something legal that is probably not meant. */
export function warn(problems: Problems, file: FileSyntax, mark: Mark, reason: string): void {
  const { line, column } = file.scanner.place(mark);
  problems.warnings.push(`${placeText(file.fileName, line, column)}: ${reason}`);
}

/** Puts the pending issues up to `mark` in order of place behind those before. */
export function settle(problems: Problems, mark: Mark = Number.POSITIVE_INFINITY): void {
  const due = problems.pending.filter((issue) => issue.mark <= mark).sort((a, b) => a.mark - b.mark);
  problems.pending = problems.pending.filter((issue) => issue.mark > mark);
  problems.issues.push(...due);
}

/** Throws the first issue, with all of them in `issues`, if there is any. */
export function throwIfAny(problems: Problems): void {
  const [first] = problems.issues;
  if (first === undefined) return;
  const more = problems.issues.length - 1;
  const message = more === 0 ? first.message : `${first.message} (and ${more} more, see issues)`;
  throw new FlatbufferError(first.code, message, {
    path: first.path,
    offset: first.offset,
    file: first.file,
    line: first.line,
    column: first.column,
    issues: problems.issues.slice(0, MAX_ISSUES).map(publicIssue),
  });
}

function publicIssue({ code, path, offset, message, file, line, column }: SchemaIssue): Issue {
  return Object.freeze({ code, path, offset, message, file, line, column });
}

function placeText(fileName: string | undefined, line: number, column: number): string {
  return `${fileName ?? "schema"}:${line}:${column}`;
}
