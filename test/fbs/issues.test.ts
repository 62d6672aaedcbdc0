import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { FlatbufferError } from "../../src/wire/error.js";

describe("two common mistakes", () => {
  it("get told where a default goes", () => {
    const error = errorOf("table M { mana:short (default=150); }");
    expect([error.line, error.column]).toEqual([1, 29]);
    expect(error.message).toContain("mana: short = 150");
  });

  it("get told what separates the members of a union", () => {
    const error = errorOf("table Weapon {}\nunion Equipment { Weapon; }");
    expect([error.line, error.column]).toEqual([2, 25]);
    expect(error.message).toContain("separated by commas");
    expect(error.issues).toHaveLength(1);
  });
});

describe("messages say what to do", () => {
  it.each([
    ["table T { a: [[int]]; }", "put the inner one into a table"],
    ["table T { a: [int:3]; }", "put it into one"],
    ["enum E { A }", "enum E : byte"],
    ["struct S { a: L; } struct L { x: int; }", "move its declaration up"],
    ["table T { a: int (mine); }", 'attribute "mine";'],
    ["table T { a: int = null(key); }", "put a space between null and the attributes"],
    ["table T { a: float = 0x10; }", "0x10p0"],
    ["enum E : byte { A = 1 } table T { e: E; }", "give 'e' a default"],
    ["table T { a: int } ", "expected ';'"],
    ["table T { a: int, b: int; }", "every field ends with ';'"],
    ["table T { a: int (deprecated) = 5; }", "a default stands before the attributes"],
    ["root_type T; table T {}", "declare the table before root_type names it"],
    ['table T {} include "x.fbs";', "top of the file"],
    ["table T { a: int = Color.Red; }", '"Color.Red"'],
    ['enum C : byte { Red } table T { c: C = "C.Red"; }', "without the enum's name"],
    ['table T { a: string = "x }', "close it with a quote"],
  ])("%s", (text, hint) => {
    expect(errorOf(`${text}\n`).message).toContain(hint);
  });
});

describe("as many mistakes as can be told apart", () => {
  it("are reported in one go, in order of place, each with its own", () => {
    const error = errorOf(
      [
        "table A {",
        "  a: int = 1.5;",
        "  b int;",
        "  c: string = 5;",
        "  d: A (hash: 1);",
        "}",
        "enum E : float { X }",
        "enum F : byte { X = 200, Y }",
        "table A {}",
        "union U { A; B }",
        "foo bar;",
        "table B { x: Missing; }",
        "root_type Nowhere;",
      ].join("\n"),
    );
    expect(error.issues?.map(({ line }) => line)).toEqual([2, 3, 4, 5, 7, 8, 9, 10, 11, 13]);
    expect(error.issues?.[0]).toMatchObject({ code: "schema-semantics", file: "t.fbs", line: 2, column: 14 });
    expect(error.message).toContain("9 more");
    expect([error.line, error.column, error.code, error.path]).toEqual([2, 14, "schema-semantics", "t.fbs:2:14"]);
  });

  it("all name undeclared types, where nothing else is wrong", () => {
    const error = errorOf("table T { a: X; b: Y; c: X; }\n");
    expect(error.issues?.map(({ message }) => /'(\w)'/.exec(message)?.[1])).toEqual(["X", "Y"]);
  });

  it("don't drag others along: what follows from a mistake says nothing", () => {
    for (const text of [
      "table T { a: int (id: 0); b: foo bar; c: int (id: 2); } root_type T;",
      "enum E : byte { A = , B } table T { e: E = B; f: E; }",
      "struct S { a: } table T { s: S; }",
      "table T { x: int = ; } union U { T } table V { u: U; } root_type V;",
      "table T { /// doc\n a: int;\n b: int;\n}\n",
      "table T { a: int; /// doc\n b: int;\n c: int;\n}\n",
      "struct S { a: string; } struct R { s: S; } table T { r: R; }",
    ]) {
      expect(errorOf(text).issues, text).toHaveLength(1);
    }
  });

  it("go on behind a declaration that never closes, if the next one starts its line", () => {
    const error = errorOf("table A {\n  a: int;\n  b: int\n\ntable B {\n  c: = 5;\n}\n");
    expect(error.issues?.map(({ line }) => line)).toEqual([5, 6]);
  });

  it("end at a hundred", () => {
    const fields = Array.from({ length: 500 }, (_, index) => `f${index}: string = 5;`).join("\n");
    const error = errorOf(`table T {\n${fields}\n}`);
    expect(error.issues).toHaveLength(100);
    expect(error.message).toContain("499 more");
  });

  it("are frozen plain values", () => {
    const [issue] = errorOf("foo").issues!;
    expect(Object.isFrozen(issue)).toBe(true);
    expect(Object.keys(issue!)).toEqual(["code", "path", "offset", "message", "file", "line", "column"]);
  });
});

describe("hostile text", () => {
  it.each([
    ["parentheses", "("],
    ["brackets", "table T { a: ["],
    ["quotes", '"'],
    ["slashes", "/"],
    ["comment starts", "/*"],
    ["nested functions", "table T { a: double = sin("],
    ["one long word", "a"],
    ["one long number", "table T { a: int = 9"],
    ["points", "."],
    ["zeros", "\0"],
    ["doc comments", "///\n"],
  ])("is refused with one kind of error: a million characters of %s", (_, piece) => {
    const last = piece.at(-1)!;
    const text =
      piece.length > 3 && piece.startsWith("table")
        ? piece + last.repeat(1_000_000)
        : piece.repeat(1_000_000 / piece.length);
    expect(["schema-syntax", "schema-semantics"]).toContain(errorOf(text).code);
  });

  it("never makes another error than FlatbufferError, whatever is cut off", () => {
    const text = `/// d
      namespace a.b; attribute "x"; enum E : ubyte (bit_flags) { A = 0x1, B } struct S (force_align: 8) { a: [int:2]; }
      union U { T, Z: string = 5 } table T (x: "\\u0041") { a: [ubyte] (nested_flatbuffer: "T"); u: U; f: float = sin(rad(1.5)); }
      rpc_service R { f(T): T (streaming: "x"); } root_type T; file_identifier "ABCD"; file_extension "e"; { f: 1 }`;
    parseSchema(text);
    let rejected = 0;
    for (let end = 0; end < text.length; end++) {
      for (const cut of [text.slice(0, end), text.slice(end), `${text.slice(0, end)}@${text.slice(end)}`]) {
        try {
          parseSchema(cut);
        } catch (error) {
          rejected++;
          expect(error).toBeInstanceOf(FlatbufferError);
        }
      }
    }
    expect(rejected).toBeGreaterThan(text.length);
  });
});

function errorOf(text: string): FlatbufferError {
  try {
    parseSchema(text, { fileName: "t.fbs" });
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}
