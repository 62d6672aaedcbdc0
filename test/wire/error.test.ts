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
    expect(new FlatbufferError("invalid-path", "why").cause).toBeUndefined();
  });

  it("is recognised across copies of the package, other errors are not", () => {
    const foreign = Object.assign(new Error("x"), { name: "FlatbufferError", code: "depth-limit" });
    expect(isFlatbufferError(new FlatbufferError("depth-limit", "x"))).toBe(true);
    expect(isFlatbufferError(foreign)).toBe(true);
    for (const other of [
      new Error("x"),
      Object.assign(new Error("x"), { name: "FlatbufferError" }),
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

  it("can be raised, but the depth no further than the engine's stack bears", () => {
    expect(resolveLimits({ maxDepth: 1e9 }, 1).maxDepth).toBe(MAX_DEPTH_CAP);
    expect(resolveLimits({ maxVisits: 12.7, maxOutputBytes: Infinity }, 1)).toMatchObject({
      maxVisits: 12,
      maxOutputBytes: Infinity,
    });
  });

  it.each([0, -1, Number.NaN, "5", null])("refuse %j", (value) => {
    expect(() => resolveLimits({ maxIssues: value as number }, 1)).toThrow(
      expect.objectContaining({ code: "invalid-option" }),
    );
  });

  it("say which one was passed and how to raise it", () => {
    for (const [name, code] of [
      ["maxDepth", "depth-limit"],
      ["maxVisits", "visit-limit"],
      ["maxApparentBytes", "apparent-size-limit"],
      ["maxOutputBytes", "output-limit"],
    ] as const) {
      const error = limitError(name, 77, { path: "root", offset: 5 });
      expect(error).toMatchObject({ code, limit: 77, path: "root", offset: 5 });
      expect(error.message).toContain(`limits: {${name}: ...}`);
    }
  });
});
