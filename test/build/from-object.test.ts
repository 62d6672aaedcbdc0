import { describe, expect, it } from "vitest";
import { fromJSON, fromObject, parseSchema, toJSON, verify } from "../../src/index.js";
import { corpusRows, corpusSchema, hasCorpus, readBytes, readText } from "../support/corpus.js";

const schema = parseSchema(`
  enum Color: byte { Red = 1, Green = 2, Blue = 4 }
  struct Vec { x: float; y: float; }
  struct Grid { cells: [short:2]; at: [Vec:1]; }
  table Leaf { n: ubyte; s: string (required); }
  table Item { k: int (key); }
  union Any { Leaf, Vec, Text: string }
  table R { i: int; u: ulong; l: long; f: float; d: double; b: bool; c: Color = Red; s: string; v: Vec; g: Grid; leaf: Leaf;
    a: Any; list: [Any]; leaves: [Leaf]; ints: [int]; longs: [long]; doubles: [double]; raw: [ubyte]; strs: [string]; vecs: [Vec];
    items: [Item]; h: uint (hash: "fnv1a_32"); fx: [ubyte] (flexbuffer); nest: [ubyte] (nested_flatbuffer: "R"); o: int = null; r: R;
    __proto__: int; }
  root_type R;`);

const print = (value: object, options?: object) => toJSON(schema, fromObject(schema, value, options));

describe("fromObject builds what fromJSON builds", () => {
  const rows = corpusRows("buffer", "size-prefixed")
    .filter(({ golden }) => typeof golden?.json === "string" && typeof golden.fromJson === "string")
    .map((row) => ({ row, text: readText(row.golden.json!) }))
    // JSON.parse knows no nan, and no integers beyond 2^53.
    .filter(({ text }) => !/\d{16,}|\b-?nan\b|\binf\b/.test(text));

  it.skipIf(!hasCorpus)(`from the values of ${rows.length} texts of the corpus`, () => {
    expect(rows.length).toBeGreaterThan(150);
    for (const { row, text } of rows) {
      const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
      const built = fromObject(corpusSchema(row.schemaFull), JSON.parse(text) as object, options);
      expect(Buffer.compare(built, readBytes(row.golden.fromJson!)), row.name).toBe(0);
    }
  });

  it("in the order of the object's keys", () => {
    for (const json of ['{"s":"a","strs":["b"],"v":{"x":1,"y":2}}', '{"v":{"x":1,"y":2},"strs":["b"],"s":"a"}']) {
      expect(fromObject(schema, JSON.parse(json) as object)).toEqual(fromJSON(schema, json));
    }
  });
});

describe("fromObject takes JavaScript's values", () => {
  it.each<[string, object, string]>([
    [
      "bigints and numbers for all integers",
      { i: -5n, u: 2n ** 64n - 1n, l: -7 },
      '{"i":-5,"u":18446744073709551615,"l":-7}',
    ],
    ["large safe integers", { l: -(2 ** 53 - 1), u: 2 ** 40 }, '{"u":1099511627776,"l":-9007199254740991}'],
    ["names of enums", { c: "Green Blue" }, '{"c":6}'],
    ["booleans", { b: true }, '{"b":true}'],
    ["text to hash", { h: "hello" }, '{"h":1335831723}'],
    ["nan and infinities", { f: Number.NaN, d: -Infinity }, '{"f":"nan","d":"-inf"}'],
    [
      "text beyond ASCII",
      { s: "é竜😀", strs: ["", "x".repeat(100)] },
      `{"s":"é竜😀","strs":["","${"x".repeat(100)}"]}`,
    ],
    ["UTF-8", { s: new TextEncoder().encode("é") }, '{"s":"é"}'],
    ["typed arrays", { ints: Int32Array.of(-1, 2), raw: Uint8Array.of(1, 255) }, '{"ints":[-1,2],"raw":[1,255]}'],
    [
      "other typed arrays",
      { ints: Uint8Array.of(7), doubles: Float32Array.of(0.5), longs: BigInt64Array.of(-1n) },
      '{"ints":[7],"longs":[-1],"doubles":[0.5]}',
    ],
    [
      "structs and fixed arrays",
      { g: { at: [{ y: 2, x: 1 }], cells: Int16Array.of(1, 2) } },
      '{"g":{"cells":[1,2],"at":[{"x":1,"y":2}]}}',
    ],
    [
      "unions beside their type",
      { a: "t", a_type: "Text", list_type: [1, "Vec"], list: [{ s: "" }, { x: 1, y: 2 }] },
      '{"a_type":"Text","a":"t","list_type":["Leaf","Vec"],"list":[{"s":""},{"x":1,"y":2}]}',
    ],
    [
      "elements of unions without a value",
      { list_type: ["NONE", "Text", 0], list: [null, "t", null] },
      '{"list_type":["NONE","Text","NONE"],"list":[null,"t",null]}',
    ],
    ["undefined and null as absent", { s: null, v: undefined, o: null, leaf: null }, "{}"],
    [
      "nested buffers and FlexBuffers",
      { nest: { i: 1 }, fx: { a: [1, 1.5, 2n ** 63n, null, "x", true] } },
      '{"fx":{"a":[1,1.5,9223372036854775808,null,"x",true]},"nest":{"i":1}}',
    ],
    [
      "keys out of order, sorted by the key field",
      { items: [{ k: 3 }, { k: -1 }, {}] },
      '{"items":[{"k":-1},{},{"k":3}]}',
    ],
    ["a field called __proto__", JSON.parse('{"__proto__":5}') as object, '{"__proto__":5}'],
    [
      "own properties alone of objects with a prototype",
      Object.assign(Object.create({ i: 7, nope: 1 }) as object, { s: "own" }),
      '{"s":"own"}',
    ],
    [
      "structs of classes",
      {
        v: new (class {
          y = 2;
          x = 1;
        })(),
      },
      '{"v":{"x":1,"y":2}}',
    ],
    ["objects without prototype", Object.assign(Object.create(null) as object, { i: 1 }), '{"i":1}'],
  ])("%s", (_, value, json) => {
    expect(print(value)).toBe(json);
    expect(verify(schema, fromObject(schema, value)).ok).toBe(true);
  });

  it("takes bytes for nested buffers and FlexBuffers where asked", () => {
    const nest = fromObject(schema, { i: 1 });
    expect(print({ nest }, { nestedBytes: true })).toBe('{"nest":{"i":1}}');
    expect(() => print({ nest })).toThrowError(expect.objectContaining({ code: "wrong-type" }));
    expect(print({ fx: Uint8Array.of(5, 4, 1) }, { nestedBytes: true })).toBe('{"fx":5}');
    expect(print({ raw: "AQI=" }, { bytes: "base64" })).toBe('{"raw":[1,2]}');
  });

  it("leaves out what somebody has given to all objects", () => {
    let text: string;
    Object.defineProperty(Object.prototype, "i", { value: 9, enumerable: true, configurable: true, writable: true });
    try {
      text = print({ s: "own" });
    } finally {
      Reflect.deleteProperty(Object.prototype, "i");
    }
    expect(text).toBe('{"s":"own"}');
  });

  it("writes defaults where asked", () => {
    expect(print({ i: 0, c: "Red" })).toBe("{}");
    expect(print({ i: 0, c: "Red" }, { forceDefaults: true })).toBe('{"i":0,"c":"Red"}');
  });
});

describe("fromObject says what is wrong where", () => {
  const cycle: { r?: object } = {};
  cycle.r = cycle;
  it.each<[object, string, string]>([
    [{ i: "5" }, "wrong-type", "root.i"],
    [{ i: 1.5 }, "invalid-value", "root.i"],
    [{ i: 2 ** 31 }, "number-out-of-range", "root.i"],
    [{ i: null }, "wrong-type", "root.i"],
    [{ l: 2 ** 60 }, "number-out-of-range", "root.l"],
    [{ u: -1n }, "number-out-of-range", "root.u"],
    [{ f: "1" }, "wrong-type", "root.f"],
    [{ b: "yes" }, "wrong-type", "root.b"],
    [{ c: "Purple" }, "unknown-enum-value", "root.c"],
    [{ s: 5 }, "wrong-type", "root.s"],
    [{ s: "\ud800" }, "invalid-utf8", "root.s"],
    [{ s: Uint8Array.of(0xff) }, "invalid-utf8", "root.s"],
    [{ strs: ["a", "a\udc00"] }, "invalid-utf8", "root.strs[1]"],
    [{ v: { y: 2, zz: 1, x: 1 } }, "unknown-field", "root.v.zz"],
    [{ s: "a", nope: 1 }, "unknown-field", "root.nope"],
    [{ v: { x: 1 } }, "missing-required", "root.v.y"],
    [{ v: [1, 2] }, "wrong-type", "root.v"],
    [{ v: { x: 1, y: 2, z: 3 } }, "unknown-field", "root.v.z"],
    [{ g: { cells: [1], at: [] } }, "wrong-length", "root.g.cells"],
    [{ leaves: [{ s: "" }, { n: 1 }] }, "missing-required", "root.leaves[1].s"],
    [{ leaves: [{ s: "" }, undefined] }, "wrong-type", "root.leaves[1]"],
    [{ leaf: { s: "", n: 256 } }, "number-out-of-range", "root.leaf.n"],
    [{ ints: [1, "2"] }, "wrong-type", "root.ints[1]"],
    [{ ints: 5 }, "wrong-type", "root.ints"],
    [{ zz: 1 }, "unknown-field", "root.zz"],
    [{ a: { s: "" } }, "union-type-missing", "root.a"],
    [{ a_type: 9, a: {} }, "unknown-union-type", "root.a"],
    [{ a_type: "Leaf", a: { s: 1 } }, "wrong-type", "root.a.s"],
    [{ list_type: ["Vec"], list: [] }, "wrong-length", "root.list"],
    [{ list_type: ["Vec"] }, "union-types-without-values", "root.list_type"],
    [{ list_type: ["NONE"], list: ["t"] }, "unknown-union-type", "root.list[0]"],
    [{ list_type: ["Vec"], list: [null] }, "wrong-type", "root.list[0]"],
    [{ fx: { a: [() => 1] } }, "wrong-type", "root.fx.a[0]"],
    [{ fx: [2n ** 64n] }, "number-out-of-range", "root.fx[0]"],
    [{ nest: { i: "x" } }, "wrong-type", "root.nest.i"],
    [[], "wrong-type", "root"],
  ])("case %#: %3$s", (value, code, path) => {
    expect(() => fromObject(schema, value)).toThrowError(
      expect.objectContaining({ name: "FlatbufferError", code, path }),
    );
  });

  it("refuses cycles as too deep", () => {
    expect(() => fromObject(schema, cycle)).toThrowError(expect.objectContaining({ code: "depth-limit", limit: 64 }));
    const list: unknown[] = [];
    list.push(list);
    expect(() => fromObject(schema, { fx: list })).toThrowError(expect.objectContaining({ code: "depth-limit" }));
  });

  it("skips unknown keys where asked", () => {
    expect(print({ zz: 1, i: 2, v: { x: 1, y: 2, z: 3 } }, { unknownFields: "ignore" })).toBe(
      '{"i":2,"v":{"x":1,"y":2}}',
    );
  });
});
