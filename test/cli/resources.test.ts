import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flatlens, MAIN, MONSTER, MONSTER_DATA, ROOT } from "./run-cli.js";

const POSIX = process.platform !== "win32";
const PLAIN = readFileSync(join(ROOT, "fixtures/monster/monster.json"), "utf8");

describe("the command line and its surroundings", () => {
  it("ends quietly when nobody reads its output any more", async () => {
    const many = Array.from({ length: 2000 }, () => MONSTER_DATA);
    const child = spawn(process.execPath, [MAIN, "json", MONSTER, ...many], { cwd: ROOT });
    const errors: Buffer[] = [];
    child.stderr.on("data", (chunk) => errors.push(chunk));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [status, signal] = await once(child, "close");
    expect({ status, signal, stderr: Buffer.concat(errors).toString() }).toEqual({
      status: 0,
      signal: null,
      stderr: "",
    });
  });

  it("waits for a slow reader and loses nothing", async () => {
    const many = Array.from({ length: 300 }, () => MONSTER_DATA);
    const child = spawn(process.execPath, [MAIN, "json", MONSTER, ...many], { cwd: ROOT });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) {
      chunks.push(chunk);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(Buffer.concat(chunks).toString()).toBe(`${PLAIN}\n`.repeat(300));
  });

  it("takes input in small pieces", async () => {
    const child = spawn(process.execPath, [MAIN, "json", MONSTER, "-"], { cwd: ROOT });
    const bytes = readFileSync(join(ROOT, MONSTER_DATA));
    for (let pos = 0; pos < bytes.length; pos += 100) child.stdin.write(bytes.subarray(pos, pos + 100));
    child.stdin.end();
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(`${PLAIN}\n`);
  });

  it.runIf(POSIX)("doesn't read devices for ever", () => {
    for (const command of ["json", "verify"]) {
      const outcome = flatlens([command, MONSTER, "/dev/zero", MONSTER_DATA]);
      expect(outcome.status).toBe(1);
      expect(outcome.stderr).toMatch(/^\/dev\/zero: buffer-too-large: .*\n$/);
      expect(outcome.stdout).not.toBe("");
    }
    expect(flatlens(["json", "/dev/zero", MONSTER_DATA]).stderr).toMatch(/^\/dev\/zero: buffer-too-large: .*\n$/);
    expect(flatlens(["json", MONSTER, "/dev/null"]).stderr).toMatch(/^\/dev\/null: buffer-too-short /);
  });
});
