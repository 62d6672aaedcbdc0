import { isMisuse } from "./exit-code.js";
import { readInput } from "./files.js";
import { fileLabel, reportError, withFile } from "./report.js";

/** One input of a command that takes many. */
export interface InputFile {
  /** As given on the command line. */
  readonly path: string;
  /** What to call it in messages. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the files one after another and hands each to `work`. A bad one goes to `failed` (which reports it on stderr
 * unless the command has its own way) and the next one follows; what would be wrong for all of them, an unknown root
 * type say, ends the loop.
 */
export async function eachFile(
  paths: readonly string[],
  work: (file: InputFile) => void | Promise<void>,
  failed: (error: unknown, label: string) => void | Promise<void> = reportError,
): Promise<void> {
  for (const path of paths) {
    const label = fileLabel(path);
    try {
      await withFile(label, async () => work({ path, label, bytes: await readInput(path) }));
    } catch (error) {
      if (isMisuse(error)) throw error;
      await failed(error, label);
    }
  }
}
