import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flatlens, MONSTER, MONSTER_DATA, ROOT, temporaryFolder } from "./run-cli.js";

describe("flatlens verify", () => {
  it("says ok for each good file, one line each, with status 0", () => {
    const outcome = flatlens(["verify", MONSTER, MONSTER_DATA, "fixtures/monster/small.bin"]);
    expect(outcome).toEqual({
      status: 0,
      stdout: `${MONSTER_DATA}: ok (632 bytes, 7 tables, depth 3)\nfixtures/monster/small.bin: ok (32 bytes, 1 table, depth 1)\n`,
      stderr: "",
    });
  });

  it("says what is wrong where for a bad file, on standard output, with status 1", () => {
    const cut = cutMonster();
    const outcome = flatlens(["verify", MONSTER, MONSTER_DATA, cut, "fixtures/monster/small.bin"]);
    expect(outcome).toMatchObject({ status: 1, stderr: "" });
    const lines = outcome.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/: [a-z-]+ at byte \d+ \(root[^)]*\): /);
    expect(lines[1]!.startsWith(`${cut}: `)).toBe(true);
  });

  it("--all tells more than the first issue", () => {
    const cut = cutMonster();
    const one = flatlens(["verify", MONSTER, cut]).stdout.trimEnd().split("\n");
    const all = flatlens(["verify", MONSTER, cut, "--all"]).stdout.trimEnd().split("\n");
    expect(one).toHaveLength(1);
    expect(all.length).toBeGreaterThan(1);
    expect(all[0]).toBe(one[0]);
  });

  it("--json prints one object per file, also for one that can't be read", () => {
    const outcome = flatlens(["verify", MONSTER, MONSTER_DATA, cutMonster(), "nope.bin", "--json"]);
    expect(outcome).toMatchObject({ status: 2, stderr: "" });
    const [good, bad, missing] = outcome.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(good).toMatchObject({ file: MONSTER_DATA, ok: true, notes: [], stats: { bytes: 632, tables: 7, depth: 3 } });
    expect(bad).toMatchObject({ ok: false, issues: [{ code: expect.any(String), offset: expect.any(Number) }] });
    expect(missing).toEqual({
      file: "nope.bin",
      ok: false,
      issues: [{ code: "file-not-readable", path: "", offset: 0, message: expect.stringContaining("no such file") }],
    });
  });

  it("--lint tells notes, which make no file fail", () => {
    const schema = "fixtures/enums/enums.full.bfbs";
    const data = "fixtures/enums/outside.bin";
    expect(flatlens(["verify", schema, data]).stdout.split("\n")).toHaveLength(2);
    const outcome = flatlens(["verify", schema, data, "--lint"]);
    expect(outcome.status).toBe(0);
    expect(outcome.stdout).toContain(`${data}: note: unknown-enum-value at byte `);
  });

  it("reads standard input", () => {
    const outcome = flatlens(["verify", MONSTER, "-"], readFileSync(join(ROOT, MONSTER_DATA)));
    expect(outcome.stdout).toBe("stdin: ok (632 bytes, 7 tables, depth 3)\n");
  });

  it("takes the gate's flags", () => {
    const prefixed = "fixtures/monster/prefixed.bin";
    expect(flatlens(["verify", MONSTER, prefixed]).stdout).toContain("size-prefix-unexpected");
    expect(flatlens(["verify", MONSTER, prefixed, "--size-prefixed"]).stdout).toContain(": ok (");
    expect(flatlens(["verify", MONSTER, "fixtures/frames/one.bin"]).stdout).toContain("wrong-identifier");
    expect(flatlens(["verify", MONSTER, MONSTER_DATA, "--root-type", "cove.Den"]).status).toBe(1);
    expect(flatlens(["verify", MONSTER, MONSTER_DATA, "--max-depth", "1"]).stdout).toContain("depth-limit");
    expect(flatlens(["verify", MONSTER, MONSTER_DATA, "--max-visits", "3"]).stdout).toContain("visit-limit");
    expect(flatlens(["verify", MONSTER, MONSTER_DATA, "--max-apparent-bytes", "9"]).stdout).toContain(
      "apparent-size-limit",
    );
    const unions = "fixtures/unions/unions.full.bfbs";
    const unknown = "fixtures/unions/unknown-member.bin";
    expect(flatlens(["verify", unions, unknown]).status).toBe(0);
    expect(flatlens(["verify", unions, unknown, "--unknown-unions", "reject"]).stdout).toContain("unknown-union-type");
  });
});

/** A monster that lost its second half. */
function cutMonster(): string {
  const path = join(temporaryFolder(), "cut.bin");
  writeFileSync(path, readFileSync(join(ROOT, MONSTER_DATA)).subarray(0, 400));
  return path;
}
