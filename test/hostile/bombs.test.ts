import { describe, expect, it } from "vitest";
import { type ReadOptions, toJSONBytes } from "../../src/index.js";
import { hostile } from "../support/fb.js";
import { bombs } from "./bombs.js";

describe.each(Object.entries(bombs))("%s", (_name, make) => {
  const bytes = make();

  it("is refused by gated readers at the limit of verify, and stops trusted ones", () => {
    const codeOf = (options: ReadOptions) => {
      try {
        toJSONBytes(hostile, bytes, options);
        return "accepted";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(codeOf({})).toMatch(/^(visit|apparent-size)-limit$/);
    expect(codeOf({ trusted: true })).toMatch(/^(visit|output|apparent-size)-limit$/);
  });
});
