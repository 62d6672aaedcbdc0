/**
 * Paths of schema files as plain text: `/` or `\` between parts, no file system behind them, so that they work in a
 * browser and for files that only exist in memory.
 */

/** All but the last part of a path; empty when there is only one part. */
export function directoryOf(path: string): string {
  const slash = normalizePath(path).lastIndexOf("/");
  if (slash < 0) return "";
  return slash === 0 ? "/" : normalizePath(path).slice(0, slash);
}

/** The last part of a path. */
export function baseNameOf(path: string): string {
  const normal = normalizePath(path);
  return normal.slice(normal.lastIndexOf("/") + 1);
}

/** `path` seen from `directory`; an absolute path stays what it is. */
export function joinPath(directory: string, path: string): string {
  return directory === "" || isAbsolute(path) ? normalizePath(path) : normalizePath(`${directory}/${path}`);
}

/** A path with `/` only, without `.` and without `..` behind another part. */
function normalizePath(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  const parts: string[] = [];
  for (const part of slashes.split("/")) {
    if (part === "" || part === ".") continue;
    const canGoUp = parts.length > 0 && parts.at(-1) !== "..";
    if (part !== ".." || (!canGoUp && !slashes.startsWith("/"))) parts.push(part);
    else if (canGoUp) parts.pop();
  }
  return slashes.startsWith("/") ? `/${parts.join("/")}` : parts.join("/");
}

/** A file's name from the project's root folder, as flatc writes it into a .bfbs: `//folder/file.fbs`. */
export function projectPath(root: string, fileName: string): string {
  const from = partsOf(root);
  const to = partsOf(fileName);
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return `//${"../".repeat(from.length - common)}${to.slice(common).join("/")}`;
}

function partsOf(path: string): string[] {
  return normalizePath(path)
    .split("/")
    .filter((part) => part !== "");
}

/** Begins with a slash, or with a drive as in `C:/`. */
function isAbsolute(path: string): boolean {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path);
}
