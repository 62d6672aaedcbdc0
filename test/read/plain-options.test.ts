import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromJSON, loadSchema, parseSchema, type ToObjectOptions, toJSON, toObject } from "../../src/index.js";

const schema = parseSchema(`
  enum Color : byte { Red = -1, Green, Blue = 5 }
  enum Marks : ulong (bit_flags) { A, B, C = 63 }
  struct Pos { x: float; color: Color; inner: [ubyte:2]; }
  table Weapon { damage: short = 3; }
  union Any { Weapon, Text: string }
  table Note { text: string; level: int = 1; }
  table Root {
    hp: short = 100; color: Color = Blue; marks: Marks = "A C"; maybe: int = null; old: int = 4 (deprecated);
    name: string; pos: Pos; any: Any; many: [Any]; colors: [Color]; marked: [Marks]; bools: [bool]; shorts: [short]; longs: [long];
    bytes: [ubyte]; note: [ubyte] (nested_flatbuffer: "Note"); flex: [ubyte] (flexbuffer); path: [Pos];
  }
  root_type Root;`);
const bytes = fromJSON(
  schema,
  `{ "color": "Red", "marks": "B C", "name": "orc", "pos": { "x": 1, "color": 9, "inner": [1, 2] }, "any_type": "Text", "any": "hi",
     "many_type": ["Weapon", "Text"], "many": [{}, "x"], "colors": [0, 7], "marked": ["A B", 4], "bools": [true, false], "shorts": [-1, 2],
     "longs": [-9223372036854775808], "bytes": [1, 255], "note": { "text": "in" }, "flex": { "a": 1 },
     "path": [{ "x": 2, "color": "Red", "inner": [3, 4] }] }`,
);
const make = (options?: ToObjectOptions) => toObject<Record<string, unknown>>(schema, bytes, options);

describe("toObject by default", () => {
  it("has defaults, names of enums, arrays; the keys in order of id", () => {
    const value = make();
    expect(Object.keys(value)).toEqual([
      "hp",
      "color",
      "marks",
      "maybe",
      "name",
      "pos",
      "any_type",
      "any",
      "many_type",
      "many",
      "colors",
      "marked",
      "bools",
      "shorts",
      "longs",
      "bytes",
      "note",
      "flex",
      "path",
    ]);
    expect(value).toEqual({
      hp: 100,
      color: "Red",
      marks: "B C",
      maybe: null,
      name: "orc",
      pos: { x: 1, color: 9, inner: Uint8Array.of(1, 2) },
      any_type: "Text",
      any: "hi",
      many_type: ["Weapon", "Text"],
      many: [{ damage: 3 }, "x"],
      colors: ["Green", 7],
      marked: ["A B", 4n],
      bools: [true, false],
      shorts: [-1, 2],
      longs: [-(2n ** 63n)],
      bytes: Uint8Array.of(1, 255),
      note: { text: "in", level: 1 },
      flex: { a: 1 },
      path: [{ x: 2, color: "Red", inner: Uint8Array.of(3, 4) }],
    });
  });

  it("gives a type to a union that isn't there, and its default to what has one", () => {
    expect(toObject(schema, fromJSON(schema, "{}"))).toEqual({
      hp: 100,
      color: "Blue",
      marks: "A C",
      maybe: null,
      any_type: "NONE",
    });
  });

  it("gives values that share no memory with the bytes", () => {
    const copy = bytes.slice();
    const { bytes: inside, pos } = toObject<{ bytes: Uint8Array; pos: { inner: Uint8Array } }>(schema, copy);
    copy.fill(0);
    expect([...inside, ...pos.inner]).toEqual([1, 255, 1, 2]);
  });

  it("makes objects without prototype, all of them", () => {
    const { pos, note, path, many } = make() as Record<string, unknown[]>;
    for (const value of [make(), pos, note, path![0], many![0]]) expect(Object.getPrototypeOf(value)).toBeNull();
  });
});

describe("the options of toObject", () => {
  it("defaults: false leaves out what is not stored", () => {
    expect(toObject(schema, fromJSON(schema, "{}"), { defaults: false })).toEqual({});
    expect(make({ defaults: false })).not.toHaveProperty("hp");
    expect(make({ defaults: false })["many"]).toEqual([{}, "x"]);
  });

  it("enums: 'number' gives numbers everywhere", () => {
    expect(make({ enums: "number" })).toMatchObject({
      color: -1,
      marks: 2n + 2n ** 63n,
      any_type: 2,
      many_type: [1, 2],
      colors: [0, 7],
      marked: [3n, 4n],
      pos: { color: 9 },
      path: [{ color: -1 }],
    });
  });

  it("nested and flex: false give bytes", () => {
    const { note, flex } = make({ nested: false, flex: false });
    expect([note, flex].every((part) => part instanceof Uint8Array)).toBe(true);
  });

  it("vectors: 'typed' gives typed arrays where all is numbers", () => {
    expect(make({ vectors: "typed", enums: "number" })).toMatchObject({
      shorts: Int16Array.of(-1, 2),
      longs: BigInt64Array.of(-(2n ** 63n)),
      colors: Int8Array.of(0, 7),
      marked: BigUint64Array.of(3n, 4n),
      many_type: Uint8Array.of(1, 2),
      bools: [true, false],
      bytes: Uint8Array.of(1, 255),
    });
    expect(make({ vectors: "typed" })["colors"]).toEqual(["Green", 7]);
  });

  it("invalidUtf8 says what becomes of bytes that are no UTF-8", () => {
    const bad = bytes.slice();
    const at = new TextDecoder("latin1").decode(bad).indexOf("orc");
    bad[at + 1] = 0xff;
    expect(() => toObject(schema, bad)).toThrow(
      expect.objectContaining({ code: "invalid-utf8", path: "root.name", offset: at + 1 }),
    );
    expect(() => toObject(schema, bad, { trusted: true })).toThrow(
      expect.objectContaining({ code: "invalid-utf8", path: "root.name" }),
    );
    expect(toObject(schema, bad, { invalidUtf8: "replace" })).toMatchObject({ name: "o\ufffdc" });
    expect(toObject(schema, bad, { invalidUtf8: "escape" })).toMatchObject({ name: "o\\xFFc" });
  });

  it.each([
    { defaults: 1 },
    { enums: "names" },
    { nested: null },
    { flex: "no" },
    { invalidUtf8: "ignore" },
    { vectors: true },
  ])("refuses %j", (options) => {
    expect(() => make(options as never)).toThrow(
      expect.objectContaining({ name: "FlatbufferError", code: "invalid-option" }),
    );
  });
});

describe("unions of types that the schema doesn't know", () => {
  it("keep their type as a number and lose their value", () => {
    const unions = loadSchema(readFileSync("fixtures/unions/unions.full.bfbs"));
    const data = readFileSync("fixtures/unions/unknown-member.bin");
    expect(JSON.parse(JSON.stringify(toObject(unions, data, { defaults: false })))).toEqual(
      JSON.parse(toJSON(unions, data)),
    );
  });
});

describe("tables that store their fields in ever new combinations", () => {
  const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
  const wide = parseSchema(
    `table T { ${names.map((name) => `${name}: string;`).join(" ")} n: int = 3; } table R { all: [T]; } root_type R;`,
  );
  // All 4,096 of them: more than are remembered.
  const all = Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(
      names.filter((_, index) => (bits >>> index) % 2 === 1).map((name) => [name, `${name}${bits % 7}`]),
    ),
  );
  const data = fromJSON(wide, JSON.stringify({ all }));

  it.each([true, false])("come out right, defaults: %s", (defaults) => {
    const expected = all.map((fields) => (defaults ? { ...fields, n: 3 } : fields));
    for (let round = 0; round < 2; round++) expect(toObject(wide, data, { defaults })).toEqual({ all: expected });
  });
});

describe("long vectors of structs", () => {
  const points = parseSchema(
    "struct In { b: bool; l: long; } struct P { x: float; i: In; n: [short:2]; s: [In:1]; d: double; u: uint; } table R { all: [P]; } root_type R;",
  );
  it.each([0, 1, 3, 4, 255, 256, 257, 1000])("come out right with %i elements", (count) => {
    const all = Array.from({ length: count }, (_, k) => ({
      x: k / 4,
      i: { b: k % 2 === 0, l: -k },
      n: [k % 100, -1],
      s: [{ b: k % 3 === 0, l: k }],
      d: k / 3,
      u: 4294967295 - k,
    }));
    const value = toObject(points, fromJSON(points, JSON.stringify({ all })));
    const big = ({ b, l }: { b: boolean; l: number }) => ({ b, l: BigInt(l) });
    expect(value).toEqual({ all: all.map((p) => ({ ...p, i: big(p.i), s: p.s.map(big) })) });
  });
});
