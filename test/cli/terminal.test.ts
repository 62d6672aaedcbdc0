import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/cli/excerpt.js";
import { printable, printableJson } from "../../src/cli/printable.js";
import { flatlens, MONSTER, MONSTER_DATA, type Outcome, ROOT, temporaryFolder } from "./run-cli.js";

/** Whatever could move a cursor, set a title, fake a line or turn the reading order. */
const STEERING = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** Erase the screen, an OSC title, a C1 CSI, DEL, a right-to-left override, a line separator. */
const EVIL = "\x1b[2J\x1b]0;x\x07\x9b31m\x7f\u202e\u2028";

describe("nothing from an input steers a terminal", () => {
  it("names of files that exist, and of files that don't", () => {
    const folder = temporaryFolder();
    const path = join(folder, `${EVIL}\n.bin`);
    writeFileSync(path, readFileSync(join(ROOT, MONSTER_DATA)));
    for (const command of [["verify"], ["verify", "--json"], ["json"]]) {
      expectHarmless(flatlens([...command, MONSTER, path, `${folder}/nope${EVIL}\n`]), 2);
    }
    expect(flatlens(["verify", MONSTER, path]).stdout.match(/\n/g)).toHaveLength(1);
  });

  it("names of types, options and commands on the command line", () => {
    expectHarmless(flatlens(["json", MONSTER, MONSTER_DATA, "--root-type", EVIL]), 2);
    expectHarmless(flatlens(["json", MONSTER, MONSTER_DATA, "--style", EVIL]), 2);
    expectHarmless(flatlens(["json", MONSTER, MONSTER_DATA, `--${EVIL}`]), 2);
    expectHarmless(flatlens([EVIL]), 2);
  });

  it("strings of a buffer, whose value stays the same", () => {
    const value = "\u202eyb\x7f!"; // as many bytes as Barnaby
    const bytes = patched(MONSTER_DATA, "Barnaby", value);
    const outcome = flatlens(["json", MONSTER, "-"], bytes);
    expectHarmless(outcome, 0);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ name: value });
  });

  it("bytes of a buffer that an error message quotes", () => {
    const bytes = patched(MONSTER_DATA, "COVE", "\x1b[2J");
    expectHarmless(flatlens(["json", MONSTER, "-"], bytes), 1);
    expectHarmless(flatlens(["verify", MONSTER, "-", "--json"], bytes), 1);
  });

  it("names of a forged schema, accepted or not", () => {
    for (const name of ["\x1b[2Jabc", "\u202eabcd", "ab\ncdef", "\x9b31mab"]) {
      const schema = patched(MONSTER, "weapons", name);
      const outcome = flatlens(["json", "-", MONSTER_DATA], schema);
      expectHarmless(outcome);
      expectHarmless(flatlens(["verify", "-", MONSTER_DATA], schema));
    }
  });
});

describe("printable", () => {
  it.each([
    ["plain text stays, in all scripts", 'Søren 小波 👩‍👩‍👧 \\ "', 'Søren 小波 👩‍👩‍👧 \\ "'],
    ["C0 and DEL", "\0\x07\b\x1b\x7f", "\\u0000\\u0007\\u0008\\u001b\\u007f"],
    ["line ends and tabs", "a\r\n\tb", "a\\r\\n\\tb"],
    ["C1", "\x80\x9b\x9f", "\\u0080\\u009b\\u009f"],
    ["line and paragraph separators", "\u2028\u2029", "\\u2028\\u2029"],
    [
      "bidirectional controls",
      "\u061c\u200e\u200f\u202a\u202e\u2066\u2069",
      "\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069",
    ],
    ["lone surrogates", "a\ud83db\ude00", "a\\ud83db\\ude00"],
  ])("%s", (_what, text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe("printableJson", () => {
  it("escapes what steers, keeps line ends, and keeps the value, wherever a block ends", () => {
    const value = { text: `${EVIL}Søren 小波 👩 \u00a0\u0600\u2100` };
    for (let padding = 65_500; padding < 65_560; padding++) {
      const json = `{\n"pad":"${"x".repeat(padding)}",${JSON.stringify(value).slice(1)}`;
      const text = joined(printableJson(new TextEncoder().encode(json)));
      expect(text).not.toMatch(STEERING);
      expect(text.startsWith('{\n"pad"')).toBe(true);
      expect(JSON.parse(text)).toEqual(JSON.parse(json));
    }
  });

  it("hands clean blocks through without a copy", () => {
    const json = new TextEncoder().encode(`{"a":"${"x".repeat(200_000)}"}`);
    for (const block of printableJson(json)) expect(block.buffer).toBe(json.buffer);
  });

  it("ends, whatever the bytes are", () => {
    const bytes = new Uint8Array(200_000).fill(0x80);
    expect([...printableJson(bytes)].length).toBeGreaterThan(0);
    expect([...printableJson(new Uint8Array(0))]).toEqual([]);
  });
});

describe("excerpt", () => {
  const text = new TextEncoder().encode('first\r\n  "naïve": 小波 oops,\nlast');

  it("shows the line with a caret under the column, counted in characters", () => {
    expect(excerpt(text, 2, 14)).toEqual(['    "naïve": 小波 oops,', `  ${" ".repeat(13)}^`]);
    expect(excerpt(text, 3, 5)).toEqual(["  last", "      ^"]);
    expect(excerpt(text, 1, undefined)).toEqual(["  first"]);
  });

  it("shows nothing for a line that isn't there", () => {
    expect(excerpt(text, 4, 1)).toEqual([]);
    expect(excerpt(new Uint8Array(0), 2, 1)).toEqual([]);
  });

  it("cuts long lines around the column, and escapes what steers", () => {
    const long = new TextEncoder().encode(`${"a".repeat(500)}\x1b!${"b".repeat(500)}`);
    const [line, caret] = excerpt(long, 1, 502);
    expect(line).not.toMatch(STEERING);
    expect(line!.length).toBeLessThan(200);
    expect(line![caret!.indexOf("^")]).toBe("!");
  });
});

/** Every line end is one the program wrote: inputs with line ends of their own must not make more of them. */
function expectHarmless(outcome: Outcome, status?: number): void {
  expect(outcome.stdout).not.toMatch(STEERING);
  expect(outcome.stderr).not.toMatch(STEERING);
  if (status === undefined) expect([0, 1]).toContain(outcome.status);
  else expect(outcome.status).toBe(status);
  expect(outcome.stderr).not.toContain("internal error");
}

function patched(path: string, word: string, replacement: string): Uint8Array {
  const bytes = Buffer.from(readFileSync(join(ROOT, path)));
  const encoded = Buffer.from(replacement);
  expect(encoded.length).toBe(Buffer.byteLength(word));
  const at = bytes.indexOf(word);
  expect(at).toBeGreaterThan(0);
  encoded.copy(bytes, at);
  return bytes;
}

function joined(chunks: Iterable<Uint8Array>): string {
  return Buffer.concat([...chunks]).toString("utf8");
}
