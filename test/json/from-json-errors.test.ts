import { describe, expect, it } from "vitest";
import { FlatbufferError, fromJSON, parseSchema } from "../../src/index.js";

const schema = parseSchema(`
  enum Color: byte { Red = 1, Green = 2 }
  struct Vec { x: float; y: float; }
  struct Grid { cells: [int:2]; }
  table Leaf { n: ubyte; s: string (required); }
  table Open { n: int; }
  union Any { Open, Vec }
  table R { i: int; u8: ubyte; u64: ulong; f: float; b: bool; c: Color = Red; s: string; v: Vec; g: Grid; leaf: Leaf; open: Open;
    a: Any; list: [Any]; leaves: [Leaf]; ints: [int]; strs: [string]; fx: [ubyte] (flexbuffer);
    nest: [ubyte] (nested_flatbuffer: "Open"); r: R; }
  root_type R;`);

/** JSON, and where its fault is told to be. */
const CASES: readonly (readonly [json: string, code: string, line: number, column: number, path: string])[] = [
  ["", "json-syntax", 1, 1, "root"],
  ["[1]", "json-syntax", 1, 1, "root"],
  ['{\n "i": 1\n "u8": 2 }', "json-syntax", 3, 2, "root.i"],
  ['{\n "i": 1,\n }}', "json-syntax", 3, 3, "root"],
  ['{\n "s":\n "abc', "json-syntax", 3, 2, "root.s"],
  ['{\n "s":\n "a\tb"}', "json-syntax", 3, 4, "root.s"],
  ['{\n "s":\n "a\\q"}', "json-syntax", 3, 4, "root.s"],
  ['{\n "s":\n "é\\ud800"}', "json-syntax", 3, 4, "root.s"],
  ['{\n "i":\n /* c', "json-syntax", 3, 2, "root.i"],
  ['{\n "i":\n #}', "json-syntax", 3, 2, "root.i"],
  ['{\n "i" 5}', "json-syntax", 2, 6, "root"],
  ['{\n "ints":[1,\n 2 3]}', "json-syntax", 3, 4, "root.ints[1]"],
  ['{\n "ints":[\n,]}', "json-syntax", 3, 1, "root.ints[0]"],
  ['{\n "i": 1,\n "zz": 5}', "unknown-field", 3, 2, "root.zz"],
  ['{"leaves":[\n {"s":""},\n {"s":"","q":1}]}', "unknown-field", 3, 10, "root.leaves[1].q"],
  ['{\n "i": 1,\n "i": 2}', "duplicate-field", 3, 2, "root.i"],
  ['{"s":"",\n "i":0,"u8":1,\n "i":0}', "duplicate-field", 3, 2, "root.i"],
  ['{"v":{\n "x":1,\n "x":2}}', "duplicate-field", 3, 2, "root.v.x"],
  ['{"leaves":[\n {"s":""},\n {"n":1}]}', "missing-required", 3, 2, "root.leaves[1].s"],
  ['{\n "leaf":\n {"s":null}}', "missing-required", 3, 2, "root.leaf.s"],
  ['{\n "v":\n {"x":1}}', "missing-required", 3, 2, "root.v.y"],
  ['{\n "i":\n 2147483648}', "number-out-of-range", 3, 2, "root.i"],
  ['{\n "u8":\n -1}', "number-out-of-range", 3, 2, "root.u8"],
  ['{\n "u64":\n 18446744073709551616}', "number-out-of-range", 3, 2, "root.u64"],
  ['{"ints":[\n 1,\n 99999999999]}', "number-out-of-range", 3, 2, "root.ints[1]"],
  ['{\n "i":\n 1.5}', "invalid-value", 3, 2, "root.i"],
  ['{\n "i":\n "1e2"}', "invalid-value", 3, 3, "root.i"],
  ['{\n "f":\n "abc"}', "invalid-value", 3, 3, "root.f"],
  ['{\n "f":\n 0x1}', "invalid-value", 3, 2, "root.f"],
  ['{\n "b":\n "maybe"}', "invalid-value", 3, 3, "root.b"],
  ['{\n "i":\n null}', "wrong-type", 3, 2, "root.i"],
  ['{\n "i":\n {}}', "wrong-type", 3, 2, "root.i"],
  ['{\n "leaf":\n 5}', "wrong-type", 3, 2, "root.leaf"],
  ['{\n "v":\n 5}', "wrong-type", 3, 2, "root.v"],
  ['{\n "ints":\n 5}', "wrong-type", 3, 2, "root.ints"],
  ['{\n "nest":\n [1]}', "wrong-type", 3, 2, "root.nest"],
  ['{\n "c":\n "Purple"}', "unknown-enum-value", 3, 3, "root.c"],
  ['{\n "i":\n "Colour.Red"}', "unknown-enum-value", 3, 3, "root.i"],
  ['{\n "g":\n {"cells":[1]}}', "wrong-length", 3, 11, "root.g.cells"],
  ['{\n "v":\n [1,2,3]}', "wrong-length", 3, 7, "root.v[2]"],
  ['{"list_type":[1,1],\n "list":[{},\n {},{}]}', "wrong-length", 3, 5, "root.list[2]"],
  ['{\n "i":1,\n "a":{}}', "union-type-missing", 3, 2, "root.a"],
  ['{"a_type":0,\n "a":\n {}}', "unknown-union-type", 3, 2, "root.a"],
  ['{"i":1,\n\n "list_type":[]}', "union-types-without-values", 3, 2, "root.list"],
  ['{\n "fx":\n {"a":1,"a":2}}', "duplicate-field", 3, 15, "root.fx"],
  ['{\r\n "s":"é竜😀",\r\n "zz":1}', "unknown-field", 3, 2, "root.zz"],
  ['{\n "s":"é竜😀", "zz":1}', "unknown-field", 2, 13, "root.zz"],
  ["\ufeff{\n\n zz:1}", "unknown-field", 3, 2, "root.zz"],
  ['{"open":{"n":1},\n "open\\u0021":1}', "unknown-field", 2, 2, 'root["open!"]'],
];

describe("fromJSON tells where a text is wrong", () => {
  it.each(CASES)("%j", (json, code, line, column, path) => {
    let error: unknown;
    try {
      fromJSON(schema, json, { fileName: "d.json" });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FlatbufferError);
    const { code: foundCode, line: foundLine, column: foundColumn, path: foundPath } = error as FlatbufferError;
    expect([foundCode, foundLine, foundColumn, foundPath]).toEqual([code, line, column, path]);
    expect((error as FlatbufferError).message).toContain(`d.json:${line}:${column}: ${path}: `);
    expect((error as FlatbufferError).file).toBe("d.json");
  });

  it("shows no control characters of the text, and little of it", () => {
    for (const name of ["\u009b31m", "\u202e", "a".repeat(10_000)]) {
      try {
        fromJSON(schema, JSON.stringify({ [name]: 1 }));
      } catch (error) {
        const { message } = error as FlatbufferError;
        expect(message.length).toBeLessThan(500);
        expect(message).toMatch(/^[\x20-\x7e]*$/);
      }
    }
    expect.assertions(6);
  });
});
