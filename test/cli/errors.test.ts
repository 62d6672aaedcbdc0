import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flatlens, MONSTER, MONSTER_DATA, ROOT, temporaryFolder } from "./run-cli.js";

const COMMAND_NAMES = readdirSync(join(ROOT, "src/cli/commands")).map((name) => name.replace(/\.ts$/, ""));
const PLAIN = readFileSync(join(ROOT, "fixtures/monster/monster.json"), "utf8");

describe("a command that can't be carried out ends with status 2, one line on stderr and nothing on stdout", () => {
  it.each([
    ["json", "flatlens: missing required argument 'schema'"],
    [`json ${MONSTER}`, "flatlens: missing required argument 'file'"],
    ["jsno a b", "flatlens: unknown command 'jsno' (Did you mean json?)"],
    ["--nope", "flatlens: unknown option '--nope'"],
    [`json ${MONSTER} ${MONSTER_DATA} --idnent 2`, "flatlens: unknown option '--idnent' (Did you mean --indent?)"],
    [`json ${MONSTER} ${MONSTER_DATA} --style nice`, "Allowed choices are plain, flatc."],
    [`json ${MONSTER} ${MONSTER_DATA} --indent 65`, "Expected a whole number from -1 to 64."],
    [`json ${MONSTER} ${MONSTER_DATA} --indent two`, "Expected a whole number from -1 to 64."],
    [`json ${MONSTER} ${MONSTER_DATA} --max-depth 0`, "Expected a whole number of at least 1."],
    [`json ${MONSTER} ${MONSTER_DATA} --max-visits 1e9`, "Expected a whole number of at least 1."],
    [`json ${MONSTER} ${MONSTER_DATA} --root-type Monster`, "flatlens: unknown-root-type: "],
    [`json ${MONSTER} ${MONSTER_DATA} --root-type cove.Vec3`, "flatlens: unknown-root-type: "],
    ["json fixtures/hashes/hashes.bfbs fixtures/monster/monster.bin", "flatlens: no-root-type: "],
    [`json ${MONSTER} ${MONSTER_DATA} --attribute den`, "flatlens: invalid-option: --attribute must look like"],
    [`json ${MONSTER} - -`, "flatlens: invalid-option: standard input can be read only once"],
    [`json nope.bfbs ${MONSTER_DATA}`, "nope.bfbs: file-not-readable: cannot be read: no such file or directory"],
    [`json ${MONSTER} nope.bin`, "nope.bin: file-not-readable: cannot be read: no such file or directory"],
    [`json ${MONSTER} fixtures`, "fixtures: file-not-readable: cannot be read: is a directory"],
    [`verify ${MONSTER} nope.bin`, "nope.bin: file-not-readable: "],
  ])("flatlens %s", (args, message) => {
    const { status, stdout, stderr } = flatlens(args.split(" "), PLAIN);
    const lines = stderr.split("\n").filter((line) => !line.startsWith("stdin: "));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(message);
    expect(lines[1]).toBe("");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("prints the help when there is no command at all", () => {
    const { status, stdout, stderr } = flatlens([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: flatlens /);
  });
});

describe("bad input ends with status 1, one line on stderr and nothing on stdout", () => {
  const cases: [what: string, bytes: string | Uint8Array, flags: string, line: RegExp][] = [
    ["an empty file", "", "", /^stdin: buffer-too-short at byte 0 \(root\): /],
    ["a file of 3 bytes", "abc", "", /^stdin: buffer-too-short at byte 0 \(root\): /],
    [
      "another schema's buffer",
      data("frames/one.bin"),
      "",
      /^stdin: wrong-identifier at byte 4 \(root\): .*--raw-binary/,
    ],
    ["a size-prefixed buffer", data("monster/prefixed.bin"), "", /^stdin: size-prefix-unexpected .*--size-prefixed/],
    ["a buffer without size prefix", data("monster/small.bin"), "--size-prefixed", /^stdin: [a-z-]+ at byte \d+ /],
    ["a cut buffer", data("monster/monster.bin").subarray(0, 300), "", /^stdin: [a-z-]+ at byte \d+ \(root[^)]*\): /],
    ["a buffer deeper than allowed", data("monster/monster.bin"), "--max-depth 1", /^stdin: depth-limit .*--max-depth/],
    [
      "more text than allowed",
      data("monster/monster.bin"),
      "--max-output-bytes 9",
      /^stdin: output-limit .*--max-output-bytes/,
    ],
    ["text instead of bytes", PLAIN, "", /^stdin: [a-z-]+ at byte \d+ /],
  ];

  it.each(cases)("%s", (_what, bytes, flags, line) => {
    const outcome = flatlens(["json", MONSTER, "-", ...flags.split(" ").filter(Boolean)], bytes);
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toMatch(line);
    expect(outcome.stderr.match(/\n/g)).toHaveLength(1);
  });

  it.each([
    ["an empty schema", "", "not-a-schema"],
    ["a buffer as schema", data("monster/monster.bin"), "not-a-schema"],
    ["a schema cut short", data("monster/monster.bfbs").subarray(0, 2000), "schema-damaged"],
    ["noise with the right identifier", `\x08\x00\x00\x00BFBS${"\xff".repeat(100)}`, "schema-damaged"],
  ])("%s", (_what, schema, code) => {
    const outcome = flatlens(
      ["json", "-", MONSTER_DATA],
      typeof schema === "string" ? Buffer.from(schema, "latin1") : schema,
    );
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toMatch(new RegExp(`^stdin: ${code}[ :]`));
    expect(outcome.stderr.match(/\n/g)).toHaveLength(1);
  });
});

describe("a bad file among good ones", () => {
  it("is reported, and the others are printed all the same", () => {
    const bad = join(temporaryFolder(), "bad.bin");
    writeFileSync(bad, "no FlatBuffer at all");
    const outcome = flatlens(["json", MONSTER, MONSTER_DATA, bad, "nope.bin", MONSTER_DATA]);
    expect(outcome.status).toBe(2);
    expect(outcome.stdout).toBe(`${PLAIN}\n${PLAIN}\n`);
    const lines = outcome.stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`${bad}: `);
    expect(lines[1]).toContain("nope.bin: file-not-readable");
    expect(flatlens(["json", MONSTER, bad, MONSTER_DATA])).toMatchObject({ status: 1, stdout: `${PLAIN}\n` });
  });
});

describe("help and version", () => {
  it("--version prints the version of package.json", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(flatlens(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("--help lists every command, with examples and the exit statuses", () => {
    const { status, stdout, stderr } = flatlens(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const word of [...COMMAND_NAMES, "Examples:", "Exit status:"]) expect(stdout).toContain(word);
  });

  it.each(COMMAND_NAMES)("%s --help has examples", (command) => {
    const { status, stdout } = flatlens([command, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}.*flatlens /);
  });
});

function data(path: string): Uint8Array {
  return readFileSync(join(ROOT, "fixtures", path));
}
