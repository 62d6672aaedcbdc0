/**
 * `npm run demo`: installs and builds what is missing, then looks into a fixture with the built command line.
 * Uses nothing but Node, since in a fresh clone there is nothing else.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const cli = join("dist", "cli", "main.js");

if (!isInstalled()) run("npm", ["ci", "--no-audit", "--no-fund", "--silent"]);
if (isStale()) run("npm", ["run", "--silent", "build"]);

flatlens("verify", "fixtures/monster/monster.bfbs", "fixtures/monster/monster.bin");
flatlens("json", "fixtures/monster/monster.full.bfbs", "fixtures/monster/monster.bin", "--indent", "2");

/** Shows a command as a user would type it, and runs it. */
function flatlens(...args) {
  console.log(`$ flatlens ${args.join(" ")}`);
  run(process.execPath, [cli, ...args]);
  console.log();
}

/** Whether what the build and the program need is there. */
function isInstalled() {
  return ["typescript", "rolldown", "commander"].every((name) => existsSync(join(root, "node_modules", name)));
}

/** Whether there is no build, or a source file is younger than it. */
function isStale() {
  if (!existsSync(join(root, cli))) return true;
  const built = statSync(join(root, cli)).mtimeMs;
  return readdirSync(join(root, "src"), { recursive: true }).some((name) => {
    return name.endsWith(".ts") && statSync(join(root, "src", name)).mtimeMs > built;
  });
}

function run(command, args) {
  const shell = command === "npm" && process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
