import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { flatlens, temporaryFolder } from "./run-cli.js";

/** Writes files into a folder that goes away with the test. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe("flatlens schema", () => {
  it("says what is in a schema, text or binary", () => {
    const folder = project({ "m.fbs": 'enum E : byte { A } table T { e: E; } root_type T; file_identifier "ABCD";' });
    const text = flatlens(["schema", join(folder, "m.fbs")]);
    expect(text.stdout).toContain('m.fbs: ok (1 table, 1 enum, root_type T, file_identifier "ABCD")');
    expect(text.status).toBe(0);
    flatlens(["schema", join(folder, "m.fbs"), "-o", join(folder, "m.bfbs")]);
    expect(flatlens(["schema", join(folder, "m.bfbs")]).stdout).toContain("1 table, 1 enum, root_type T");
  });

  it("compiles to the bytes that the library makes, with the options of flatc", () => {
    const folder = temporaryFolder();
    const out = join(folder, "reflection.bfbs");
    const flags = ["--bfbs-builtins", "--bfbs-comments"];
    const made = flatlens(["schema", "reflection/reflection.fbs", "-o", out, ...flags]);
    expect([made.status, made.stdout, made.stderr]).toEqual([0, "", ""]);
    expect(Buffer.compare(readFileSync(out), readFileSync("reflection/reflection.bfbs"))).toBe(0);
    flatlens(["schema", "reflection/reflection.fbs", "-o", out, ...flags, "--bfbs-filenames", "."]);
    expect(readFileSync(out, "latin1")).toContain("//reflection/reflection.fbs");
  });

  it("prints text that is the same schema", () => {
    const folder = project({ "m.fbs": "/// Doc\ntable T { a: int = 5; }" });
    expect(flatlens(["schema", join(folder, "m.fbs"), "--print"]).stdout).toBe(
      "/// Doc\ntable T {\n  a: int = 5;\n}\n",
    );
  });

  it("points at each mistake, and ends with 1", () => {
    const folder = project({ "m.fbs": "table T {\n  a: int = 1.5;\n  b int;\n}\n" });
    const { status, stderr } = flatlens(["schema", join(folder, "m.fbs")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/m\.fbs:2:\d+: schema-semantics: /);
    expect(stderr).toMatch(/m\.fbs:3:\d+: schema-syntax: /);
  });

  it("tells warnings unless asked not to", () => {
    const folder = project({ "m.fbs": "table T { aB: int; }" });
    expect(flatlens(["schema", join(folder, "m.fbs")]).stderr).toMatch(/warning: .*m\.fbs:1:\d+: .*snake_case/);
    expect(flatlens(["schema", join(folder, "m.fbs"), "--no-warnings"]).stderr).toBe("");
  });

  it("finds includes next to the including file and in the folders of -I", () => {
    const folder = project({
      "src/m.fbs": 'include "near.fbs"; include "far.fbs"; table M { n: Near; f: Far; }',
      "src/near.fbs": "table Near {}",
      "lib/far.fbs": 'include "sub/deep.fbs"; table Far {}',
      "lib/sub/deep.fbs": "table Deep {}",
    });
    expect(flatlens(["schema", join(folder, "src/m.fbs")]).status).toBe(1);
    const found = flatlens(["schema", join(folder, "src/m.fbs"), "-I", join(folder, "lib")]);
    expect(found.stdout).toContain("4 tables");
  });

  it("finds them last of all next to the main file, as flatc does", () => {
    const folder = project({
      "m.fbs": 'include "d/b.fbs"; table M { b: B; }',
      "d/b.fbs": 'include "a.fbs"; include "c.fbs"; include "e.fbs"; table B { a: A; c: C; e: E; }',
      "a.fbs": "table A {}",
      // Nearer ones win: next to the file itself, then the folders of -I.
      "c.fbs": "wrong",
      "lib/c.fbs": "table C {}",
      "e.fbs": "wrong",
      "lib/e.fbs": "wrong",
      "d/e.fbs": "table E {}",
    });
    const found = flatlens(["schema", join(folder, "m.fbs"), "-I", join(folder, "lib")]);
    expect([found.stderr, found.status]).toEqual(["", 0]);
    expect(found.stdout).toContain("5 tables");
  });
});

describe("includes", () => {
  it.each([
    ["an absolute path", "/etc/passwd"],
    ["a path upwards", "../secret.fbs"],
    ["a path upwards in disguise", "sub/../../secret.fbs"],
    ["a drive", "C:\\\\secret.fbs"],
    ["a share", "\\\\\\\\host\\\\secret.fbs"],
    ["a zero", "a\\u0000b"],
    ["a link to the outside", "link.fbs"],
    ["a folder link to the outside", "way/secret.fbs"],
    ["a folder", "sub"],
    ["nothing", ""],
  ])("never leave the folders by %s", (_, path) => {
    const folder = project({
      "src/m.fbs": `include "${path}"; table T {}`,
      "src/sub/x.fbs": "table X {}",
      "secret.fbs": "top secret words",
    });
    symlinkSync(join(folder, "secret.fbs"), join(folder, "src/link.fbs"));
    symlinkSync(folder, join(folder, "src/way"));
    const { status, stdout, stderr } = flatlens(["schema", join(folder, "src/m.fbs")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/m\.fbs:1:\d+: include-refused: /);
    expect(stdout + stderr).not.toMatch(/top|words|root:/);
  });

  it("don't tell whether a file outside is there", () => {
    const folder = project({ "src/m.fbs": 'include "../one.fbs"; include "../two.fbs"; table T {}', "one.fbs": "x" });
    const { stderr } = flatlens(["schema", join(folder, "src/m.fbs")]);
    const reasons = stderr.split("\n").filter((line) => line.includes("include-refused"));
    expect(reasons).toHaveLength(2);
    expect(reasons[0]!.replace(/^.*"\.\.\/one\.fbs"/, "")).toBe(reasons[1]!.replace(/^.*"\.\.\/two\.fbs"/, ""));
  });

  it("follow links that stay inside, and circles", () => {
    const folder = project({
      "m.fbs": 'include "link.fbs"; table T { x: X; }',
      "x.fbs": 'include "m.fbs"; table X {}',
    });
    symlinkSync("x.fbs", join(folder, "link.fbs"));
    expect(flatlens(["schema", join(folder, "m.fbs")]).status).toBe(0);
  });

  it("are refused above 8 MB", () => {
    const folder = project({
      "m.fbs": 'include "big.fbs"; table T {}',
      "big.fbs": `// ${"x".repeat(8 * 1024 * 1024)}`,
    });
    expect(flatlens(["schema", join(folder, "m.fbs")]).stderr).toContain("include-refused");
  });
});

describe("flatlens compare", () => {
  const files = {
    "old.fbs": "table T { a: int; b: string; }",
    "new.fbs": "table T { a: int; b: string; c: int; }",
    "bad.fbs": "table T { a: long; c: string; }",
  };

  it("ends with 0 when nothing breaks and with 1 when a reader does", () => {
    const folder = project(files);
    const fine = flatlens(["compare", join(folder, "old.fbs"), join(folder, "new.fbs")]);
    expect([fine.status, fine.stdout]).toEqual([0, "ok: field-added T.c: 'c' is new (breaks nothing)\n"]);
    const broken = flatlens(["compare", join(folder, "old.fbs"), join(folder, "bad.fbs")]);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain(
      "breaking: field-type-changed T.a: 'a' was int and is long (breaks old-reader, new-reader, json)",
    );
  });

  it("gives machines one JSON object per line", () => {
    const folder = project(files);
    const { stdout } = flatlens(["compare", join(folder, "old.fbs"), join(folder, "bad.fbs"), "--json", "--breaking"]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { code: string; breaking: boolean });
    expect(lines.map(({ code }) => code)).toEqual(["field-type-changed"]);
    expect(lines.every(({ breaking }) => breaking)).toBe(true);
  });
});

describe("all commands", () => {
  it("take schema text where they take a binary schema", () => {
    const args = ["json", "fixtures/monster/monster.fbs", "fixtures/monster/monster.bin"];
    const binary = flatlens(["json", "fixtures/monster/monster.full.bfbs", "fixtures/monster/monster.bin"]);
    const text = flatlens(args);
    expect([text.status, text.stdout]).toEqual([0, binary.stdout]);
    expect(flatlens(["verify", "fixtures/monster/monster.fbs", "fixtures/monster/monster.bin"]).status).toBe(0);
  });
});
