import { describe, expect, it } from "vitest";
import { CONVERSION_NAMES, convertNumber } from "../../src/text/conversion.js";

describe("convertNumber computes what flatc writes for a conversion function", () => {
  // Each value as flatc 25.12.19 stored it for `a: double = name(x)`.
  it.each([
    ["deg", 1, 57.295779513082],
    ["rad", 100, 1.745329251994],
    ["sin", 1, 0.841470984808],
    ["cos", 1, 0.540302305868],
    ["tan", 1, 1.557407724655],
    ["asin", 1, 1.570796326795],
    ["acos", 0.5, 1.047197551197],
    ["atan", 1, 0.785398163397],
    ["rad", 1e20, 1745329251994329600],
    ["deg", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ["asin", 2, Number.NaN],
    ["sin", -1e-20, -0],
    ["sin", -0, -0],
  ] as const)("%s(%d) is %d", (name, value, result) => {
    expect(convertNumber(name, value)).toBe(result);
  });

  it("knows no other name, not even one of Object.prototype", () => {
    for (const name of ["foo", "-sin", "Sin", "", "constructor", "__proto__"]) {
      expect(convertNumber(name, 1)).toBeUndefined();
    }
    expect(CONVERSION_NAMES.every((name) => convertNumber(name, 0.5) !== undefined)).toBe(true);
  });
});
