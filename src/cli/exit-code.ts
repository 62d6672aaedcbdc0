import { isFlatbufferError } from "../index.js";

/** Some input is bad: it doesn't verify, doesn't parse, breaks a limit. */
export const EXIT_BAD_DATA = 1;
/** The command line can't be carried out whatever the data: unknown option, type or path, a file that can't be read. */
export const EXIT_USAGE = 2;

/** Sets the status the process will end with, never lowering it. */
export function raiseExitCode(code: number): void {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
}

/** The status for an error that ended a command or the work on one file. */
export function exitCodeOf(error: unknown): number {
  return isFlatbufferError(error) && USAGE_CODES.has(error.code) ? EXIT_USAGE : EXIT_BAD_DATA;
}

/** Whether `error` would be the same for every file, so that going on to the next one makes no sense. */
export function isMisuse(error: unknown): boolean {
  return isFlatbufferError(error) && MISUSE_CODES.has(error.code);
}

const MISUSE_CODES: ReadonlySet<string> = new Set([
  "no-root-type",
  "unknown-root-type",
  "unknown-type",
  "invalid-option",
  "invalid-argument",
  "invalid-path",
]);

const USAGE_CODES: ReadonlySet<string> = new Set([...MISUSE_CODES, "file-not-readable", "file-not-writable"]);
