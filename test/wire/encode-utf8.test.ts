import { describe, expect, it } from "vitest";
import { encodeUtf8, findLoneSurrogate, utf8Length, writeCodePoint, writeUtf8 } from "../../src/wire/encode-utf8.js";

/** The first and last character of every length, and the neighbours of the surrogates. */
const characters = [
  ["\0", "00"],
  ["a", "61"],
  ["\x7f", "7f"],
  ["\x80", "c2 80"],
  ["é", "c3 a9"],
  ["\u07ff", "df bf"],
  ["\u0800", "e0 a0 80"],
  ["世", "e4 b8 96"],
  ["\ud7ff", "ed 9f bf"],
  ["\ue000", "ee 80 80"],
  ["\uffff", "ef bf bf"],
  ["\u{10000}", "f0 90 80 80"],
  ["🙂", "f0 9f 99 82"],
  ["\u{103ff}", "f0 90 8f bf"],
  ["\u{10fc00}", "f4 8f b0 80"],
  ["\u{10ffff}", "f4 8f bf bf"],
] as const;

const whole = characters.map(([text]) => text).join("");
const wholeHex = characters.map(([, hex]) => hex).join(" ");

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** What a writer makes of memory full of ee, from position 5. */
function written(write: (target: Uint8Array) => void): string {
  const target = new Uint8Array(80).fill(0xee);
  write(target);
  return hexOf(target);
}

function expected(hex: string): string {
  const bytes = hex === "" ? [] : hex.split(" ");
  const before = new Array<string>(5).fill("ee");
  return [...before, ...bytes, ...new Array<string>(75 - bytes.length).fill("ee")].join(" ");
}

describe("writing UTF-8", () => {
  it.each(characters)("%j takes its bytes and no other", (text, hex) => {
    const byteLength = hex.split(" ").length;
    expect(hexOf(encodeUtf8(text))).toBe(hex);
    expect(findLoneSurrogate(text)).toBe(-1);
    expect(utf8Length(text)).toBe(byteLength);
    expect(written((target) => writeUtf8(target, 5, text))).toBe(expected(hex));
    expect(written((target) => expect(writeCodePoint(target, 5, text.codePointAt(0)!)).toBe(5 + byteLength))).toBe(
      expected(hex),
    );
  });

  it("puts one character behind the other", () => {
    expect(hexOf(encodeUtf8(whole))).toBe(wholeHex);
    expect(findLoneSurrogate(whole)).toBe(-1);
    expect(utf8Length(whole)).toBe(wholeHex.split(" ").length);
    expect(written((target) => writeUtf8(target, 5, whole))).toBe(expected(wholeHex));
    expect(written((target) => writeUtf8(target, 5, ""))).toBe(expected(""));
    expect(utf8Length("")).toBe(0);
  });
});

describe("half a surrogate pair", () => {
  it.each([
    ["\ud800", 0],
    ["\udbff", 0],
    ["\udc00", 0],
    ["\udfff", 0],
    ["a\udc00", 1],
    ["é世\udbff", 2],
    ["\udbffa", 0],
    ["\ud800\udbff", 0],
    ["\ud800\ue000", 0],
    ["\udc00\udc00", 0],
    ["\udfff\udc00", 0],
    ["\udc00\ud800", 0],
    ["🙂\ud83d", 2],
    ["🙂\ude42", 2],
    ["\ud83d🙂", 0],
    ["a🙂b🙂c\ud83dd", 7],
  ])("in %j is found", (text, index) => {
    expect(findLoneSurrogate(text)).toBe(index);
    expect(utf8Length(text)).toBe(-1);
    expect(() => encodeUtf8(text)).toThrow(
      expect.objectContaining({
        code: "invalid-utf8",
        message: `character ${index} of the text is a lone surrogate, which UTF-8 can't hold`,
      }),
    );
  });

  it.each(["\ud800\udc00", "\ud800\udfff", "\udbff\udc00", "\udbff\udfff", "\ud800\udc00\ud800\udc00", "\ud7ff\ue000"])(
    "is not in %j",
    (text) => {
      expect(findLoneSurrogate(text)).toBe(-1);
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    },
  );
});
