import { type FlatbufferError, type Issue, isFlatbufferError } from "../index.js";
import { excerpt } from "./excerpt.js";
import { exitCodeOf, isMisuse, raiseExitCode } from "./exit-code.js";
import { printable } from "./printable.js";

/** Writes what went wrong to stderr, a line per finding and never a stack trace, and sets the exit code. */
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
    if (isFlatbufferError(error) && !isMisuse(error) && !sources.has(error)) sources.set(error, { file, text });
    throw error;
  }
}

/** One finding as a line: `file: code at byte N (path): reason`, with the flag that helps where there is one. */
export function issueLine(file: string, issue: Finding): string {
  const at = issue.offset === undefined ? "" : ` at byte ${issue.offset}`;
  return printable(`${file}: ${issue.code}${at}${placeOf(issue)}: ${reasonOf(issue)}`);
}

/** What a file is called in messages; `-` is standard input. */
export function fileLabel(path: string): string {
  return path === "-" ? "stdin" : path;
}

/** What an issue, a note and an error have in common; a finding in a text has a line. */
type Finding = Pick<Issue, "message"> & {
  readonly code: string;
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
};

interface Source {
  readonly file: string;
  readonly text: Uint8Array | undefined;
}

/** Which input an error is about; found on the way out, since the library knows bytes and no files. */
const sources = new WeakMap<FlatbufferError, Source>();

function errorLines(error: unknown): string[] {
  if (!isFlatbufferError(error)) return [printable(`flatlens: internal error: ${String(error)}; please report it`)];
  const source = sources.get(error) ?? { file: error.file ?? "flatlens", text: undefined };
  if (error.line === undefined) return [issueLine(error.file ?? source.file, error)];
  return textFindings(error).flatMap((finding) => textFindingLines(source, finding));
}

/** All mistakes of a text, where its parser tells more than one. */
function textFindings(error: FlatbufferError): readonly Finding[] {
  const issues: readonly Finding[] = error.issues ?? [];
  return issues.length > 1 && issues.every((issue) => issue.line !== undefined) ? issues : [error];
}

/** `file:line:column: code: reason`, which editors and terminals turn into a link, and the line with a caret. */
function textFindingLines(source: Source, finding: Finding): string[] {
  const { line, column, code, file = source.file } = finding;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const first = printable(`${place}: ${code}${placeOf(finding)}: ${textReasonOf(finding)}`);
  return file === source.file && source.text !== undefined ? [first, ...excerpt(source.text, line!, column)] : [first];
}

/** The place in the data; in a schema text there is none, and `path` is the place in the text once more. */
function placeOf({ path, line, column }: Finding): string {
  return path === undefined || path === "" || path.endsWith(`:${line}:${column}`) ? "" : ` (${path})`;
}

/** The message, without the place that the line tells already, and with the flag for what it tells callers to do. */
function reasonOf(finding: Finding): string {
  const place = placeOf(finding);
  const { message } = finding;
  const reason = place !== "" && message.endsWith(place) ? message.slice(0, -place.length) : message;
  const flag = HELPFUL_FLAGS.get(finding.code);
  return flag === undefined ? reason : `${reason} (${flag})`;
}

/** The message behind `file:line:column: path: `, which the library writes in front for those who print nothing else. */
function textReasonOf(finding: Finding): string {
  const { line, column, path } = finding;
  const reason = reasonOf(finding);
  const place = `:${line}:${column}: `;
  const at = reason.indexOf(place);
  const rest = at < 0 ? reason : reason.slice(at + place.length);
  return path !== undefined && rest.startsWith(`${path}: `) ? rest.slice(path.length + 2) : rest;
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
