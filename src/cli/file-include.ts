import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { FlatbufferError, type IncludedFile, type ReadInclude } from "../index.js";

/** More text than any schema file has. */
const MAX_INCLUDE_BYTES = 8 * 1024 * 1024;

/**
 * Finds includes on disk, where flatc does: next to the file that includes them, then in each of `folders`, then next to
 * the main file; and nowhere outside of these: neither by an absolute path, nor through `..`, nor through a symbolic link.
 *
 * The function throws `include-refused` for what would lead outside, isn't a plain file or is too large; it never says
 * what such a file holds, nor whether it is there.
 *
 * @param main Path of the main schema file; undefined for standard input, which has no folder.
 */
export function fileInclude(main: string | undefined, folders: readonly string[] = []): ReadInclude {
  const roots = [...folders, ...(main === undefined ? [] : [dirname(main)])];
  return (path, from) => {
    if (!isPlainPath(path)) throw refused(path, "is not a relative path");
    let isOutside = false;
    for (const folder of [...(from === "" ? [] : [dirname(from)]), ...roots]) {
      const candidate = join(folder, path);
      if (!isInside(resolve(candidate), roots.map(pathOf))) {
        isOutside = true;
        continue;
      }
      const real = realPathOf(candidate);
      if (real === undefined) continue;
      if (!isInside(real, roots.map(realPathOf))) throw refused(path, LEADS_OUT);
      return readIncluded(path, candidate, real);
    }
    if (isOutside) throw refused(path, LEADS_OUT);
    return undefined;
  };
}

const LEADS_OUT = "leads out of the schema's folder; allow another folder with -I";

/** Relative, on every system: `C:\x` and `\\host\x` are no names of files on one where they could be. */
function isPlainPath(path: string): boolean {
  return path !== "" && !path.includes("\0") && !isAbsolute(path) && !/^([\\/]|[A-Za-z]:)/.test(path);
}

function isInside(path: string, roots: readonly (string | undefined)[]): boolean {
  return roots.some((root) => {
    if (root === undefined) return false;
    const way = relative(root, path);
    return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

function pathOf(path: string): string {
  return resolve(path);
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function readIncluded(path: string, fileName: string, real: string): IncludedFile {
  try {
    const stat = statSync(real);
    if (!stat.isFile()) throw refused(path, "is no file");
    if (stat.size > MAX_INCLUDE_BYTES) throw refused(path, `has more than ${MAX_INCLUDE_BYTES} bytes`);
    return { fileName, text: readFileSync(real) };
  } catch (error) {
    throw error instanceof FlatbufferError ? error : refused(path, "cannot be read");
  }
}

function refused(path: string, why: string): FlatbufferError {
  return new FlatbufferError("include-refused", `the include ${JSON.stringify(path)} ${why}`);
}
