import { describe, expect, it } from "vitest";
import { base64Length, readBase64, writeBase64 } from "../../src/text/base64.js";

const encode = (bytes: Uint8Array): string => {
  const target = new Uint8Array(base64Length(bytes.length));
  expect(writeBase64(bytes, 0, bytes.length, target, 0)).toBe(target.length);
  return String.fromCharCode(...target);
};
const decode = (text: string): Uint8Array => {
  const source = new TextEncoder().encode(text);
  const target = new Uint8Array(text.length);
  return target.slice(0, readBase64(source, 0, source.length, target, 0));
};

describe("base64", () => {
  it("writes and reads every length and every byte", () => {
    for (let length = 0; length < 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 255);
      const text = encode(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64"));
      expect(decode(text)).toEqual(bytes);
    }
  });

  it("works on a part of its source", () => {
    const target = new Uint8Array(6).fill(0x2e);
    expect(writeBase64(Uint8Array.of(9, 77, 97, 110, 9), 1, 4, target, 1)).toBe(5);
    expect(String.fromCharCode(...target)).toBe(".TWFu.");
  });

  it.each([
    ["A", 1],
    ["AAA", 3],
    ["AAAAA", 5],
    ["AA==AA==", 2],
    ["=AAA", 0],
    ["A===", 1],
    ["AA=A", 2],
    ["AB==", 1],
    ["AAB=", 2],
    ["AA A", 2],
    ["AA-_", 2],
    ["AAAA\n", 5],
    ["é==", 0],
  ])("refuses %j at %i", (text, offset) => {
    expect(() => decode(text)).toThrowError(expect.objectContaining({ code: "invalid-value", offset }));
  });
});
