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

/** One finding as a line: `file: code at byte N (path): reason`, with the flag that helps where there is one. */
export function issueLine(file: string, issue: Finding): string {
  const at = issue.offset === undefined ? "" : ` at byte ${issue.offset}`;
  return printable(`${file}: ${issue.code}${at}${placeOf(issue)}: ${reasonOf(issue)}`);
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
  if (!isFlatbufferError(error)) return [printable(`flatlens: internal error: ${String(error)}; please report it`)];
  const place = places.get(error);
  const file = place?.file ?? error.file ?? "flatlens";
  if (error.line === undefined) return [issueLine(file, error)];
  const line = textErrorLine(file, error);
  return place?.text === undefined ? [line] : [line, ...excerpt(place.text, error.line, error.column)];
}

/** `file:line:column: code: reason`, which editors and terminals turn into a link. */
function textErrorLine(file: string, error: FlatbufferError): string {
  const column = error.column === undefined ? "" : `:${error.column}`;
  return printable(`${file}:${error.line}${column}: ${error.code}${placeOf(error)}: ${reasonOf(error)}`);
}

function placeOf({ path }: Finding): string {
  return path === undefined || path === "" ? "" : ` (${path})`;
}

/** The message, without the place that the line tells already, and with the flag for what it tells callers to do. */
function reasonOf(finding: Finding): string {
  const place = placeOf(finding);
  const { message } = finding;
  const reason = place !== "" && message.endsWith(place) ? message.slice(0, -place.length) : message;
  const flag = HELPFUL_FLAGS.get(finding.code);
  return flag === undefined ? reason : `${reason} (${flag})`;
}

const HELPFUL_FLAGS: ReadonlyMap<string, string> = new Map([
  ["wrong-identifier", "--raw-binary"],
  ["no-root-type", "--root-type"],
  ["unknown-root-type", "--root-type"],
  ["depth-limit", "--max-depth"],
  ["visit-limit", "--max-visits"],
  ["apparent-size-limit", "--max-apparent-bytes"],
  ["output-limit", "--max-output-bytes"],
]);
