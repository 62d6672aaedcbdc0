import { mkdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { FlatbufferError } from "../index.js";

/**
 * Where `-o PATH` sends the output of each input: PATH itself, or NAME + extension in PATH where that is a folder (or ends
 * in a slash, then it is made). Only names of the command line become names of files, never anything read from data.
 *
 * Throws `invalid-option` when two inputs would land in the same file.
 *
 * @param extension With its dot.
 */
export async function outputPaths(
  output: string,
  inputs: readonly string[],
  extension: string,
): Promise<ReadonlyMap<string, string>> {
  if (!(await isFolder(output))) {
    if (inputs.length === 1) return new Map([[inputs[0]!, output]]);
    throw new FlatbufferError(
      "invalid-option",
      `-o ${output} is no folder, but there are ${inputs.length} files to write`,
    );
  }
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  for (const input of inputs) {
    const path = join(output, `${stemOf(input)}${extension}`);
    if (taken.has(path)) throw new FlatbufferError("invalid-option", `two files would be written to ${path}`);
    taken.add(path);
    paths.set(input, path);
  }
  return paths;
}

async function isFolder(path: string): Promise<boolean> {
  if (/[/\\]$/.test(path)) {
    await mkdir(path, { recursive: true });
    return true;
  }
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function stemOf(input: string): string {
  return input === "-" ? "stdin" : basename(input, extname(input));
}
