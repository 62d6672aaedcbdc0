import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.js";
import { ROOT } from "./run-cli.js";

const exitCode = process.exitCode;

afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

/** What people type, right and wrong. Neither `-` (a test has no standard input) nor `-o` (nothing shall be written). */
const WORDS = [
  ...[
    "json",
    "verify",
    "--help",
    "--version",
    "--",
    "--json",
    "--all",
    "--lint",
    "--trusted",
    "--ndjson",
    "--no-nested",
  ],
  ...["--indent", "2", "-1", "1e9", "--style", "flatc", "plain", "--root-type", "cove.Monster", "--size-prefixed"],
  ...[
    "--max-depth",
    "--max-output-bytes",
    "0",
    "--attribute",
    "a.B=c:d",
    "-I",
    ".",
    "--profile",
    "native",
    "--raw-binary",
  ],
  ...["monster.bfbs", "monster.fbs", "monster.bin", "prefixed.bin", "small.bin", "nope", ".", ""].map((name) =>
    join(ROOT, "fixtures/monster", name),
  ),
  ...["--raw", "name", "weapons[0].damage", "weapons[", "weapons[-9]"],
  ...[
    "--set",
    "--delete",
    "--append",
    "--insert",
    "--type",
    "--create",
    "name=1",
    'name="x"',
    "inventory=[",
    "=",
    "hp",
  ],
  ...["__proto__", "constructor", "\x1b[2J", "\u202e", "\ud800", "", " ", "%s", "--__proto__", "-x", "--style=flatc"],
];

describe("whatever is typed", () => {
  it("ends with status 0, 1 or 2, at once, with lines that steer no terminal and never an error of our own", async () => {
    const written: string[] = [];
    const keep = (chunk: string | Uint8Array) => {
      // Bytes are a buffer that `edit` writes where no terminal is.
      if (typeof chunk === "string" || args[0] !== "edit") written.push(Buffer.from(chunk).toString("utf8"));
      return true;
    };
    let args: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation(keep);
    vi.spyOn(process.stderr, "write").mockImplementation(keep);
    const word = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() });
    const command = fc.constantFrom("json", "get", "edit", "verify", "schema", "compare", "--help", "jsn");
    const sane = fc.tuple(command, fc.constant(join(ROOT, "fixtures/monster/monster.bfbs")));
    const words = fc.tuple(fc.oneof(sane, fc.array(word, { maxLength: 2 })), fc.array(word, { maxLength: 6 }));

    await fc.assert(
      fc.asyncProperty(words, async ([start, rest]) => {
        args = [...start, ...rest].filter((arg) => arg !== "-" && !/^-o|^--ou?t?/.test(arg));
        process.exitCode = 0;
        written.length = 0;
        await runCommandLine(["node", "flatlens", ...args]);
        const text = written.join("");
        expect([0, 1, 2]).toContain(process.exitCode);
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(text).not.toContain("internal error");
      }),
      {
        numRuns: 400,
        examples: [
          [[["edit", join(ROOT, "fixtures/monster/monster.bfbs")], [join(ROOT, "fixtures/monster/monster.bin")]]],
        ],
      },
    );
  });
});
