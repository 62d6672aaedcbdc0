import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceText } from "./source-rules.js";

/** The root of the repository, with a slash at the end. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** All files under a folder of the repository, as paths from the root with forward slashes, sorted. */
export function filesUnder(folder: string, ending = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Every source file of the package. */
export function sourceFiles(): SourceText[] {
  return filesUnder("src", ".ts").map((path) => ({
    path: path.slice("src/".length),
    text: readFileSync(join(ROOT, path), "utf8"),
  }));
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
