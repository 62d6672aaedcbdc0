import { describe, expect, it } from "vitest";
import { UNESCAPE_ERRORS, unescapeString } from "../../src/text/unescape.js";

const unescaped = (text: string, strict = false): string => {
  const source = new TextEncoder().encode(`"${text}"`);
  const target = new Uint8Array(source.length);
  const { length, error } = unescapeString(source, 1, source.length - 1, strict, target);
  return error === 0 ? new TextDecoder().decode(target.subarray(0, length)) : `${length}: ${UNESCAPE_ERRORS[error]}`;
};

describe("unescapeString", () => {
  it.each([
    ["\\n\\t\\r\\b\\f\\\"\\'\\\\\\/", "\n\t\r\b\f\"'\\/"],
    ["\\x41\\x7f", "A\x7f"],
    ["\\xC3\\xA9", "é"],
    ["\\u00e9\\u7adC\\uD83D\\uDE00", "é竜😀"],
    ["é竜😀\\n", "é竜😀\n"],
    ["\\u0000", "\0"],
  ])("spells out %j", (text, expected) => {
    expect(unescaped(text)).toBe(expected);
  });

  it.each([
    ["\\q", /^1: unknown/],
    ["ab\\", /^3: unknown/],
    ["\\x4", /^1: .*hex/],
    ["\\x4g", /^1: .*hex/],
    ["\\u12g4", /^1: .*hex/],
    ["\\ud800", /^1: a high/],
    ["\\ud800\\u0041", /^1: a high/],
    ["\\ud800x", /^1: a high/],
    ["\\udc00", /^1: a low/],
    ["\\xC3", /^1: not valid/],
    ["\\xED\\xA0\\x80", /^1: not valid/],
  ])("refuses %j", (text, expected) => {
    expect(unescaped(text)).toMatch(expected);
  });

  it("knows only JSON's escapes when strict", () => {
    expect(unescaped("\\u0041\\/\\n", true)).toBe("A/\n");
    expect(unescaped("\\x41", true)).toMatch(/unknown/);
    expect(unescaped("\\'", true)).toMatch(/unknown/);
  });
});
