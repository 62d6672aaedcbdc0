import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fromJSON, parseSchema } from "../../src/index.js";
import { flatlens } from "./run-cli.js";

const TEXT = 'enum C:byte{A,B} table T{i:int;c:C;} root_type T; file_identifier "ABCD";';
const schema = parseSchema(TEXT);

function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), "flatlens-binary-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ "s.fbs": TEXT, ...files })) writeFileSync(join(path, name), text);
  return path;
}

describe("flatlens binary", () => {
  it("writes the buffer beside its text", () => {
    const dir = folder({ "a.json": "{i:5}" });
    expect(flatlens(["binary", join(dir, "s.fbs"), join(dir, "a.json")])).toMatchObject({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(new Uint8Array(readFileSync(join(dir, "a.bin")))).toEqual(fromJSON(schema, "{i:5}"));
  });

  it("shows the faulty line with a caret, and goes on with the next file", () => {
    const dir = folder({ "bad.json": '{ "i": 5,\n  "c": "Q" }', "good.json": "{}" });
    const out = flatlens([
      "binary",
      join(dir, "s.fbs"),
      join(dir, "bad.json"),
      join(dir, "good.json"),
      "-o",
      join(dir, "out/"),
    ]);
    expect(out.status).toBe(1);
    expect(out.stderr).toMatch(/bad\.json:2:9: unknown-enum-value \(root\.c\): .*\n {4}"c": "Q" }\n {10}\^\n$/);
    expect(readFileSync(join(dir, "out", "good.bin")).length).toBeGreaterThan(0);
  });

  it("hands flatc's flags on", () => {
    const dir = folder({ "a.json": '{"i":0,"zz":1}' });
    const target = join(dir, "x.bin");
    const flags = ["--size-prefixed", "--force-defaults", "--unknown-json", "--strict-json", "-o", target];
    expect(flatlens(["binary", join(dir, "s.fbs"), join(dir, "a.json"), ...flags]).status).toBe(0);
    const options = { sizePrefixed: true, forceDefaults: true, unknownFields: "ignore" } as const;
    expect(new Uint8Array(readFileSync(target))).toEqual(fromJSON(schema, '{"i":0,"zz":1}', options));
  });
});
