import { type FlatbufferError, type Issue, isFlatbufferError } from "../index.js";
import { excerpt } from "./excerpt.js";
import { exitCodeOf, isMisuse, raiseExitCode } from "./exit-code.js";
import { printable } from "./printable.js";

/** Writes what went wrong to stderr, one line per finding and never a stack trace, and sets the exit code. */
export function reportError(error: unknown): void {
  raiseExitCode(exitCodeOf(error));
  for (const line of errorLines(error)) process.stderr.write(`${line}\n`);
}

/**
 * Runs `work` and notes for the FlatbufferError that comes out of it the name of the file at fault, unless it knows one
 * or no file is at fault.
 *
 * @param text The bytes of the file where it is a text: then the faulty line is shown too.
 */
export async function withFile<T>(file: string, work: () => T | Promise<T>, text?: Uint8Array): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFlatbufferError(error) && !isMisuse(error) && !places.has(error)) {
      places.set(error, {
        file: error.file ?? file,
        text: error.file === undefined || error.file === file ? text : undefined,
      });
    }
    throw error;
  }
}

/** One finding as a line: `file: code at byte N (path): reason`. */
export function issueLine(file: string, issue: Finding): string {
  const at = issue.offset === undefined ? "" : ` at byte ${issue.offset}`;
  const path = issue.path === undefined || issue.path === "" ? "" : ` (${issue.path})`;
  return printable(`${file}: ${issue.code}${at}${path}: ${issue.message}`);
}

/** What an issue, a note and an error have in common. */
type Finding = Pick<Issue, "message"> & {
  readonly code: string;
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
};

/** What a file is called in messages; `-` is standard input. */
export function fileLabel(path: string): string {
  return path === "-" ? "stdin" : path;
}

/** An error's place is found on the way out; the error itself is frozen in its making. */
const places = new WeakMap<FlatbufferError, { file: string; text: Uint8Array | undefined }>();

function errorLines(error: unknown): string[] {
  if (!isFlatbufferError(error)) return [printable(`flatlens: internal error: ${reasonOf(error)}; please report it`)];
  const place = places.get(error);
  const file = place?.file ?? error.file ?? "flatlens";
  if (error.line === undefined) return [issueLine(file, error)];
  const line = textErrorLine(file, error);
  return place?.text === undefined ? [line] : [line, ...excerpt(place.text, error.line, error.column)];
}

/** `file:line:column: code: reason`, which editors and terminals turn into a link. */
function textErrorLine(file: string, error: FlatbufferError): string {
  const column = error.column === undefined ? "" : `:${error.column}`;
  const path = error.path === undefined || error.path === "" ? "" : ` (${error.path})`;
  return printable(`${file}:${error.line}${column}: ${error.code}${path}: ${error.message}`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
