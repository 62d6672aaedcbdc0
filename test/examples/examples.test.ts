import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MONSTER = "fixtures/monster/monster.full.bfbs";

describe("the examples", () => {
  it("are all in their README, and all run here or in the browser test", () => {
    const readme = readFileSync(join(ROOT, "examples/README.md"), "utf8");
    const names = readdirSync(join(ROOT, "examples")).filter((name) => name !== "README.md");
    expect(names.sort()).toEqual(["browser", "describe-schema.mjs", "inbox.mjs"]);
    for (const name of names) expect(readme).toContain(`[${name}`);
  });

  it("describe-schema tells tables, fields, types and comments", () => {
    const lines = run("describe-schema.mjs", MONSTER).split("\n");
    expect(lines).toContain("table cove.Monster (root)");
    expect(lines).toContain("  name: string (required)");
    expect(lines).toContain("  mood: cove.Mood");
    expect(lines).toContain("  hp: short  // Health points.");
    expect(lines).toContain("  weapons: [cove.Weapon]");
    expect(lines).toContain("  keepsakes: [cove.Equipment]");
    expect(lines).toContain("struct cove.Vec3  // A place in the cove, in metres from the pier.");
    expect(run("describe-schema.mjs", "reflection/reflection.bfbs")).toContain("table reflection.Schema (root)");
  });

  it("inbox keeps good messages and answers bad ones with a code", () => {
    const lines = run("inbox.mjs", MONSTER, "fixtures/monster/monster.bin", "fixtures/frames/one.bin")
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { status: 200, stored: expect.objectContaining({ name: "Barnaby", birthday: "1718409600000000000" }) },
      { status: 400, code: "wrong-identifier", path: "root", offset: 4 },
    ]);
  });
});

function run(example: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(ROOT, "examples", example), ...args], { cwd: ROOT, encoding: "utf8" });
}
