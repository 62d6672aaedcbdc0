import { describe, expect, it } from "vitest";
import { flag, oneOf } from "../../src/wire/option-value.js";

function refusal(message: string): unknown {
  return expect.objectContaining({ code: "invalid-option", message });
}

describe("an option of words", () => {
  it("is one of those allowed, the first by default", () => {
    expect(oneOf("mode", undefined, ["a", "b", "c"])).toBe("a");
    for (const word of ["a", "b", "c"] as const) expect(oneOf("mode", word, ["a", "b", "c"])).toBe(word);
  });

  it.each(["d", "", "A", null, 0, true])("is not %j", (value) => {
    const read = () => oneOf("mode", value as string as "a", ["a", "b", "c"]);
    expect(read).toThrow(refusal(`mode must be one of 'a', 'b', 'c', got ${value}`));
  });
});

describe("an option that is on or off", () => {
  it("is what was given, or the default", () => {
    for (const fallback of [true, false]) {
      expect(flag("quiet", undefined, fallback)).toBe(fallback);
      expect(flag("quiet", true, fallback)).toBe(true);
      expect(flag("quiet", false, fallback)).toBe(false);
    }
  });

  it.each(["true", "", null, 0, 1])("is not %j", (value) => {
    for (const fallback of [true, false]) {
      const read = () => flag("quiet", value as unknown as boolean, fallback);
      expect(read).toThrow(refusal(`quiet must be true or false, got ${value}`));
    }
  });
});
