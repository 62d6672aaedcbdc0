import { describe, expect, it } from "vitest";
import { SHORT_TEXT, shortText } from "../../src/wire/short-text.js";

describe("a short text", () => {
  it("is made of the first units, however many", () => {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const units = Uint16Array.from(letters, (letter) => letter.charCodeAt(0));
    for (let count = 1; count <= SHORT_TEXT; count++) expect(shortText(units, count)).toBe(letters.slice(0, count));
    for (const count of [-1, 0, SHORT_TEXT + 1]) expect(shortText(units, count)).toBe("");
  });
});
