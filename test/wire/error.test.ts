import { describe, expect, it } from "vitest";
import { ERROR_CODES, FlatbufferError, isFlatbufferError } from "../../src/wire/error.js";
import { limitError, MAX_DEPTH_CAP, resolveLimits } from "../../src/wire/limits.js";

describe("FlatbufferError", () => {
  it("carries code, place and cause", () => {
    const cause = new Error("inner");
    const error = new FlatbufferError("invalid-path", "why", {
      path: "root.x",
      offset: 7,
      file: "f",
      line: 2,
      column: 3,
      limit: 4,
      issues: [],
      cause,
    });
    expect(error).toMatchObject({
      name: "FlatbufferError",
      code: "invalid-path",
      message: "why",
      path: "root.x",
      offset: 7,
    });
    expect(error).toMatchObject({ file: "f", line: 2, column: 3, limit: 4, issues: [], cause });
    expect("cause" in new FlatbufferError("invalid-path", "why")).toBe(false);
    expect("cause" in new FlatbufferError("invalid-path", "why", { offset: 1, cause: undefined })).toBe(false);
  });

  it("is recognised across copies of the package, other errors are not", () => {
    const foreign = Object.assign(new Error("x"), { name: "FlatbufferError", code: "depth-limit" });
    expect(isFlatbufferError(new FlatbufferError("depth-limit", "x"))).toBe(true);
    expect(isFlatbufferError(foreign)).toBe(true);
    for (const other of [
      new Error("x"),
      Object.assign(new Error("x"), { name: "FlatbufferError" }),
      Object.assign(new Error("x"), { code: "ENOENT" }),
      { name: "FlatbufferError", code: "x" },
      null,
      "x",
    ]) {
      expect(isFlatbufferError(other)).toBe(false);
    }
  });

  it("has codes in kebab-case, each once", () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    for (const code of ERROR_CODES) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe("limits", () => {
  it("grow with the buffer", () => {
    expect(resolveLimits(undefined, 100)).toEqual({
      maxDepth: 64,
      maxVisits: 1_000_000,
      maxApparentBytes: 2 ** 31,
      maxOutputBytes: 2 ** 28,
      maxIssues: 1,
    });
    const big = resolveLimits({}, 2 ** 30);
    expect(big).toMatchObject({ maxVisits: 2 ** 33, maxApparentBytes: 2 ** 33, maxOutputBytes: 2 ** 34 });
  });

  it.each([
    [124_999, 1_000_000, 2 ** 31, 2 ** 28],
    [125_000, 1_000_000, 2 ** 31, 2 ** 28],
    [125_001, 1_000_008, 2 ** 31, 2 ** 28],
    [2 ** 24, 2 ** 27, 2 ** 31, 2 ** 28],
    [2 ** 24 + 1, 2 ** 27 + 8, 2 ** 31, 2 ** 28 + 16],
    [2 ** 28, 2 ** 31, 2 ** 31, 2 ** 32],
    [2 ** 28 + 1, 2 ** 31 + 8, 2 ** 31 + 8, 2 ** 32 + 16],
  ])("of %i bytes are the larger of a floor and a multiple", (byteLength, visits, apparent, output) => {
    const expected = {
      maxDepth: 64,
      maxVisits: visits,
      maxApparentBytes: apparent,
      maxOutputBytes: output,
      maxIssues: 1,
    };
    for (const limits of [undefined, {}]) expect(resolveLimits(limits, byteLength)).toEqual(expected);
  });

  it("are taken from 1 up, without a fraction", () => {
    for (const [given, taken] of [
      [1, 1],
      [1.99, 1],
      [2, 2],
      [1000, 1000],
    ] as const) {
      const all = { maxDepth: given, maxVisits: given, maxApparentBytes: given, maxOutputBytes: given };
      expect(Object.values(resolveLimits({ ...all, maxIssues: given }, 1))).toEqual([
        taken,
        taken,
        taken,
        taken,
        taken,
      ]);
    }
    expect(() => resolveLimits({ maxVisits: 0.99 }, 1)).toThrow(
      expect.objectContaining({
        code: "invalid-option",
        message: "limits.maxVisits must be a number of at least 1, got 0.99",
      }),
    );
  });

  it("can be raised, but the depth no further than the engine's stack bears", () => {
    expect(resolveLimits({ maxDepth: 1e9 }, 1).maxDepth).toBe(MAX_DEPTH_CAP);
    expect(resolveLimits({ maxVisits: 12.7, maxOutputBytes: Infinity }, 1)).toMatchObject({
      maxVisits: 12,
      maxOutputBytes: Number.MAX_SAFE_INTEGER,
    });
  });

  it.each([0, -1, Number.NaN, "5", null])("refuse %j", (value) => {
    expect(() => resolveLimits({ maxIssues: value as number }, 1)).toThrow(
      expect.objectContaining({ code: "invalid-option" }),
    );
  });

  it("say which one was passed and how to raise it", () => {
    for (const [name, code, what] of [
      ["maxDepth", "depth-limit", "levels of tables"],
      ["maxVisits", "visit-limit", "followed offsets"],
      ["maxApparentBytes", "apparent-size-limit", "bytes shown through shared offsets"],
      ["maxOutputBytes", "output-limit", "bytes of output"],
      ["maxIssues", "visit-limit", "issues"],
    ] as const) {
      const message = `${what} pass the limit of 77; raise it with limits: {${name}: ...} if you trust the data`;
      const error = limitError(name, 77, { path: "root", offset: 5 });
      expect(error).toMatchObject({ code, message, limit: 77, path: "root", offset: 5 });
    }
  });
});
