import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "../../src/cli/exact-json.js";
import { fromObject, loadSchema, parseSchema, toObject } from "../../src/index.js";
import { flatlens, MONSTER, MONSTER_DATA, ROOT, temporaryFolder } from "./run-cli.js";

const schema = loadSchema(readFileSync(join(ROOT, MONSTER)));

function monsterAt(path: string): object {
  return toObject(schema, readFileSync(path));
}

describe("flatlens edit", () => {
  it("applies changes in the order of the command line and writes the buffer", () => {
    const out = join(temporaryFolder(), "out.bin");
    const before = readFileSync(join(ROOT, MONSTER_DATA));
    const outcome = flatlens([
      ...["edit", MONSTER, MONSTER_DATA, "--set", 'name="Grog the very tall"', "--append", "inventory=7"],
      ...["--insert", "inventory[0]=9", "--delete", "weapons[0]", "--set", "weapons[0].damage=-3", "--set", "hp=1"],
      ...["--set", "hp=100", "--set", "birthday=18446744073709551615", "--set", "luck=nan", "-o", out],
    ]);
    expect(outcome).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(monsterAt(out)).toMatchObject({
      name: "Grog the very tall",
      inventory: Uint8Array.of(9, 3, 1, 4, 1, 5, 7),
      weapons: [{ name: "foghorn", damage: -3 }],
      hp: 100,
      birthday: 2n ** 64n - 1n,
      luck: Number.NaN,
    });
    expect(readFileSync(join(ROOT, MONSTER_DATA))).toEqual(before);
  });

  it("gives unions their types, one for each of a vector", () => {
    const out = join(temporaryFolder(), "out.bin");
    const flags = [
      "--set",
      'equipped="Ahoy"',
      "--type",
      "slogan",
      "--append",
      'keepsakes={"name":"x"}',
      "--type",
      "Weapon",
    ];
    expect(flatlens(["edit", MONSTER, MONSTER_DATA, ...flags, "-o", out]).status).toBe(0);
    const types = ["slogan", "perch", "Weapon"];
    expect(monsterAt(out)).toMatchObject({ equipped_type: "slogan", equipped: "Ahoy", keepsakes_type: types });
    const both = ["--set", 'keepsakes=["a","b"]', "--type", "slogan,slogan"];
    expect(flatlens(["edit", MONSTER, out, ...both, "-o", out]).status).toBe(0);
    expect(monsterAt(out)).toMatchObject({ keepsakes_type: ["slogan", "slogan"], keepsakes: ["a", "b"] });
  });

  it("reads standard input and writes standard output; -o may be the file itself, or a folder", () => {
    const folder = temporaryFolder();
    const schemaPath = join(folder, "s.fbs");
    const text = "table T { a: int; t: T; } root_type T;";
    writeFileSync(schemaPath, text);
    const tiny = parseSchema(text);
    const bytes = fromObject(tiny, { a: 1 });
    const piped = flatlens(["edit", schemaPath, "-", "--set", "a=2"], bytes);
    expect(piped).toMatchObject({ status: 0, stderr: "" });
    expect(toObject(tiny, new TextEncoder().encode(piped.stdout))).toMatchObject({ a: 2 });
    const file = join(folder, "x.bin");
    writeFileSync(file, bytes);
    expect(flatlens(["edit", schemaPath, file, "--set", "t.t.a=3", "--create", "-o", file]).status).toBe(0);
    expect(flatlens(["edit", schemaPath, file, "--delete", "a", "-o", `${folder}/made/`]).status).toBe(0);
    const plain = { defaults: false } as const;
    expect(toObject(tiny, readFileSync(file), plain)).toEqual({ a: 1, t: { t: { a: 3 } } });
    expect(toObject(tiny, readFileSync(join(folder, "made", "x.bin")), plain)).toEqual({ t: { t: { a: 3 } } });
  });

  it("writes nothing when a change can't be made, and says which", () => {
    const out = join(temporaryFolder(), "out.bin");
    const refused: [flags: string[], status: number, message: RegExp][] = [
      [["--set", "hp=1", "--set", "hq=1"], 1, /unknown-field \(root\.hq\): changes\[1\] \(set\): .*has no such field/],
      [["--set", "hp=99999"], 1, /number-out-of-range \(root\.hp\)/],
      [["--set", "weapons[9].damage=1"], 2, /invalid-path.*there is no such element, it has 2/],
      [["--set", "hp"], 2, /Expected PATH=JSON/],
      [["--set", "name=Grog"], 2, /is no JSON; text needs quotes: 'name="\.\.\."'/],
      [["--set", "hp={"], 2, /What follows hp= is no JSON/],
      [["--type", "Weapon"], 2, /It belongs behind --set/],
      [["--delete", "name"], 1, /missing-required/],
    ];
    for (const [flags, status, message] of refused) {
      const outcome = flatlens(["edit", MONSTER, MONSTER_DATA, ...flags, "-o", out]);
      expect(outcome, flags.join(" ")).toMatchObject({ status, stdout: "" });
      expect(outcome.stderr).toMatch(message);
      expect(() => readFileSync(out)).toThrow();
    }
  });

  it("refuses to lose what a newer schema's writer stored, unless told to", () => {
    const folder = temporaryFolder();
    const out = join(folder, "out.bin");
    const data = "fixtures/evolution/from-new.bin";
    const refused = flatlens(["edit", "fixtures/evolution/old.full.bfbs", data, "-o", out]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/(unknown-field|unknown-union-type) .*--drop-unknown/);
    const dropped = flatlens(["edit", "fixtures/evolution/old.full.bfbs", data, "--drop-unknown", "-o", out]);
    expect(dropped.status).toBe(0);
    expect(dropped.stderr).toMatch(/; it was left out\n$/);
    expect(flatlens(["verify", "fixtures/evolution/old.full.bfbs", out]).status).toBe(0);
  });
});

describe("JSON of the command line", () => {
  it.each([
    ["12", 12],
    ["-9223372036854775808", -(2n ** 63n)],
    ["9007199254740993", 9007199254740993n],
    ["9007199254740991", 9007199254740991],
    ["1e30", 1e30],
    ["-0", -0],
    ['"s12"', "s12"],
    ['"i9007199254740993"', "i9007199254740993"],
    [
      '{"9007199254740993": [9007199254740993, "\\"9007199254740993\\""]}',
      { "9007199254740993": [9007199254740993n, '"9007199254740993"'] },
    ],
    ['{"a" : "b:9007199254740993"}', { a: "b:9007199254740993" }],
    ["[true, false, null, 1.50]", [true, false, null, 1.5]],
  ])("%s", (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it.each(["", "{", "nope", "'a'", "[1,]", "01", '"\n"'])("refuses %j", (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });
});
