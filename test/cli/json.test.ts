import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSchema, type ToJSONOptions, toJSON } from "../../src/index.js";
import { type FixtureRow, fixtureIndex, fixtureText } from "../support/fixtures.js";
import { flatlens, MONSTER, MONSTER_DATA, ROOT, temporaryFolder } from "./run-cli.js";

describe("flatlens json", () => {
  it.each(callsOf(fixtureIndex.rows))(
    "prints $rows.length buffers of $schema as expected, one per line",
    ({ schema, flags, rows }) => {
      const outcome = flatlens(["json", schema, ...flags, ...rows.map((row) => `fixtures/${row.data}`)]);
      expect(outcome.stderr).toBe("");
      expect(outcome.status).toBe(0);
      expect(outcome.stdout).toBe(rows.map((row) => `${escapeBidi(fixtureText(row.plain))}\n`).join(""));
    },
  );

  it.each(
    callsOf(fixtureIndex.rows).map(({ schema, flags, rows }) => ({
      schema,
      flags,
      rows: rows.filter((row) => row.flatc),
    })),
  )("prints $rows.length buffers of $schema as flatc does with --style flatc", ({ schema, flags, rows }) => {
    if (rows.length === 0) return;
    const files = rows.map((row) => `fixtures/${row.data}`);
    const outcome = flatlens(["json", schema, ...flags, "--style", "flatc", "--raw-binary", ...files]);
    expect(outcome.stderr).toBe("");
    expect(outcome.stdout).toBe(rows.map((row) => fixtureText(row.flatc!)).join(""));
  });

  it("reads a buffer from standard input", () => {
    const outcome = flatlens(["json", MONSTER, "-"], readFileSync(join(ROOT, MONSTER_DATA)));
    expect(outcome).toEqual({ status: 0, stdout: `${fixtureText("monster/monster.json")}\n`, stderr: "" });
  });

  it("reads the schema from standard input", () => {
    const outcome = flatlens(["json", "-", MONSTER_DATA], readFileSync(join(ROOT, MONSTER)));
    expect(outcome.stdout).toBe(`${fixtureText("monster/monster.json")}\n`);
  });

  it("prints more than a pipe holds", () => {
    const many = Array.from({ length: 400 }, () => MONSTER_DATA);
    const { stdout } = flatlens(["json", MONSTER, "--style", "flatc", ...many]);
    expect(stdout).toBe(fixtureText("monster/monster.flatc.json").repeat(400));
  });
});

describe("the flags of flatlens json", () => {
  const schema = loadSchema(readFileSync(join(ROOT, MONSTER)));
  const bytes = readFileSync(join(ROOT, MONSTER_DATA));

  const cases: [flags: string, options: ToJSONOptions][] = [
    ["--indent 2", { indent: 2 }],
    ["--indent 0", { indent: 0 }],
    ["--indent -1", { indent: -1 }],
    ["--defaults-json", { defaults: true }],
    ["--ascii", { ascii: true }],
    ["--int64 string", { int64: "string" }],
    ["--enums number", { enums: "number" }],
    ["--bytes base64", { bytes: "base64" }],
    ["--no-nested", { nested: false }],
    ["--no-flex", { flex: false }],
    ["--trusted", { trusted: true }],
    ["--profile native", { profile: "native" }],
    ["--root-type cove.Monster", { rootType: "cove.Monster" }],
    ["--style flatc", { style: "flatc" }],
    ["--style flatc --strict-json", { style: "flatc" }],
    ["--style flatc --no-strict-json", { style: "flatc", quoteKeys: false }],
    ["--style flatc --natural-utf8", { style: "flatc", ascii: false }],
    ["--style flatc --defaults-json --indent 4", { style: "flatc", defaults: true, indent: 4 }],
    ["--style flatc --ndjson", { style: "flatc", indent: -1 }],
    ["--indent 4 --ndjson", { indent: -1 }],
    ["--max-output-bytes 1000000 --max-depth 3 --max-visits 100 --max-apparent-bytes 5000", {}],
  ];

  it.each(cases)("%s", (flags, options) => {
    const outcome = flatlens(["json", MONSTER, MONSTER_DATA, ...flags.split(" ")]);
    const text = toJSON(schema, bytes, options);
    expect(outcome).toEqual({ status: 0, stdout: text.endsWith("\n") ? text : `${text}\n`, stderr: "" });
  });

  it.each([
    ["--non-finite null", { nonFinite: "null" }],
    ["--non-finite bare", { nonFinite: "bare" }],
  ] as [string, ToJSONOptions][])("%s", (flags, options) => {
    const numbers = "fixtures/scalars/scalars.full.bfbs";
    const data = "fixtures/scalars/not-finite.bin";
    const expected = toJSON(loadSchema(readFileSync(join(ROOT, numbers))), readFileSync(join(ROOT, data)), options);
    expect(expected).toMatch(options.nonFinite === "null" ? /:null/ : /:nan|:-?inf/);
    expect(flatlens(["json", numbers, data, ...flags.split(" ")]).stdout).toBe(`${expected}\n`);
  });

  it("--raw-binary reads a buffer with another identifier", () => {
    const other = Uint8Array.from(bytes);
    other.set(new TextEncoder().encode("ELSE"), 4);
    expect(flatlens(["json", MONSTER, "-"], other)).toMatchObject({ status: 1, stdout: "" });
    expect(flatlens(["json", MONSTER, "-", "--raw-binary"], other).stdout).toBe(
      `${fixtureText("monster/monster.json")}\n`,
    );
  });

  it("--size-prefixed reads a buffer behind its length", () => {
    const outcome = flatlens(["json", MONSTER, "fixtures/monster/prefixed.bin", "--size-prefixed"]);
    expect(outcome).toMatchObject({ status: 0, stdout: `${fixtureText("monster/prefixed.json")}\n` });
  });

  it("--invalid-utf8 and --allow-non-utf8 print strings that are none", () => {
    const odd = patched(bytes, "Barnaby", Uint8Array.of(0x42, 0xff, 0x72, 0x6e, 0x61, 0x62, 0x79));
    expect(flatlens(["json", MONSTER, "-"], odd)).toMatchObject({ status: 1, stdout: "" });
    expect(flatlens(["json", MONSTER, "-", "--invalid-utf8", "replace"], odd).stdout).toContain('"B\ufffdrnaby"');
    expect(flatlens(["json", MONSTER, "-", "--invalid-utf8", "escape"], odd).stdout).toContain('"B\\xFFrnaby"');
    expect(flatlens(["json", MONSTER, "-", "--allow-non-utf8"], odd).stdout).toContain('"B\\xFFrnaby"');
  });

  it("--attribute adds what a plain .bfbs lacks", () => {
    const attributes = [
      "cove.Monster.den=nested_flatbuffer:cove.Den",
      "cove.Monster.memories=flexbuffer",
      "cove.Skill=bit_flags",
    ].flatMap((words) => ["--attribute", words]);
    const outcome = flatlens(["json", "fixtures/monster/monster.bfbs", MONSTER_DATA, ...attributes]);
    expect(outcome).toMatchObject({ status: 0, stdout: `${fixtureText("monster/monster.json")}\n` });
  });
});

describe("flatlens json -o", () => {
  it("writes the exact text to a file, and nothing to standard output", () => {
    const target = join(temporaryFolder(), "out.json");
    const outcome = flatlens(["json", MONSTER, MONSTER_DATA, "-o", target]);
    expect(outcome).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(target, "utf8")).toBe(fixtureText("monster/monster.json"));
  });

  it("writes NAME.json for each file into a folder, which a slash at the end makes", () => {
    const folder = temporaryFolder();
    const files = ["fixtures/monster/monster.bin", "fixtures/monster/small.bin"];
    expect(flatlens(["json", MONSTER, ...files, "-o", folder]).status).toBe(0);
    expect(flatlens(["json", MONSTER, ...files, "--ndjson", "-o", `${folder}/deep/new/`]).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["deep", "monster.json", "small.json"]);
    expect(readFileSync(join(folder, "small.json"), "utf8")).toBe(fixtureText("monster/small.json"));
    expect(readFileSync(join(folder, "deep/new/small.json"), "utf8")).toBe(`${fixtureText("monster/small.json")}\n`);
  });

  it("makes no file for a bad buffer", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "bad.bin"), "this is no FlatBuffer");
    expect(flatlens(["json", MONSTER, join(folder, "bad.bin"), MONSTER_DATA, "-o", folder]).status).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["bad.bin", "monster.json"]);
  });

  it("refuses to write two inputs into one file", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a"));
    writeFileSync(join(folder, "a", "monster.bin"), "");
    const twice = flatlens(["json", MONSTER, MONSTER_DATA, join(folder, "a/monster.bin"), "-o", folder]);
    expect(twice).toMatchObject({ status: 2, stdout: "" });
    expect(twice.stderr).toMatch(/^flatlens: invalid-option: two files would be written to .*monster\.json\n$/);
    const one = flatlens(["json", MONSTER, MONSTER_DATA, MONSTER_DATA, "-o", join(folder, "x.json")]);
    expect(one.stderr).toMatch(
      /^flatlens: invalid-option: -o .*x\.json is no folder, but there are 2 files to write\n$/,
    );
  });

  it("says when the output can't be written", () => {
    const outcome = flatlens(["json", MONSTER, MONSTER_DATA, "-o", "/no/such/folder/out.json"]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("file-not-writable: cannot be written: no such file or directory\n");
  });
});

/** Rows that one command can print: the same schema and flags. */
function callsOf(all: readonly FixtureRow[]): { schema: string; flags: string[]; rows: FixtureRow[] }[] {
  const calls = new Map<string, { schema: string; flags: string[]; rows: FixtureRow[] }>();
  for (const row of all) {
    const flags = [
      ...(row.rootType === null ? [] : ["--root-type", row.rootType]),
      ...(row.sizePrefixed ? ["--size-prefixed"] : []),
    ];
    const key = [row.schemaFull, ...flags].join(" ");
    const call = calls.get(key) ?? { schema: join("fixtures", row.schemaFull), flags, rows: [] };
    call.rows.push(row);
    calls.set(key, call);
  }
  return [...calls.values()];
}

/** The command line escapes what the library leaves: bidirectional controls. */
function escapeBidi(json: string): string {
  return json.replace(/\p{Bidi_Control}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function patched(bytes: Uint8Array, word: string, replacement: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(replacement, Buffer.from(bytes).indexOf(word));
  return copy;
}
