import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import {
  type FlatbufferErrorCode,
  fromObject,
  isFlatbufferError,
  type ToJSONOptions,
  toJSON,
  toJSONBytes,
} from "../../src/index.js";
import { fromJSON } from "../../src/json/from-json.js";

const schema = parseSchema(`
  enum Color : byte { Red = -1, Green, Blue = 4 }
  enum Flags : ubyte (bit_flags) { A, B, E = 4 }
  enum Far : ulong { Near = 1, Huge = 18446744073709551615 }
  struct Pair { x: short; y: float; }
  struct Grid { cells: [int:3]; pairs: [Pair:2]; color: Color; }
  table Leaf { name: string; }
  table Inner { n: int = 7; s: string; }
  union Any { Leaf, Pair, Word: string }
  table T {
    i: int = 3; s: string; on: bool; color: Color = Green; flags: Flags; far: Far = Near; maybe: int = null;
    u64: ulong; i64: long; f: float; d: double;
    bytes: [ubyte]; ints: [int]; longs: [long]; doubles: [double]; floats: [float]; colors: [Color]; bools: [bool];
    words: [string]; leaves: [Leaf]; pairs: [Pair]; leaf: Leaf; pair: Pair; grid: Grid;
    any: Any; anys: [Any];
    inner: [ubyte] (nested_flatbuffer: "Inner"); flex: [ubyte] (flexbuffer);
    gone: int = 5 (deprecated);
  }
  table K { k: int (key); v: int; }
  table Ks { list: [K]; }
  root_type T;
`);

describe("plain text", () => {
  it("is one line of what is stored, in order of id", () => {
    expect(print('{ s: "x", i: 1 }')).toBe('{"i":1,"s":"x"}');
    expect(print("{}")).toBe("{}");
  });

  it("prints every kind of field", () => {
    const text = `{"i":1,"s":"a","on":true,"color":"Blue","flags":"A E","far":"Huge","maybe":0,"u64":18446744073709551615,"i64":-9223372036854775808,"f":0.1,"d":1e-7,"bytes":[1,255],"ints":[-1,2147483647],"longs":[-1],"doubles":[0.1,1e+21],"floats":[0.1],"colors":["Red","Blue"],"bools":[true,false],"words":["a",""],"leaves":[{"name":"l"},{}],"pairs":[{"x":-1,"y":0.5}],"leaf":{},"pair":{"x":1,"y":-0},"grid":{"cells":[1,2,3],"pairs":[{"x":1,"y":2},{"x":3,"y":4}],"color":"Red"},"any_type":"Leaf","any":{"name":"u"},"anys_type":["Word","Pair","Leaf"],"anys":["w",{"x":1,"y":1},{}],"inner":{"n":8,"s":"in"},"flex":{"a":[1,2.5,"x",null,true],"b":{}}}`;
    expect(print(text)).toBe(text);
    expect(toJSON(schema, fromJSON(schema, print(text)))).toBe(text);
  });

  it("leaves out absent fields, keys among them, unless asked for defaults", () => {
    const bytes = fromJSON(schema, "{ list: [{ v: 1 }] }", { rootType: "Ks" });
    expect(toJSON(schema, bytes, { rootType: "Ks" })).toBe('{"list":[{"v":1}]}');
    expect(toJSON(schema, bytes, { rootType: "Ks", defaults: true })).toBe('{"list":[{"k":0,"v":1}]}');
    expect(toJSON(schema, bytes, { rootType: "Ks", style: "flatc", indent: -1 })).toBe('{"list": [{"k": 0,"v": 1}]}');
  });

  it("fills in absent scalars with defaults: null where null is the default, never deprecated ones", () => {
    expect(print("{}", { defaults: true })).toBe(
      '{"i":3,"on":false,"color":"Green","flags":0,"far":"Near","maybe":null,"u64":0,"i64":0,"f":0,"d":0,"any_type":"NONE"}',
    );
  });

  it("prints names for enum values, and numbers for those without", () => {
    expect(print("{ color: 3, colors: [4, 5], flags: 9, far: 2 }")).toBe(
      '{"color":3,"flags":9,"far":2,"colors":["Blue",5]}',
    );
    expect(print('{ color: "Blue", flags: "A B", any_type: "Word", any: "w" }', { enums: "number" })).toBe(
      '{"color":4,"flags":3,"any_type":3,"any":"w"}',
    );
  });
});

describe("option indent", () => {
  const json = '{"i":1,"ints":[1,2],"leaves":[{}],"words":[],"pair":{"x":1,"y":2}}';

  it("lays plain text out as JSON.stringify does, with a line break at the end", () => {
    for (const indent of [1, 2, 3, 10]) {
      expect(print(json, { indent })).toBe(`${JSON.stringify(JSON.parse(print(json)), null, indent)}\n`);
    }
  });

  it("breaks lines without spaces at 0 and takes widths up to 64", () => {
    expect(print('{"i":1,"ints":[1]}', { indent: 0 })).toBe('{\n"i": 1,\n"ints": [\n1\n]\n}\n');
    expect(print('{"i":1,"ints":[1]}', { indent: 64 })).toBe(
      `{\n${" ".repeat(64)}"i": 1,\n${" ".repeat(64)}"ints": [\n${" ".repeat(128)}1\n${" ".repeat(64)}]\n}\n`,
    );
  });

  it("gives flatc's text its own spaces: a blank line in empty vectors, none on one line", () => {
    expect(print("{ ints: [], leaf: {} }", { style: "flatc" })).toBe('{\n  "ints": [\n\n  ],\n  "leaf": {\n  }\n}\n');
    expect(print("{ ints: [], leaf: {} }", { style: "flatc", indent: 0 })).toBe(
      '{\n"ints": [\n\n],\n"leaf": {\n}\n}\n',
    );
    expect(print("{ ints: [], leaf: {}, i: 1 }", { style: "flatc", indent: -1 })).toBe(
      '{"i": 1,"ints": [],"leaf": {}}',
    );
  });
});

describe("options of style flatc", () => {
  it("leaves quotes off keys that are identifiers", () => {
    expect(print("{ i: 1, flex: { a: 1, 'b c': 2 } }", { style: "flatc", quoteKeys: false, indent: -1 })).toBe(
      '{i: 1,flex: { a: 1, "b c": 2 }}',
    );
  });

  it("leaves them off keys that stand as values too, unless they are none", () => {
    for (const [name, shown] of [
      ["name", "name"],
      ["\u00e9", '"\\u00E9"'],
      ["two words", '"two words"'],
    ] as const) {
      const builder = new FlexBuilder();
      builder.keyValue(name);
      const bytes = fromObject(schema, { flex: builder.finish() }, { nestedBytes: true });
      const options = { style: "flatc", quoteKeys: false, indent: -1 } as const;
      expect(toJSON(schema, bytes, options)).toBe(`{flex: ${shown}}`);
      expect(new TextDecoder().decode(toJSONBytes(schema, bytes, options))).toBe(`{flex: ${shown}}`);
    }
  });

  it("quotes keys in plain text whatever quoteKeys says", () => {
    expect(print("{ i: 1 }", { quoteKeys: false })).toBe('{"i":1}');
  });

  it("prints floats with flatc's decimals and nan and inf bare", () => {
    expect(print("{ f: 0.1, d: 1e-7, doubles: [nan, inf, -inf, 1e22] }", { style: "flatc", indent: -1 })).toBe(
      '{"f": 0.1,"d": 0.0000001,"doubles": [nan,inf,-inf,10000000000000000000000.0]}',
    );
  });

  it("shows the sign of a nan, which plain text doesn't", () => {
    const bytes = fromJSON(schema, "{ d: nan }");
    bytes[bytes.length - 1] = 0xff;
    expect(toJSON(schema, bytes, { style: "flatc", indent: -1 })).toBe('{"d": -nan}');
    expect(toJSON(schema, bytes, { nonFinite: "bare" })).toBe('{"d":nan}');
  });
});

describe("option int64", () => {
  it("quotes 64-bit integers and no others, wherever they stand", () => {
    expect(
      print('{ i: 1, u64: 5, i64: -6, longs: [7, 9007199254740993], far: 3, color: "Blue" }', { int64: "string" }),
    ).toBe('{"i":1,"color":"Blue","far":"3","u64":"5","i64":"-6","longs":["7","9007199254740993"]}');
    expect(print('{ far: "Huge" }', { int64: "string", enums: "number" })).toBe('{"far":"18446744073709551615"}');
    expect(print("{}", { int64: "string", defaults: true })).toContain('"u64":"0","i64":"0"');
  });

  it("quotes FlexBuffers' integers where a double would lose digits", () => {
    expect(print("{ flex: [1, 9007199254740993, -9223372036854775808] }", { int64: "string" })).toBe(
      '{"flex":[1,"9007199254740993","-9223372036854775808"]}',
    );
  });
});

describe("option nonFinite", () => {
  const json = "{ f: nan, d: -inf, doubles: [1, inf], flex: [nan] }";

  it.each([
    ["string", '{"f":"nan","d":"-inf","doubles":[1,"inf"],"flex":["nan"]}'],
    ["null", '{"f":null,"d":null,"doubles":[1,null],"flex":[null]}'],
    ["bare", '{"f":nan,"d":-inf,"doubles":[1,inf],"flex":[nan]}'],
  ] as const)("%s", (nonFinite, text) => {
    expect(print(json, { nonFinite })).toBe(text);
    expect(print(json, { nonFinite, style: "flatc", indent: -1 }).replaceAll(": ", ":")).toContain(text.slice(1, 20));
  });

  it.each([
    ["{ f: nan }", "root.f"],
    ["{ doubles: [1, 2, -inf] }", "root.doubles[2]"],
    ["{ pairs: [{ x: 1, y: 2 }, { x: 1, y: inf }] }", "root.pairs[1].y"],
    ["{ leaf: {}, grid: { cells: [1,2,3], pairs: [{x:1,y:1},{x:1,y:nan}], color: 0 } }", "root.grid.pairs[1].y"],
  ])("error names the place in %s", (json, path) => {
    const error = failure(json, { nonFinite: "error" });
    expect(error).toMatchObject({ code: "non-finite", path });
    expect(error.offset).toBeGreaterThan(0);
  });
});

describe("options bytes, nested and flex", () => {
  it("prints [ubyte], and nothing else, as base64", () => {
    expect(print("{ bytes: [0, 16, 131], ints: [1] }", { bytes: "base64" })).toBe('{"bytes":"ABCD","ints":[1]}');
    expect(print("{ bytes: [255] }", { bytes: "base64" })).toBe('{"bytes":"/w=="}');
    expect(print("{ bytes: [] }", { bytes: "base64", style: "flatc", indent: -1 })).toBe('{"bytes": ""}');
  });

  it("prints embedded formats as bytes when told not to expand them", () => {
    const json = '{ inner: { s: "in" }, flex: [1] }';
    const bytes = fromJSON(schema, json);
    const nested = JSON.parse(toJSON(schema, bytes, { nested: false }));
    expect(nested.flex).toEqual([1]);
    expect(toJSON(schema, Uint8Array.from(nested.inner), { rootType: "Inner" })).toBe('{"s":"in"}');
    const flex = JSON.parse(toJSON(schema, bytes, { flex: false, bytes: "base64" }));
    expect(flex.inner).toEqual({ s: "in" });
    expect(flex.flex).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it("prints nested buffers at the indentation around them", () => {
    expect(print('{ inner: { s: "in" } }', { style: "flatc" })).toBe('{\n  "inner": {\n    "s": "in"\n  }\n}\n');
  });

  it("prints FlexBuffers as JSON in plain text, on flatc's one line in flatc's", () => {
    const json = '{ flex: { a: [1, 2.5, "é\\u0001", null, true], b: {}, c: [] } }';
    expect(print(json)).toBe('{"flex":{"a":[1,2.5,"é\\u0001",null,true],"b":{},"c":[]}}');
    expect(print(json, { indent: 1 })).toBe(
      `${JSON.stringify(JSON.parse(print(json)), null, 1).replace("\u0001", "\\u0001")}\n`,
    );
    expect(print(json, { style: "flatc" })).toBe(
      '{\n  "flex": { "a": [ 1, 2.5, "\\u00E9\\u0001", null, true ], "b": {  }, "c": [  ] }\n}\n',
    );
  });
});

describe("options that are wrong", () => {
  it.each([
    { style: "pretty" },
    { indent: 1.5 },
    { indent: -2 },
    { indent: 65 },
    { indent: "2" },
    { int64: "bigint" },
    { nonFinite: "throw" },
    { enums: true },
    { bytes: "hex" },
    { invalidUtf8: "ignore" },
    { defaults: 1 },
    { ascii: "yes" },
    { nested: null },
    { limits: { maxOutputBytes: 0 } },
  ])("%j is refused", (options) => {
    expect(failure("{}", options as unknown as ToJSONOptions).code).toBe("invalid-option");
  });
});

describe("toJSONBytes", () => {
  it("gives the same text in UTF-8", () => {
    for (const json of ['{ s: "héllo \\u4e16 😀" }', "{ ints: [1, 2, 3], d: 0.5 }"]) {
      const bytes = fromJSON(schema, json);
      for (const style of ["plain", "flatc"] as const) {
        expect(new TextDecoder().decode(toJSONBytes(schema, bytes, { style }))).toBe(toJSON(schema, bytes, { style }));
      }
    }
  });

  it("gives memory that no later call writes to", () => {
    const first = toJSONBytes(schema, fromJSON(schema, '{ s: "first" }'));
    const copy = first.slice();
    toJSONBytes(schema, fromJSON(schema, '{ s: "second" }'));
    expect(first).toEqual(copy);
  });

  it("is itself after a call that failed", () => {
    expect(failure("{ d: nan }", { nonFinite: "error" }).code).toBe("non-finite");
    expect(print('{ s: "fine" }')).toBe('{"s":"fine"}');
  });
});

function print(json: string, options: ToJSONOptions = {}): string {
  return toJSON(schema, fromJSON(schema, json), options);
}

function failure(
  json: string,
  options: ToJSONOptions,
): { code: FlatbufferErrorCode; path?: string | undefined; offset?: number | undefined } {
  try {
    print(json, options);
  } catch (error) {
    if (isFlatbufferError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
