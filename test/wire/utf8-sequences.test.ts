import { describe, expect, it } from "vitest";
import { SHORT_TEXT } from "../../src/wire/short-text.js";
import { decodeUtf8, findInvalidUtf8, sequenceLength } from "../../src/wire/utf8.js";

function bytesOf(hex: string): number[] {
  return hex.split(" ").map((byte) => Number.parseInt(byte, 16));
}

/** The first and last sequence of every stretch of code points, with the code point. */
const valid = [
  ["c2 80", 0x80],
  ["c2 bf", 0xbf],
  ["c3 80", 0xc0],
  ["df 80", 0x7c0],
  ["df bf", 0x7ff],
  ["e0 a0 80", 0x800],
  ["e0 bf bf", 0xfff],
  ["e1 80 80", 0x1000],
  ["e4 b8 96", 0x4e16],
  ["ec bf bf", 0xcfff],
  ["ed 80 80", 0xd000],
  ["ed 9f bf", 0xd7ff],
  ["ee 80 80", 0xe000],
  ["ef bf bf", 0xffff],
  ["f0 90 80 80", 0x10000],
  ["f0 9f 99 82", 0x1f642],
  ["f0 bf bf bf", 0x3ffff],
  ["f1 80 80 80", 0x40000],
  ["f3 bf bf bf", 0xfffff],
  ["f4 80 80 80", 0x100000],
  ["f4 8f bf bf", 0x10ffff],
] as const;

/** One byte off a valid sequence each. */
const invalid = [
  ...["80", "bf", "c0 80", "c0 bf", "c1 80", "c1 bf", "c2 7f", "c2 c0", "df 7f", "df c0"],
  ...["e0 80 80", "e0 9f bf", "e0 c0 80", "e0 a0 7f", "e0 a0 c0", "e1 7f bf", "e1 c0 80", "e1 80 7f", "e1 bf c0"],
  ...["ed 7f bf", "ed a0 80", "ed bf bf", "ee 7f bf", "ef c0 80", "ef bf c0"],
  ...["f0 80 80 80", "f0 8f bf bf", "f0 c0 80 80", "f0 90 7f 80", "f0 90 c0 80", "f0 90 80 7f", "f0 90 80 c0"],
  ...["f1 7f bf bf", "f1 c0 80 80", "f1 80 7f 80", "f1 80 80 7f", "f3 bf bf c0", "f4 7f bf bf", "f4 90 80 80"],
  ...["f5 80 80 80", "f8 80 80 80", "ff 80 80 80"],
];

/** The bytes behind two letters and before what would go on a sequence; positions 2 to 2 + length. */
function between(bytes: readonly number[]): Uint8Array {
  return Uint8Array.of(0x61, 0x62, ...bytes, 0x80, 0x80, 0x80);
}

function refused(bytes: Uint8Array, end: number): unknown {
  try {
    return decodeUtf8(bytes, 2, end);
  } catch (error) {
    return error;
  }
}

/** Whatever looks at the bytes from 2 to `end` finds no character at their start. */
function expectNone(bytes: Uint8Array, end: number, hex: string): void {
  expect(sequenceLength(bytes, 2, end)).toBe(0);
  expect(findInvalidUtf8(bytes, 2, end)).toBe(2);
  expect(refused(bytes, end)).toMatchObject({
    code: "invalid-utf8",
    offset: 2,
    message: `byte 0x${hex.slice(0, 2)} at 2 is no part of valid UTF-8`,
    cause: expect.any(TypeError),
  });
}

describe("a sequence of bytes", () => {
  it.each(valid)("%s is one character, whole", (hex, point) => {
    const bytes = bytesOf(hex);
    const around = between(bytes);
    const end = 2 + bytes.length;
    expect(sequenceLength(around, 2, end)).toBe(bytes.length);
    expect(findInvalidUtf8(around, 2, end)).toBe(-1);
    expect(decodeUtf8(around, 2, end)).toBe(String.fromCodePoint(point));
  });

  it.each(valid)("%s is none when it is cut", (hex) => {
    const bytes = bytesOf(hex);
    const around = between(bytes);
    for (let end = 3; end < 2 + bytes.length; end++) {
      expectNone(around, end, hex);
    }
  });

  it.each(invalid)("%s is no character", (hex) => {
    const bytes = bytesOf(hex);
    expectNone(between(bytes), 2 + bytes.length, hex);
  });

  it("may follow others, and the first bad one is told", () => {
    const good = ["7f", ...valid.map(([hex]) => hex)].flatMap(bytesOf);
    const text = `\x7f${String.fromCodePoint(...valid.map(([, point]) => point))}`;
    expect(decodeUtf8(between(good), 2, 2 + good.length)).toBe(text);
    for (const hex of invalid) {
      const bytes = between([...good, ...bytesOf(hex), 0xff]);
      expect(findInvalidUtf8(bytes, 2, bytes.length)).toBe(2 + good.length);
    }
  });
});

describe("a text", () => {
  it("of every length around the shortest that the engine decodes", () => {
    for (let length = 0; length <= SHORT_TEXT + 2; length++) {
      for (const [filler, character] of [
        [[], ""],
        [[0xc3, 0xa9], "é"],
        [[0xe4, 0xb8, 0x96], "世"],
        [[0xf0, 0x9f, 0x99, 0x82], "🙂"],
      ] as const) {
        const letters = Array.from({ length }, (_, at) => 0x41 + at);
        const bytes = between([...filler, ...letters, ...filler]);
        expect(decodeUtf8(bytes, 2, bytes.length - 3)).toBe(
          `${character}${String.fromCharCode(...letters)}${character}`,
        );
      }
    }
  });

  it("longer than any string is refused before anything is read", () => {
    const longest = 536_870_888;
    const bytes = Uint8Array.of(0x61, 0x62, 0x63, 0x64);
    expect(decodeUtf8(bytes, 2, 2 + longest)).toBe("cd");
    expect(() => decodeUtf8(bytes, 2, 2 + longest + 1)).toThrow(
      expect.objectContaining({
        code: "string-too-long",
        offset: 2,
        message: "a string of 536870889 bytes is longer than JavaScript can hold",
      }),
    );
  });
});
