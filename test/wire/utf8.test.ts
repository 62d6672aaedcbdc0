import { describe, expect, it } from "vitest";
import { encodeUtf8, findLoneSurrogate } from "../../src/wire/encode-utf8.js";
import { decodeUtf8, findInvalidUtf8, sequenceLength } from "../../src/wire/utf8.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isValid(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

describe("validation agrees with TextDecoder", () => {
  it("on all sequences of one and two bytes", () => {
    const pair = new Uint8Array(2);
    for (let first = 0; first < 256; first++) {
      expect(findInvalidUtf8(Uint8Array.of(first), 0, 1) < 0).toBe(first < 0x80);
      for (let second = 0; second < 256; second++) {
        pair[0] = first;
        pair[1] = second;
        if (findInvalidUtf8(pair, 0, 2) < 0 !== isValid(pair)) throw new Error(`${first} ${second}`);
      }
    }
  });

  it("on three and four bytes around every boundary", () => {
    const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
    for (let first = 0xe0; first < 0x100; first++) {
      for (const second of edges) {
        for (const third of edges) {
          for (const fourth of [-1, ...edges]) {
            const bytes = Uint8Array.from([first, second, third, ...(fourth < 0 ? [] : [fourth])]);
            if (findInvalidUtf8(bytes, 0, bytes.length) < 0 !== isValid(bytes)) throw new Error(`${bytes}`);
          }
        }
      }
    }
  });

  it("on every code point, alone and cut short", () => {
    const buffer = new Uint8Array(5);
    const encoder = new TextEncoder();
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const { written } = encoder.encodeInto(String.fromCodePoint(point), buffer);
      if (findInvalidUtf8(buffer, 0, written) !== -1) throw new Error(`U+${point.toString(16)}`);
      if (written > 1 && findInvalidUtf8(buffer, 0, written - 1) !== 0) throw new Error(`cut U+${point.toString(16)}`);
      if (written > 1 && sequenceLength(buffer, 0, written) !== written)
        throw new Error(`length U+${point.toString(16)}`);
    }
  });

  it("and points at the first bad byte", () => {
    const bytes = Uint8Array.from([0x61, 0xc3, 0xa9, 0x62, 0xff, 0xfe]);
    expect(findInvalidUtf8(bytes, 0, 6)).toBe(4);
    expect(findInvalidUtf8(bytes, 0, 4)).toBe(-1);
    expect(findInvalidUtf8(bytes, 1, 2)).toBe(1);
    expect(findInvalidUtf8(bytes, 2, 4)).toBe(2);
  });
});

describe("decoding", () => {
  it("keeps a byte order mark and zero bytes", () => {
    for (const text of ["\ufeffx", "a\0b", "", "é", "x".repeat(23), "x".repeat(24), "x".repeat(25), "🙂".repeat(40)]) {
      const bytes = new TextEncoder().encode(`<${text}>`);
      expect(decodeUtf8(bytes, 1, bytes.length - 1)).toBe(text);
    }
  });

  it("refuses bad bytes with their offset, or puts U+FFFD in their place", () => {
    for (const pad of [0, 40]) {
      const bytes = Uint8Array.from([...new Array<number>(pad).fill(0x61), 0x62, 0xed, 0xa0, 0x80]);
      expect(() => decodeUtf8(bytes, 0, bytes.length)).toThrow(
        expect.objectContaining({ code: "invalid-utf8", offset: pad + 1 }),
      );
      expect(decodeUtf8(bytes, 0, bytes.length, true)).toBe(`${"a".repeat(pad)}b\ufffd\ufffd\ufffd`);
    }
  });
});

describe("encoding", () => {
  it("is the inverse of decoding", () => {
    for (const text of ["", "abc", "\ufeff", "é世🙂", "\0"])
      expect(decodeUtf8(encodeUtf8(text), 0, encodeUtf8(text).length)).toBe(text);
  });

  it("refuses lone surrogates, which UTF-8 can't hold", () => {
    for (const [text, index] of [
      ["\ud800", 0],
      ["a\udc00", 1],
      ["🙂\ud83d", 2],
      ["\ud83d\ud83d\ude42", 0],
    ] as const) {
      expect(findLoneSurrogate(text)).toBe(index);
      expect(() => encodeUtf8(text)).toThrow(expect.objectContaining({ code: "invalid-utf8" }));
    }
    expect(findLoneSurrogate("a🙂b")).toBe(-1);
  });
});
