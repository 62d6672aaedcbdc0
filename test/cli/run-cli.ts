import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The root of the repository; commands run there. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));
/** The built program. */
export const MAIN: string = join(ROOT, "dist", "cli", "main.js");

/** What a command left behind. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program with `input` on standard input. */
export function flatlens(args: readonly string[], input: string | Uint8Array = ""): Outcome {
  if (!existsSync(MAIN)) throw new Error("these tests run the built program: npm run build first");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    input,
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** An empty folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "flatlens-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const MONSTER = "fixtures/monster/monster.full.bfbs";
export const MONSTER_DATA = "fixtures/monster/monster.bin";
