import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fromJSON, loadSchema, toJSON } from "../../src/index.js";
import { flatlens, MONSTER, MONSTER_DATA, ROOT, temporaryFolder } from "./run-cli.js";

const schema = loadSchema(readFileSync(join(ROOT, MONSTER)));
const bytes = readFileSync(join(ROOT, MONSTER_DATA));
const plain = JSON.parse(toJSON(schema, bytes, { int64: "string" })) as {
  readonly name: string;
  readonly weapons: readonly { readonly name: string }[];
  readonly birthday: string;
};

const get = (...args: string[]) => flatlens(["get", MONSTER, MONSTER_DATA, ...args]);

describe("flatlens get", () => {
  it("prints the values at all paths, a line each, with all digits of integers", () => {
    expect(get("name", "birthday", "weapons[0].name", "weapons[-1]")).toEqual({
      status: 0,
      stdout: `${JSON.stringify(plain.name)}\n${plain.birthday}\n${JSON.stringify(plain.weapons[0]!.name)}\n${JSON.stringify(plain.weapons.at(-1))}\n`,
      stderr: "",
    });
  });

  it("prints the whole buffer for an empty path, as flatlens json does", () => {
    for (const flags of [[], ["--indent", "2"], ["--style", "flatc"], ["--defaults-json", "--int64", "string"]]) {
      const whole = flatlens(["json", MONSTER, MONSTER_DATA, ...flags]);
      expect(get("", ...flags)).toEqual(whole);
    }
  });

  it("takes a schema text, standard input, and the flags of every reader", () => {
    const fbs = "fixtures/monster/monster.fbs";
    expect(flatlens(["get", fbs, "-", "name"], bytes).stdout).toBe(`"${plain.name}"\n`);
    expect(flatlens(["get", MONSTER, "fixtures/monster/prefixed.bin", "name", "--size-prefixed"]).status).toBe(0);
    expect(flatlens(["get", MONSTER, "fixtures/monster/prefixed.bin", "name"]).stderr).toContain("--size-prefixed");
    expect(get("name", "--root-type", "cove.Nope")).toMatchObject({ status: 2, stdout: "" });
  });

  it("lays tables out with --indent", () => {
    expect(get("weapons[0]", "--indent", "2").stdout).toBe(`${JSON.stringify(plain.weapons[0], null, 2)}\n`);
  });

  it("verifies first, and with --trusted looks at nothing but the way to the value", () => {
    const damaged = Buffer.from(bytes);
    damaged[damaged.indexOf(plain.weapons[0]!.name)] = 0xff;
    const args = ["get", MONSTER, "-", "name"];
    expect(flatlens(args, damaged)).toMatchObject({ status: 1, stdout: "" });
    expect(flatlens(args, damaged).stderr).toMatch(/^stdin: invalid-utf8 at byte \d+ \(root\.weapons\[0\]\.name\)/);
    expect(flatlens([...args, "--trusted"], damaged)).toEqual({ status: 0, stdout: `"${plain.name}"\n`, stderr: "" });
  });
});

describe("flatlens get --raw", () => {
  it("prints strings and names as they are, and everything else as JSON", () => {
    expect(get("name", "mood", "hp", "weapons[0]", "--raw").stdout).toBe(
      `${plain.name}\n${get("mood").stdout.slice(1, -2)}\n${get("hp").stdout}${JSON.stringify(plain.weapons[0])}\n`,
    );
  });

  it("gives a pipe every byte of a string, its line ends too, and one more line end", () => {
    const text = 'two\nlines\t"quoted" \u202e\u001b é\n';
    const data = fromJSON(schema, JSON.stringify({ name: text }));
    expect(flatlens(["get", MONSTER, "-", "name", "-r"], data).stdout).toBe(`${text}\n`);
    // Without --raw nothing in it could steer a terminal, and the value is the same.
    const quoted = flatlens(["get", MONSTER, "-", "name"], data).stdout;
    for (const steering of ["\u202e", "\u001b"]) expect(quoted).not.toContain(steering);
    expect(JSON.parse(quoted)).toBe(text);
  });

  it("refuses to be combined with text that is none", () => {
    for (const flags of [["--invalid-utf8", "escape"], ["--allow-non-utf8"]]) {
      expect(get("name", "--raw", ...flags)).toMatchObject({ status: 2, stdout: "" });
    }
  });
});

describe("what flatlens get can't print", () => {
  it("is a line on stderr and status 1 where there is no value; the other paths are printed", () => {
    const data = fromJSON(schema, JSON.stringify({ name: "Pip" }));
    const file = join(temporaryFolder(), "pip.bin");
    writeFileSync(file, data);
    expect(flatlens(["get", MONSTER, file, "weapons[3].name", "name", "pos"])).toEqual({
      status: 1,
      stdout: '"Pip"\n',
      stderr: `${file}: no value at weapons[3].name\n${file}: no value at pos\n`,
    });
  });

  it("prints an absent scalar as its default", () => {
    const data = fromJSON(schema, JSON.stringify({ name: "Pip" }));
    const { status, stdout } = flatlens(["get", MONSTER, "-", "hp"], data);
    expect({ status, value: JSON.parse(stdout) }).toEqual({ status: 0, value: 100 });
  });

  it.each([
    ["nmae", /^fixtures\/monster\/monster\.bin: unknown-field: cove\.Monster has no field "nmae"; it has /],
    ["weapons.name", /^flatlens: invalid-path/],
    ["weapons[", /^flatlens: invalid-path/],
    ["hp.x", /^flatlens: invalid-path/],
    ["weapons[0].\x1b[2J", /^[ -~]*\n$/],
  ])("is status 2 and a line on stderr for the path %j", (path, message) => {
    const outcome = get(path);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr.match(/\n/g)).toHaveLength(1);
  });

  it("is in the help", () => {
    expect(flatlens(["get", "--help"]).stdout).toContain("exit status is 1");
  });
});
