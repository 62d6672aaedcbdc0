import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a file unless it is there and younger than what it is made of. `make` gives the content, or writes it itself. */
export async function cached(target, sources, make) {
  const made = existsSync(target) ? statSync(target).mtimeMs : 0;
  if (made > 0 && sources.every((source) => statSync(source).mtimeMs <= made)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const content = await make(target);
  if (content !== undefined) writeFileSync(target, content);
  return target;
}

/** The same for a list of paths: they are kept in `target`, one a line. */
export async function cachedPaths(target, sources, make) {
  await cached(target, sources, async () => (await make()).join("\n"));
  return readFileSync(target, "utf8").split("\n");
}
