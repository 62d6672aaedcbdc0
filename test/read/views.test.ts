import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldReader, fromJSON, getPath, loadSchema, parseSchema, read } from "../../src/index.js";
import { Struct } from "../../src/read/struct.js";
import { Table } from "../../src/read/table.js";
import { Vector } from "../../src/read/vector.js";

const schema = parseSchema(`
  struct Pos { x: float; cells: [short:2]; }
  table Weapon { name: string; }
  union Any { Weapon, Pos, Text: string }
  table Note { text: string; }
  table Root {
    hp: short = 100; on: bool = true; id: ulong = 18446744073709551615; low: long = -5; ratio: double = nan; f: float = 0.1; maybe: int = null;
    name: string; pos: Pos; weapons: [Weapon]; any: Any; many: [Any]; bools: [bool]; longs: [long]; doubles: [double];
    bytes: [ubyte]; tags: [string]; path: [Pos]; note: [ubyte] (nested_flatbuffer: "Note"); flex: [ubyte] (flexbuffer); old: int (deprecated);
  }
  root_type Root;`);
const full = fromJSON(
  schema,
  `{ "hp": 80, "on": false, "id": 9223372036854775808, "low": -9007199254740993, "ratio": 0.5, "f": 0.25, "maybe": 0, "name": "örc",
     "pos": { "x": 1.5, "cells": [1, -2] }, "weapons": [{ "name": "axe" }, {}], "any_type": "Pos", "any": { "x": 2, "cells": [3, 4] },
     "many_type": ["Text", "Weapon"], "many": ["hello", { "name": "pike" }], "bools": [true, false], "longs": [1, -9223372036854775808],
     "doubles": [0.5, 1e300], "bytes": [1, 255], "tags": ["a", "ß"], "path": [{ "x": 3, "cells": [5, 6] }], "note": { "text": "inside" },
     "flex": { "a": [1, "two"] } }`,
);
const empty = fromJSON(schema, "{}");
const at = (name: string) => read(schema, full).get(name);

describe("a table's get", () => {
  it.each([
    ["hp", 80, 100],
    ["on", false, true],
    ["id", 2n ** 63n, 2n ** 64n - 1n],
    ["low", -9007199254740993n, -5n],
    ["ratio", 0.5, Number.NaN],
    ["f", 0.25, Math.fround(0.1)],
    ["maybe", 0, null],
    ["name", "örc", undefined],
    ["pos", expect.any(Struct), undefined],
    ["weapons", expect.any(Vector), undefined],
    ["any", expect.any(Struct), undefined],
    ["any_type", 2, 0],
    ["many", expect.any(Vector), undefined],
    ["many_type", expect.any(Vector), undefined],
    ["note", expect.any(Table), undefined],
    ["flex", { a: [1, "two"] }, undefined],
  ])("%s: what is stored, or the default", (name, stored, absent) => {
    expect(read(schema, full).get(name)).toEqual(stored);
    expect(read(schema, empty).get(name)).toEqual(absent);
    const reader = fieldReader(schema, "Root", name);
    expect(reader(read(schema, full))).toEqual(stored);
    expect(reader(read(schema, empty))).toEqual(absent);
  });

  it("reads the member of a union, and says which it is", () => {
    const root = read(schema, full);
    expect([root.unionType("any"), (root.get("any") as Struct).get("x")]).toEqual(["Pos", 2]);
    expect(read(schema, empty).unionType("any")).toBe("NONE");
    expect(() => root.unionType("hp")).toThrow(expect.objectContaining({ code: "wrong-type" }));
    expect(() => root.unionType("many")).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });

  it("gives the type of a member newer than the schema, and nothing else of it", () => {
    const unions = loadSchema(readFileSync("fixtures/unions/unions.full.bfbs"));
    const root = read(unions, readFileSync("fixtures/unions/unknown-member.bin"));
    const union = root.def.fields.find(
      ({ name }) => root.has(name) && (root.get(name) as { $unknown?: number })?.$unknown !== undefined,
    )!;
    const { $unknown } = root.get(union.name) as { $unknown: number };
    expect(root.unionType(union.name)).toBe($unknown);
    expect($unknown).toBeGreaterThan(0);
  });

  it("reads inside a nested buffer", () => expect((at("note") as Table).get("text")).toBe("inside"));
});

describe("a table", () => {
  it("knows what is stored", () => {
    const [root, none] = [read(schema, full), read(schema, empty)];
    expect([root.has("hp"), root.has("any"), root.has("old"), none.has("hp")]).toEqual([true, true, false, false]);
    expect(none.fields()).toEqual([]);
    expect(root.fields().map(({ name }) => name)).toEqual(
      root.def.fields.map(({ name }) => name).filter((name) => name !== "old"),
    );
  });

  it("iterates over what is stored, in order of id", () => {
    const pairs = [...read(schema, full)];
    expect(pairs.slice(0, 3)).toEqual([
      ["hp", 80],
      ["on", false],
      ["id", 2n ** 63n],
    ]);
    expect(pairs.length).toBe(read(schema, full).fields().length);
    expect(new Map(read(schema, empty)).size).toBe(0);
  });

  it("gives the bytes of strings and vectors without copying them", () => {
    const bytes = full.slice();
    const root = read(schema, bytes);
    expect(root.bytes("name")).toEqual(new TextEncoder().encode("örc"));
    expect(root.bytes("bytes")!.buffer).toBe(bytes.buffer);
    expect(root.bytes("note")!.length).toBeGreaterThan(12);
    expect(root.bytes("hp")).toEqual(Uint8Array.of(80, 0));
    expect(read(schema, empty).bytes("name")).toBeUndefined();
    expect(() => root.bytes("weapons")).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });

  it.each(["nope", "", "then", "__proto__", "constructor"])("has no field %j that isn't in the schema", (name) => {
    const root = read(schema, full);
    for (const call of [
      () => root.get(name),
      () => root.has(name),
      () => root.set(name, 1),
      () => root.bytes(name),
      () => root.unionType(name),
    ]) {
      expect(call).toThrow(expect.objectContaining({ name: "FlatbufferError", code: "unknown-field" }));
    }
  });

  it.each([undefined, null, 5, 5n, Symbol("x"), {}])("takes %s for no name", (name) => {
    expect(() => read(schema, full).get(name as never)).toThrow(expect.objectContaining({ code: "unknown-field" }));
  });

  it("is nothing that await would wait for", async () => {
    const root = read(schema, full);
    expect("then" in root).toBe(false);
    expect(await root).toBe(root);
  });

  it("can be read as another table of the schema", () => {
    expect(
      read(schema, fromJSON(schema, '{"text": "x"}', { rootType: "Note" }), { rootType: "Note" }).get("text"),
    ).toBe("x");
  });
});

describe("a vector", () => {
  it("counts from both ends and knows where it stops", () => {
    const tags = at("tags") as Vector<string>;
    expect([
      tags.length,
      tags.at(0),
      tags.at(-1),
      tags.at(2),
      tags.at(-3),
      tags.at(Number.NaN),
      tags.at(2 ** 32),
    ]).toEqual([2, "a", "ß", undefined, undefined, undefined, undefined]);
    expect([...tags]).toEqual(["a", "ß"]);
    expect(tags.bytesAt(1)).toEqual(Uint8Array.of(0xc3, 0x9f));
    expect(tags.field.name).toBe("tags");
  });

  it.each([
    ["bytes", Uint8Array.of(1, 255)],
    ["longs", BigInt64Array.of(1n, -(2n ** 63n))],
    ["doubles", Float64Array.of(0.5, 1e300)],
    ["bools", [true, false]],
    ["tags", ["a", "ß"]],
    ["many_type", Uint8Array.of(3, 1)],
  ])("%s as an array", (name, expected) => expect((at(name) as Vector).toArray()).toEqual(expected));

  it("shares memory with the buffer exactly where numbers are aligned in memory", () => {
    for (let place = 0; place < 16; place++) {
      const memory = new Uint8Array(full.length + 16);
      memory.set(full, place);
      const array = (
        read(schema, memory.subarray(place, place + full.length)).get("doubles") as Vector<number>
      ).toArray();
      expect([...array]).toEqual([0.5, 1e300]);
      expect((array as Float64Array).buffer === memory.buffer, `at ${place}`).toBe(place % 8 === 0);
    }
  });

  it("of unions gives each member and its type", () => {
    const many = at("many") as Vector;
    expect([
      many.at(0),
      (many.at(1) as Table).get("name"),
      many.unionType(0),
      many.unionType(1),
      many.unionType(2),
    ]).toEqual(["hello", "pike", "Text", "Weapon", undefined]);
    expect(() => (at("tags") as Vector).unionType(0)).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });

  it("refuses bytes of elements that are stored elsewhere", () => {
    expect((at("path") as Vector).bytes().length).toBe(8);
    expect(() => (at("tags") as Vector).bytes()).toThrow(expect.objectContaining({ code: "wrong-type" }));
    expect(() => (at("doubles") as Vector).bytesAt(0)).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });
});

describe("a struct", () => {
  it("has the methods of a table", () => {
    const pos = at("pos") as Struct;
    expect([pos.get("x"), pos.has("x"), pos.fields().map(({ name }) => name), pos.def.name]).toEqual([
      1.5,
      true,
      ["x", "cells"],
      "Pos",
    ]);
    expect([...pos].map(([name]) => name)).toEqual(["x", "cells"]);
    expect([...(pos.get("cells") as Vector)]).toEqual([1, -2]);
    expect(pos.bytes("x").length).toBe(4);
    expect(() => pos.get("y")).toThrow(expect.objectContaining({ code: "unknown-field" }));
  });
});

describe("a field reader", () => {
  it("takes views of its own type and schema only", () => {
    const hp = fieldReader<number>(schema, "Root", "hp");
    const x = fieldReader<number>(schema, "Pos", "x");
    expect(x(at("pos") as Struct)).toBe(1.5);
    const other = read(parseSchema("table Root { hp: short; } root_type Root;"), empty);
    for (const view of [at("pos"), at("note"), at("tags"), other, {}, null, undefined, 5]) {
      expect(() => hp(view as Table)).toThrow(expect.objectContaining({ name: "FlatbufferError", code: "wrong-type" }));
    }
    for (const view of [read(schema, full), at("note"), {}, null]) {
      expect(() => x(view as Table)).toThrow(expect.objectContaining({ name: "FlatbufferError", code: "wrong-type" }));
    }
  });

  it.each([
    ["byte", -128, 127],
    ["ubyte", 0, 255],
    ["short", -32768, 32767],
    ["ushort", 0, 65535],
    ["int", -2147483648, 2147483647],
    ["uint", 0, 4294967295],
  ])("reads every %s, stored or not", (type, min, max) => {
    for (const absent of [min, max, 0, 1]) {
      const numbers = parseSchema(`table T { pad: double; n: ${type} = ${absent}; on: bool = true; } root_type T;`);
      const n = fieldReader(numbers, "T", "n");
      expect(n(read(numbers, fromJSON(numbers, "{}")))).toBe(absent);
      expect(n(read(numbers, fromJSON(numbers, "{pad: -1, on: false}")))).toBe(absent);
      for (const stored of [min, max, 0, 1]) {
        const bytes = fromJSON(numbers, `{pad: -1, n: ${stored}}`, { forceDefaults: true });
        expect(n(read(numbers, bytes))).toBe(stored);
      }
    }
  });

  it("reads through structs inline, however deep", () => {
    const nested = parseSchema(`
      struct In { a: ubyte; b: [short:2]; c: double; }
      struct Out { first: int; in: In; }
      table T { plain: int; out: Out; }
      root_type T;`);
    const bytes = fromJSON(nested, '{"out": {"first": 7, "in": {"a": 3, "b": [-1, 2], "c": 0.5}}}');
    const root = read(nested, bytes);
    for (const path of ["out.first", "out.in.a", "out.in.c"]) {
      expect(fieldReader(nested, "T", path)(root), path).toBe(getPath(root, path));
      expect(fieldReader(nested, "T", path)(read(nested, fromJSON(nested, "{}"))), path).toBe(undefined);
    }
    expect((fieldReader(nested, "T", "out.in.b")(root) as Vector).toArray()).toEqual(Int16Array.of(-1, 2));
    expect((fieldReader(nested, "T", "out.in")(root) as Struct).get("c")).toBe(0.5);
    expect(fieldReader(nested, "Out", "in.c")(root.get("out") as Struct)).toBe(0.5);
    for (const path of ["plain.x", "out.", ".out", "out.in.d", "out.in.b.x", "nope.x"]) {
      expect(() => fieldReader(nested, "T", path), path).toThrow(expect.objectContaining({ code: "unknown-field" }));
    }
  });

  it("is made for names of the schema", () => {
    expect(() => fieldReader(schema, "Rot", "hp")).toThrow(expect.objectContaining({ code: "unknown-type" }));
    expect(() => fieldReader(schema, "Root", "hpp")).toThrow(expect.objectContaining({ code: "unknown-field" }));
  });
});

describe("names that mean something to JavaScript", () => {
  const names = loadSchema(readFileSync("fixtures/names/names.full.bfbs"));
  const root = read(names, readFileSync("fixtures/names/all.bin"));

  it("are ordinary fields of a view", () => {
    expect(root.fields().length).toBeGreaterThan(25);
    for (const { name } of root.fields()) {
      expect(root.has(name)).toBe(true);
      expect(fieldReader(names, root.def.name, name)(root), name).toEqual(root.get(name));
    }
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
