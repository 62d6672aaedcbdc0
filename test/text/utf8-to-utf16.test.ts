import { describe, expect, it } from "vitest";
import { utf8ToUtf16 } from "../../src/text/utf8-to-utf16.js";
import { View } from "../../src/wire/view.js";

const encoder = new TextEncoder();

describe("UTF-8 to UTF-16", () => {
  it("gives the units of every character", () => {
    let text = "";
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 251) {
      if (code < 0xd800 || code > 0xdfff) text += String.fromCodePoint(code);
    }
    expect(unitsOf(text, 0) === text).toBe(true);
  });

  it("is right for every mix of short and long sequences, with room behind the text and without", () => {
    const pieces = ["", "a", "ab", "abc", "abcdefgh", "é", "世", "😀"];
    for (const one of pieces) {
      for (const two of pieces) {
        for (const three of pieces) {
          const text = one + two + three + one;
          expect(unitsOf(text, 0)).toBe(text);
          expect(unitsOf(text, 1000)).toBe(text);
        }
      }
    }
  });
});

function unitsOf(text: string, room: number): string {
  const utf8 = encoder.encode(text);
  const memory = new Uint8Array(utf8.length + room).fill(0xee);
  memory.set(utf8);
  const units = utf8ToUtf16(View.on(memory), utf8.length);
  return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units);
}
