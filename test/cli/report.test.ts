import { afterEach, describe, expect, it, vi } from "vitest";
import { reportError, withFile } from "../../src/cli/report.js";
import { FlatbufferError, type Issue } from "../../src/index.js";

const exitCode = process.exitCode;

afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

describe("an error on the command line", () => {
  it("in bytes is a line with code, byte, place and reason, the place not told twice", async () => {
    const error = new FlatbufferError("uoffset-zero", "an offset of 0 points to itself (root.a[1])", {
      path: "root.a[1]",
      offset: 12,
    });
    expect(await reported("x.bin", error)).toEqual([
      "x.bin: uoffset-zero at byte 12 (root.a[1]): an offset of 0 points to itself",
    ]);
    expect(process.exitCode).toBe(1);
  });

  it("in a text is a line that editors follow, and the faulty line with a caret", async () => {
    const text = '{\n  "hp": "x",\n}';
    const error = new FlatbufferError("invalid-value", "in.json:2:9: root.hp: no number", {
      path: "root.hp",
      offset: 10,
      file: "in.json",
      line: 2,
      column: 9,
    });
    expect(await reported("in.json", error, text)).toEqual([
      "in.json:2:9: invalid-value (root.hp): no number",
      '    "hp": "x",',
      "          ^",
    ]);
  });

  it("of a text with several mistakes is a line for each", async () => {
    const issue = (line: number, column: number, reason: string) =>
      ({
        code: "schema-syntax",
        path: `a.fbs:${line}:${column}`,
        offset: 0,
        message: `a.fbs:${line}:${column}: ${reason}`,
        file: "a.fbs",
        line,
        column,
      }) as Issue;
    const issues = [issue(1, 7, "expected a name"), issue(2, 1, "expected a declaration")];
    const error = new FlatbufferError("schema-syntax", "a.fbs:1:7: expected a name (and 1 more, see issues)", {
      file: "a.fbs",
      path: "a.fbs:1:7",
      line: 1,
      column: 7,
      issues,
    });
    expect(await reported("a.fbs", error, "table {}\nx")).toEqual([
      "a.fbs:1:7: schema-syntax: expected a name",
      "  table {}",
      "        ^",
      "a.fbs:2:1: schema-syntax: expected a declaration",
      "  x",
      "  ^",
    ]);
  });

  it("in an included file names that file, and shows no line of another", async () => {
    const error = new FlatbufferError("schema-syntax", "inc/b.fbs:9:1: expected a name", {
      file: "inc/b.fbs",
      path: "inc/b.fbs:9:1",
      line: 9,
      column: 1,
    });
    expect(await reported("a.fbs", error, "include 'b.fbs';")).toEqual([
      "inc/b.fbs:9:1: schema-syntax: expected a name",
    ]);
  });

  it("that lies in the command line names no file, and ends with status 2", async () => {
    const error = new FlatbufferError("unknown-root-type", `rootType "X" is not in the schema`);
    expect(await reported("x.bin", error)).toEqual([
      `flatlens: unknown-root-type: rootType "X" is not in the schema (--root-type)`,
    ]);
    expect(process.exitCode).toBe(2);
  });

  it("of our own is one line too, never a stack trace", async () => {
    const lines = await reported("x.bin", new TypeError("x is\nnot a function"));
    expect(lines).toEqual(["flatlens: internal error: TypeError: x is\\nnot a function; please report it"]);
    expect(process.exitCode).toBe(1);
  });
});

async function reported(file: string, error: unknown, text?: string): Promise<string[]> {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
  try {
    await withFile(file, () => Promise.reject(error), bytes);
  } catch (thrown) {
    reportError(thrown);
  }
  return write.mock.calls.map(([line]) => String(line).replace(/\n$/, ""));
}
