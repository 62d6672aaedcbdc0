import { describe, expect, it } from "vitest";
import { type EditChange, edit, fromJSON, fromObject, parseSchema, toJSON, toObject, verify } from "../../src/index.js";
import { fixtureBytes } from "../support/fixtures.js";

const schema = parseSchema(`
  namespace n;
  enum E : byte { A, B, C }
  struct P { x: float; y: float; }
  struct Box { low: P; high: P; tags: [ubyte:3]; corners: [P:2]; }
  table W { name: string; damage: short = 1; }
  table R { must: string (required); other: int; }
  table N { deep: string; list: [int]; }
  union U { W, P, text: string, R }
  table T {
    name: string; hp: int = 100; mode: E = B; maybe: int = null; big: ulong; real: double; pos: P; box: Box;
    bytes: [ubyte]; ints: [int]; names: [string]; ws: [W]; ps: [P]; modes: [E];
    w: W; r: R; u: U; us: [U]; nested: [ubyte] (nested_flatbuffer: "N"); flex: [ubyte] (flexbuffer); t: T;
  }
  root_type T; file_identifier "EDIT";`);
const shown = { defaults: false } as const;

/** The JSON of a buffer made from a JSON text and changed. */
function edited(text: string, changes: EditChange | readonly EditChange[]): string {
  const bytes = edit(schema, fromJSON(schema, text), changes);
  expect(verify(schema, bytes)).toMatchObject({ ok: true, notes: [] });
  return toJSON(schema, bytes);
}

describe("edit takes a path and", () => {
  const cases: [what: string, before: string, changes: EditChange | EditChange[], after: string][] = [
    ["sets what is absent", "{}", { path: "name", set: "x" }, '{"name":"x"}'],
    ["sets by parts", '{"w":{}}', { path: ["w", "damage"], set: 7 }, '{"w":{"damage":7}}'],
    ["stores a scalar that it names, even the default", "{}", { path: "hp", set: 100 }, '{"hp":100}'],
    ["sets an enum by name", "{}", { path: "mode", set: "C" }, '{"mode":"C"}'],
    ["sets 64 bits exactly", "{}", { path: "big", set: 2n ** 64n - 1n }, '{"big":18446744073709551615}'],
    ["takes a bigint for a float", "{}", { path: "real", set: 2n ** 60n }, '{"real":1152921504606847000}'],
    ["takes an optional scalar away by null", '{"maybe":1}', { path: "maybe", set: null }, "{}"],
    ["takes a table away by null", '{"w":{}}', { path: "w", set: null }, "{}"],
    ["deletes", '{"hp":5,"name":"x"}', { path: "hp", delete: true }, '{"name":"x"}'],
    ["deletes what isn't there without a word", "{}", { path: "t.w.name", delete: true }, "{}"],
    ["counts from the end", '{"ints":[1,2,3]}', { path: "ints[-1]", set: 9 }, '{"ints":[1,2,9]}'],
    ["inserts before an element", '{"ints":[1,2]}', { path: "ints[1]", insert: 9 }, '{"ints":[1,9,2]}'],
    ["inserts at the end", '{"ints":[1]}', { path: "ints[1]", insert: 9 }, '{"ints":[1,9]}'],
    ["appends to what is absent", "{}", { path: "names", append: "x" }, '{"names":["x"]}'],
    ["inserts into what is absent", "{}", { path: "ws[0]", insert: { name: "x" } }, '{"ws":[{"name":"x"}]}'],
    ["leaves an empty vector behind", '{"ints":[1]}', { path: "ints[0]", delete: true }, '{"ints":[]}'],
    [
      "sets members of structs in structs",
      '{"box":{"low":{"x":1,"y":2},"high":{"x":3,"y":4},"tags":[1,2,3],"corners":[{"x":5,"y":6},{"x":7,"y":8}]}}',
      [
        { path: "box.high.y", set: -1 },
        { path: "box.tags[-1]", set: 9 },
        { path: "box.corners[1]", set: { x: 0, y: 0 } },
        { path: "box.corners[0].x", set: 50 },
      ],
      '{"box":{"low":{"x":1,"y":2},"high":{"x":3,"y":-1},"tags":[1,2,9],"corners":[{"x":50,"y":6},{"x":0,"y":0}]}}',
    ],
    ["sets a struct of a vector", '{"ps":[{"x":1,"y":2}]}', { path: "ps[0].y", set: 3 }, '{"ps":[{"x":1,"y":3}]}'],
    ["creates what is on the way", "{}", { path: "t.w.name", set: "x", create: true }, '{"t":{"w":{"name":"x"}}}'],
    ["creates a struct of zeros", "{}", { path: "pos.y", set: 2, create: true }, '{"pos":{"x":0,"y":2}}'],
    ["creates a nested buffer", "{}", { path: "nested.deep", set: "x", create: true }, '{"nested":{"deep":"x"}}'],
    [
      "goes on with what changes before it gave",
      '{"name":"x"}',
      [
        { path: "w", set: { name: "a", damage: 3 } },
        { path: "w.name", set: "b" },
        { path: "ws", set: [{ name: "c" }, {}] },
        { path: "ws[1].name", set: "d" },
        { path: "ints", set: [1, 2] },
        { path: "ints[0]", delete: true },
        { path: "pos", set: { x: 1, y: 1 } },
        { path: "pos.x", set: 4 },
        { path: "name", delete: true },
      ],
      '{"pos":{"x":4,"y":1},"ints":[2],"ws":[{"name":"c"},{"name":"d"}],"w":{"name":"b","damage":3}}',
    ],
    ["replaces the root", '{"hp":5}', { path: "", set: { name: "x" } }, '{"name":"x"}'],
    [
      "changes the root that it set",
      '{"hp":5}',
      [
        { path: [], set: { name: "x" } },
        { path: "hp", set: 6 },
      ],
      '{"name":"x","hp":6}',
    ],
    [
      "goes into nested buffers",
      '{"nested":{"deep":"x","list":[1]}}',
      { path: "nested.list", append: 2 },
      '{"nested":{"deep":"x","list":[1,2]}}',
    ],
    [
      "goes into FlexBuffers",
      '{"flex":{"a":[1,2.5],"b":"x"}}',
      [
        { path: "flex.a", append: 3n ** 30n },
        { path: "flex.c", set: { d: null } },
        { path: "flex.b", delete: true },
        { path: "flex.a[0]", insert: "first" },
      ],
      '{"flex":{"a":["first",1,2.5,205891132094649],"c":{"d":null}}}',
    ],
  ];

  it.each(cases)("%s", (_, before, changes, after) => {
    expect(edited(before, changes)).toBe(after);
  });
});

describe("unions and their types change together", () => {
  const armed = '{"u_type":"W","u":{"name":"axe","damage":3}}';
  const many = '{"us_type":["W","text"],"us":[{"name":"axe"},"x"]}';
  const cases: [what: string, before: string, changes: EditChange | EditChange[], after: string][] = [
    ["set with its type", "{}", { path: "u", set: "x", type: "text" }, '{"u_type":"text","u":"x"}'],
    ["set by the type's number", "{}", { path: "u", set: { x: 1, y: 2 }, type: 2 }, '{"u_type":"P","u":{"x":1,"y":2}}'],
    ["set, of the type that is there", armed, { path: "u", set: { name: "b" } }, '{"u_type":"W","u":{"name":"b"}}'],
    ["changed inside", armed, { path: "u.damage", set: 4 }, '{"u_type":"W","u":{"name":"axe","damage":4}}'],
    ["deleted by its value", armed, { path: "u", delete: true }, "{}"],
    ["deleted by its type", armed, { path: "u_type", delete: true }, "{}"],
    [
      "set as a pair, type first",
      armed,
      [
        { path: "u_type", set: "text" },
        { path: "u", set: "x" },
      ],
      '{"u_type":"text","u":"x"}',
    ],
    [
      "set as a pair, value first",
      armed,
      [
        { path: "u", set: "x" },
        { path: "u_type", set: "text" },
      ],
      '{"u_type":"text","u":"x"}',
    ],
    ["set to the type that it has", armed, { path: "u_type", set: "W" }, armed],
    ["emptied by the type NONE", armed, { path: "u_type", set: "NONE" }, '{"u_type":"NONE"}'],
    [
      "in a vector: appended",
      many,
      { path: "us", append: { x: 1, y: 2 }, type: "P" },
      '{"us_type":["W","text","P"],"us":[{"name":"axe"},"x",{"x":1,"y":2}]}',
    ],
    [
      "in a vector: inserted and deleted",
      many,
      [
        { path: "us[0]", insert: "y", type: "text" },
        { path: "us[1]", delete: true },
      ],
      '{"us_type":["text","text"],"us":["y","x"]}',
    ],
    [
      "in a vector: set, of the type that is there or another",
      many,
      [
        { path: "us[0].damage", set: 9 },
        { path: "us[1]", set: "z" },
        { path: "us[-1]", set: { name: "b" }, type: "W" },
      ],
      '{"us_type":["W","W"],"us":[{"name":"axe","damage":9},{"name":"b"}]}',
    ],
    [
      "a whole vector of them",
      many,
      { path: "us", set: ["a", { x: 0, y: 0 }], type: ["text", "P"] },
      '{"us_type":["text","P"],"us":["a",{"x":0,"y":0}]}',
    ],
    [
      "a whole vector, of the types that are there",
      many,
      { path: "us", set: [{}, "b"] },
      '{"us_type":["W","text"],"us":[{},"b"]}',
    ],
    [
      "a whole vector as a pair",
      many,
      [
        { path: "us_type", set: ["text"] },
        { path: "us", set: ["b"] },
        { path: "us[0]", insert: "a", type: "text" },
      ],
      '{"us_type":["text","text"],"us":["a","b"]}',
    ],
    [
      "one type of a vector, then its value",
      many,
      [
        { path: "us_type[0]", set: "text" },
        { path: "us[0]", set: "y" },
      ],
      '{"us_type":["text","text"],"us":["y","x"]}',
    ],
  ];

  it.each(cases)("%s", (_, before, changes, after) => {
    expect(edited(before, changes)).toBe(after);
  });
});

describe("what no change names", () => {
  it("keeps defaults that are stored, file identifier and size prefix", () => {
    const bytes = fromJSON(schema, '{"hp":100,"mode":"B"}', { forceDefaults: true, sizePrefixed: true });
    const copy = edit(schema, bytes, { path: "name", set: "x" }, { sizePrefixed: true });
    expect(toJSON(schema, copy, { sizePrefixed: true })).toBe('{"name":"x","hp":100,"mode":"B"}');
    expect(new TextDecoder().decode(copy.subarray(8, 12))).toBe("EDIT");
    expect(new DataView(copy.buffer).getUint32(0, true)).toBe(copy.length - 4);
  });

  it("keeps an identifier that is not the schema's, inside nested buffers too", () => {
    const bytes = fromJSON(schema, "{}");
    bytes.set(new TextEncoder().encode("OTHR"), 4);
    const copy = edit(schema, bytes, { path: "hp", set: 1 }, { identifier: "ignore" });
    expect(new TextDecoder().decode(copy.subarray(4, 8))).toBe("OTHR");
    const none = edit(schema, fromJSON(schema, "{}", { identifier: false }), [], { identifier: "ignore" });
    expect(none).toEqual(fromJSON(schema, "{}", { identifier: false }));
  });

  it("keeps every bit of a NaN", () => {
    const bytes = fromJSON(schema, '{"real":1.5}');
    const at = new DataView(bytes.buffer);
    let place = 0;
    while (at.getFloat64(place, true) !== 1.5) place += 4;
    at.setBigUint64(place, 0x7ff4_dead_beef_0001n, true);
    const copy = edit(schema, bytes, { path: "name", set: "x" });
    const words = Array.from({ length: copy.length / 4 - 1 }, (_, i) =>
      new DataView(copy.buffer).getBigUint64(i * 4, true),
    );
    expect(words).toContain(0x7ff4_dead_beef_0001n);
  });

  it("keeps a type that stands without its value", () => {
    const unions = parseSchema("table A{} union U{A} table T{u:U; us:[U]; n:int;} root_type T;");
    const bytes = fromObject(unions, { u_type: "A" });
    const copy = edit(unions, bytes, { path: "n", set: 1 });
    expect(toObject(unions, copy, shown)).toEqual({ u_type: "A", n: 1 });
  });

  it("keeps a vector with a key in its order: sorted again if it was, else as it was", () => {
    const keyed = parseSchema("table K{k:int(key);v:int;} struct S{k:int(key);} table T{ks:[K];ss:[S];} root_type T;");
    const unkeyed = parseSchema("table K{k:int;v:int;} struct S{k:int;} table T{ks:[K];ss:[S];} root_type T;");
    const value = { ks: [{ k: 3 }, { k: 1 }, { k: 2 }], ss: [{ k: 3 }, { k: 1 }] };
    const changes: EditChange[] = [
      { path: "ks[-1].v", set: 5 },
      { path: "ss", append: { k: 0 } },
    ];
    expect(toJSON(keyed, edit(keyed, fromObject(unkeyed, value), changes))).toBe(
      '{"ks":[{"k":3},{"k":1},{"k":2,"v":5}],"ss":[{"k":3},{"k":1},{"k":0}]}',
    );
    expect(toJSON(keyed, edit(keyed, fromObject(keyed, value), changes))).toBe(
      '{"ks":[{"k":1},{"k":2},{"k":3,"v":5}],"ss":[{"k":0},{"k":1},{"k":3}]}',
    );
  });

  it("keeps 64-bit fields at the end of the buffer, behind everything with a 32-bit offset", () => {
    const wide = parseSchema(
      "table L { far: string (offset64); near: string; } table T { a: string; b: [ubyte] (vector64); c: L; d: [L]; e: [int] (offset64); } root_type T;",
    );
    const value = {
      a: "near one",
      b: [1, 2, 3],
      c: { far: "far one", near: "near two" },
      d: [{ far: "far two" }],
      e: [5],
    };
    const bytes = fromObject(wide, value);
    const copy = edit(wide, bytes, [
      { path: "a", set: "near three, which is longer" },
      { path: "e", append: 6 },
      { path: "d[0].near", set: "near four" },
    ]);
    const text = new TextDecoder("latin1").decode(copy);
    const nears = ["near three", "near two", "near four"].map((word) => text.indexOf(word));
    const fars = ["far one", "far two", "\x01\x02\x03", "\x05\0\0\0\x06\0\0\0"].map((word) => text.indexOf(word));
    expect(Math.min(...nears)).toBeGreaterThan(0);
    expect(Math.min(...fars)).toBeGreaterThan(Math.max(...nears));
  });

  it("is the memory that was given, too", () => {
    const bytes = fixtureBytes("monster/monster.bin");
    const before = bytes.slice();
    edit(parseSchema("table T{} root_type T;"), bytes, [], { unknownFields: "drop", trusted: true });
    expect(bytes).toEqual(before);
  });
});

describe("string changes that corrupt buffers when they are made in place", () => {
  // A string that shrinks by 8 bytes and more takes the bytes in front of it along in the native library.
  const start = '{"name":"a long name of many characters","ints":[1,2,3],"names":["one string","another string"]}';
  for (const length of [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 1000]) {
    it(`a name of ${length} bytes`, () => {
      const name = "x".repeat(length);
      const value = { name, ints: [1, 2, 3], names: ["one string", "another string"] };
      expect(JSON.parse(edited(start, { path: "name", set: name }))).toEqual(value);
      const names = ["one string", name];
      expect(JSON.parse(edited(start, { path: "names[1]", set: name }))).toMatchObject({ ints: [1, 2, 3], names });
    });
  }
});
