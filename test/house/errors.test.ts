import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/index.js";
import { readText, sourceFiles } from "./source-files.js";

/** `| code | meaning | remedy |` */
const rows = [...readText("docs/errors.md").matchAll(/^\| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$/gm)];

describe("docs/errors.md", () => {
  it("lists every error code once, in the order of the source", () => {
    expect(rows.map((row) => row[1])).toEqual([...ERROR_CODES]);
  });

  it("says for each what it means and what to do, in sentences", () => {
    for (const [, code, meaning, remedy] of rows) {
      expect(meaning, code).toMatch(/^[A-Z`].*\.$/);
      expect(remedy, code).toMatch(/^(?=.{8,})[^ ].*[^ ]$/);
    }
  });
});

/** Codes of rooms that are planned, but not furnished yet. */
const PLANNED = ["frame-too-short", "frame-too-large"];

describe("error codes", () => {
  it("are kebab-case words and each is there once", () => {
    expect(ERROR_CODES.filter((code) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))).toEqual([]);
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  });

  it("are all used by the source: a code that nothing throws promises what nobody keeps", () => {
    const texts = sourceFiles()
      .filter((file) => file.path !== "wire/error.ts")
      .map((file) => file.text)
      .join("\n");
    expect(ERROR_CODES.filter((code) => !texts.includes(`"${code}"`))).toEqual(PLANNED);
  });
});
