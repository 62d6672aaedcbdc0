import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./places.mjs";

/** Path of the built library. Installs and builds what is missing or older than the sources. */
export function builtLibrary() {
  const built = join(REPOSITORY, "dist", "index.js");
  if (!existsSync(join(REPOSITORY, "node_modules", "typescript"))) run("npm", "ci", "--no-audit", "--no-fund");
  if (isStale(built)) run("npm", "run", "build");
  return built;
}

function isStale(built) {
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const source = join(REPOSITORY, "src");
  return readdirSync(source, { recursive: true }).some(
    (name) => name.endsWith(".ts") && statSync(join(source, name)).mtimeMs > mtimeMs,
  );
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, {
    cwd: REPOSITORY,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}
