import { describe, expect, it } from "vitest";
import { Scanner, TokenKind } from "../../src/text/scanner.js";
import { FlatbufferError } from "../../src/wire/error.js";

const NAMES = ["end", "identifier", "string", "integer", "float", "symbol"];

/** All tokens as `kind value`. */
function tokens(text: string): string[] {
  const scanner = new Scanner(text);
  const found: string[] = [];
  do {
    scanner.next();
    found.push(`${NAMES[scanner.kind]} ${scanner.value}`.trim());
  } while (scanner.kind !== TokenKind.End);
  return found.slice(0, -1);
}

describe("Scanner", () => {
  it("tells words, numbers, strings and symbols apart", () => {
    expect(
      tokens(`a_1 Z{}()[],:;=. 'x' "y" 12 -3 +0x1F .5 5. 1e-3 0x1p+2 -inf +infx - nan`.replace("- nan", "-nan")),
    ).toEqual([
      "identifier a_1",
      "identifier Z",
      ..."{}()[],:;=.".split("").map((symbol) => `symbol ${symbol}`),
      "string x",
      "string y",
      "integer 12",
      "integer -3",
      "integer +0x1F",
      "float .5",
      "float 5.",
      "float 1e-3",
      "float 0x1p+2",
      "float -inf",
      "symbol +",
      "identifier infx",
      "symbol -",
      "identifier nan",
    ]);
  });

  it("ends a number where it ends, without a blank", () => {
    expect(tokens("5abc 1.5f 00x1")).toEqual([
      "integer 5",
      "identifier abc",
      "float 1.5",
      "identifier f",
      "integer 00",
      "identifier x1",
    ]);
  });

  it.each(["1.2.3", "1..2", "0x", "0x.", "0x1.8", "1e", "1e+", "1e5.", "--5", "- 5", "+", "@", "é", "\0", "/", "`"])(
    "refuses %j",
    (text) => {
      expect(() => tokens(text)).toThrow(FlatbufferError);
    },
  );

  it("reads escapes, also characters spelled byte by byte or in halves", () => {
    expect(
      tokens(String.raw`"\n\t\r\b\f\"\'\\\/" "\x41\u00e9" "\xc3\xa9\xf0\x9f\x98\x80" "\ud83d\ude00" 'it"s'`),
    ).toEqual([`string \n\t\r\b\f"'\\/`, "string Aé", "string é😀", "string 😀", 'string it"s']);
  });

  it.each([
    ['"a\nb"', 2],
    ['"a', 2],
    ["\"a'", 3],
    ['"\\q"', 2],
    ['"\\x4"', 3],
    ['"\\u12"', 3],
    ['"\\ud800"', 7],
    ['"\\ud800x"', 7],
    ['"\\ud800\\n"', 8],
    ['"\\udc00"', 7],
    ['"\\xff"', 6],
    ['"\ud800"', 3],
    ['"\\', 2],
  ])("refuses the string %j behind its character %i", (text, offset) => {
    const scanner = new Scanner(text);
    try {
      scanner.next();
    } catch (error) {
      expect(error).toMatchObject({ code: "schema-syntax", offset });
      return;
    }
    throw new Error("accepted");
  });

  it("knows whether a string may stand for a number", () => {
    const plain = (text: string) => {
      const scanner = new Scanner(text);
      scanner.next();
      return scanner.isPlainString;
    };
    expect(['"12"', '" ~"', '"\\u0031"', '"é"', '"\\n"'].map(plain)).toEqual([true, true, false, false, false]);
  });

  it("passes over comments and keeps doc comments for the next token only", () => {
    const scanner = new Scanner("/// a\n///b\r\n// no\n/* /// no */ x /* /* */ y\n/// c\nz");
    const docs: (readonly string[])[] = [];
    for (let count = 0; count < 3; count++) {
      scanner.next();
      docs.push([...scanner.docs]);
    }
    expect(docs).toEqual([[" a", "b"], [], [" c"]]);
  });

  it("refuses a doc comment behind something and a comment without end", () => {
    expect(() => tokens("a /// doc")).toThrow(/line of its own/);
    expect(() => tokens("a /* ")).toThrow(/never ends/);
  });

  it("goes on behind what it refused", () => {
    const scanner = new Scanner("@ a");
    expect(() => scanner.next()).toThrow(FlatbufferError);
    scanner.next();
    expect(scanner.value).toBe("a");
  });

  it("gives lines and columns in characters, and one column more behind a comment of several lines, as flatc does", () => {
    const scanner = new Scanner("\ufeffab\n  'é😀' x\n/*\n*/ y\r\nz");
    const places: string[] = [];
    do {
      scanner.next();
      const { line, column } = scanner.place(scanner.end);
      places.push(`${line}:${column}`);
    } while (scanner.kind !== TokenKind.End);
    expect(places).toEqual(["1:2", "2:6", "2:8", "4:5", "5:1", "5:1"]);
  });
});
