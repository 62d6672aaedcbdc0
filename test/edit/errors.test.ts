import { describe, expect, it } from "vitest";
import {
  type EditChange,
  type EditOptions,
  edit,
  fromJSON,
  isFlatbufferError,
  parseSchema,
  toObject,
  verify,
} from "../../src/index.js";
import { honest, hostile } from "../support/fb.js";
import { picker } from "./fixtures.js";

const schema = parseSchema(`
  struct P { x: int; y: int; }
  struct Q { p: P; tags: [ubyte:2]; }
  table W { name: string (required); n: int; }
  union U { W, P }
  table T { must: string (required); n: int; b: byte; e: [ubyte]; p: P; q: Q; w: W; ws: [W]; ps: [P]; u: U; us: [U];
    names: [string]; nested: [ubyte] (nested_flatbuffer: "W"); flex: [ubyte] (flexbuffer); t: T; }
  root_type T;`);
const START = `{"must":"m","p":{"x":1,"y":2},"q":{"p":{"x":0,"y":0},"tags":[1,2]},"e":[1,2],"ws":[{"name":"a"}],"u_type":"P",
  "u":{"x":1,"y":1},"us_type":["P"],"us":[{"x":1,"y":1}],"names":["a"],"nested":{"name":"n"},"flex":{"a":[1]},"ps":[{"x":1,"y":1}]}`;
const bytes = fromJSON(schema, START);

function errorOf(work: () => unknown): { code: string; path: string | undefined; message: string } {
  try {
    work();
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return { code: error.code, path: error.path, message: error.message };
  }
  throw new Error("nothing thrown");
}

describe("a change that can't be made is refused with its place", () => {
  const long: unknown[] = [];
  long.push(long);
  const cases: [code: string, path: string | undefined, change: EditChange | EditChange[]][] = [
    ["invalid-path", "n..b", { path: "n..b", set: 1 }],
    ["invalid-path", "root.ws[1]", { path: "ws[1].n", set: 1 }],
    ["invalid-path", "root.ws[-2]", { path: "ws[-2]", delete: true }],
    ["invalid-path", "root.ws[2]", { path: "ws[2]", insert: { name: "x" } }],
    ["invalid-path", "root.ws.n", { path: "ws.n", set: 1 }],
    ["invalid-path", "root[0]", { path: [0], set: 1 }],
    ["invalid-path", "root.p[0]", { path: "p[0]", set: 1 }],
    ["invalid-path", "root.n", { path: "n.x", set: 1 }],
    ["invalid-path", "root.must", { path: "must[0]", set: "x" }],
    ["invalid-path", "root.names[0]", { path: "names[0][0]", set: "x" }],
    ["invalid-path", "root.e[0]", { path: "e[0].x", set: 1 }],
    ["invalid-path", "root.p.x", { path: "p.x.y", set: 1 }],
    ["invalid-path", "root.t", { path: "t.n", set: 1 }],
    ["invalid-path", "root.p.x", { path: "p.x", delete: true }],
    ["invalid-path", "root.q.tags[0]", { path: "q.tags[0]", delete: true }],
    ["invalid-path", "root.q.tags", { path: "q.tags", append: 1 }],
    ["invalid-path", "root.w", { path: "w", append: 1 }],
    ["invalid-path", "root.p", { path: "p", append: 1 }],
    ["invalid-path", "root.us_type[0]", { path: "us_type[0]", delete: true }],
    ["invalid-path", "root.us_type", { path: "us_type", append: "P" }],
    ["invalid-path", "root.u_type", { path: "u_type.x", set: 1 }],
    ["invalid-path", "root", { path: "", delete: true }],
    ["invalid-path", "root.n", { path: "n", set: 1, type: "P" }],
    ["invalid-path", "root.flex.a[1]", { path: "flex.a[1]", set: 1 }],
    ["invalid-path", "root.flex.a[0]", { path: "flex.a[0].x", set: 1 }],
    ["unknown-field", "root.zz", { path: "zz", set: 1 }],
    ["unknown-field", "root.__proto__", { path: "__proto__.x", set: 1 }],
    ["unknown-field", "root.p.constructor", { path: "p.constructor", set: 1 }],
    ["unknown-field", "root.w.zz", { path: "w", set: { name: "x", zz: 1 } }],
    ["missing-required", "root.must", { path: "must", delete: true }],
    ["missing-required", "root.w.name", { path: "w.n", set: 1, create: true }],
    ["missing-required", "root.must", { path: "", set: {} }],
    ["missing-required", "root.p.y", { path: "p", set: { x: 1 } }],
    ["wrong-type", "root.must", { path: "must", set: 1 }],
    ["wrong-type", "root.n", { path: "n", set: null }],
    ["wrong-type", "root.ws[0]", { path: "ws[0]", set: null }],
    ["wrong-type", "root.p.x", { path: "p.x", set: "one" }],
    ["wrong-type", "root.names", { path: "names", set: "x" }],
    ["invalid-value", "root.n", { path: "n", set: 1.5 }],
    ["number-out-of-range", "root.b", { path: "b", set: 128 }],
    ["number-out-of-range", "root.e[2]", { path: "e", append: 256 }],
    ["wrong-length", "root.q.tags", { path: "q.tags", set: [1] }],
    ["wrong-length", "root.us", { path: "us", set: [] }],
    ["invalid-utf8", "root.must", { path: "must", set: "\ud800" }],
    ["union-type-missing", "root.us[1]", { path: "us", append: {} }],
    ["unknown-enum-value", "root.u", { path: "u", set: {}, type: "Zz" }],
    ["unknown-union-type", "root.u", { path: "u", set: {}, type: 9 }],
    ["union-types-without-values", "root.u", { path: "u_type", set: "W" }],
    ["union-types-without-values", "root.us[0]", { path: "us_type[0]", set: "W" }],
    ["depth-limit", undefined, { path: "flex", set: long }],
    ["invalid-argument", undefined, { path: "n", set: undefined }],
    ["invalid-argument", undefined, { path: "n", set: 1, delete: true } as unknown as EditChange],
    ["invalid-argument", undefined, { path: "n" } as unknown as EditChange],
    ["invalid-argument", undefined, null as unknown as EditChange],
    ["invalid-argument", undefined, { path: "n", delete: false } as unknown as EditChange],
    ["invalid-path", undefined, { path: 5, set: 1 } as unknown as EditChange],
  ];

  it.each(cases)("%s at %s: %j", (code, path, change) => {
    const before = bytes.slice();
    const error = errorOf(() => edit(schema, bytes, change));
    expect(error).toMatchObject(path === undefined ? { code } : { code, path });
    expect(bytes).toEqual(before);
  });

  it("says which change it was", () => {
    const changes = [
      { path: "n", set: 1 },
      { path: "zz", set: 1 },
    ];
    expect(errorOf(() => edit(schema, bytes, changes)).message).toMatch(/^changes\[1\] \(set\): root\.zz: /);
  });

  const options: [code: string, options: unknown][] = [
    ["invalid-option", { unknownFields: "ignore" }],
    ["invalid-option", { onDropped: 5 }],
    ["invalid-option", { forceDefaults: 1 }],
    ["invalid-option", { limits: { maxDepth: 0 } }],
    ["unknown-root-type", { rootType: "Zz" }],
    ["output-limit", { limits: { maxOutputBytes: 100 } }],
    ["depth-limit", { limits: { maxDepth: 1 } }],
  ];
  it.each(options)("%s for %j", (code, given) => {
    expect(errorOf(() => edit(schema, bytes, [], given as EditOptions)).code).toBe(code);
  });

  it("holds what changes give to the limits, too", () => {
    let deep: object = { must: "x" };
    for (let level = 0; level < 63; level++) deep = { must: "x", t: deep };
    expect(errorOf(() => edit(schema, bytes, { path: "t", set: deep })).code).toBe("depth-limit");
    const limits = { maxDepth: 65 };
    expect(verify(schema, edit(schema, bytes, { path: "t", set: deep }, { limits }), { limits })).toMatchObject({
      ok: true,
    });
    const large = { path: "must", set: "x".repeat(1000) };
    expect(errorOf(() => edit(schema, bytes, large, { limits: { maxOutputBytes: 1000 } })).code).toBe("output-limit");
  });
});

describe("names mean nothing to the language", () => {
  it("fields and keys such as __proto__ are set like any other", () => {
    const odd = parseSchema("table T { __proto__: int; constructor: T; f: [ubyte] (flexbuffer); } root_type T;");
    const changed = edit(odd, fromJSON(odd, '{"f":{"__proto__":{"a":1}}}'), [
      { path: "__proto__", set: 5 },
      { path: "constructor.__proto__", set: 6, create: true },
      { path: "f.__proto__.polluted", set: true },
      { path: "f.constructor", set: JSON.parse('{"__proto__": 1}') },
    ]);
    const text = JSON.stringify(toObject(odd, changed, { defaults: false }));
    expect(JSON.parse(text)).toEqual(
      JSON.parse(
        '{"__proto__":5,"constructor":{"__proto__":6},"f":{"__proto__":{"a":1,"polluted":true},"constructor":{"__proto__":1}}}',
      ),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("whatever byte is wrong", () => {
  const changes: EditChange[] = [
    { path: "text", set: "a text of another length" },
    { path: "names[0]", set: "x" },
    { path: "anys[1]", delete: true },
    { path: "nested.number", set: 5 },
    { path: "flex.a", append: 7 },
    { path: "points", append: { x: 1, y: 2 } },
    { path: "must.names", append: "n" },
    { path: "entries[0].word", set: "w" },
    { path: "flags.colors[1]", set: "Red" },
  ];

  it("edit gives a verified buffer or a FlatbufferError; unverified bytes as well, within the limits", () => {
    const pick = picker(7);
    let good = 0;
    for (let at = 0; at < honest.length; at += 3) {
      const bad = honest.slice();
      bad[at] = [0, 0xff, bad[at]! ^ (1 << pick(8)), pick(256)][pick(4)]!;
      for (const options of [{}, { trusted: true }, { profile: "native", unknownFields: "drop" }] as const) {
        const given = { ...options, limits: { maxOutputBytes: 1 << 20 } };
        for (const some of [changes, [], changes.slice(pick(9))]) {
          try {
            const result = edit(hostile, bad, some, given);
            good++;
            if (options !== undefined && !("trusted" in options)) {
              expect(verify(hostile, result, given)).toMatchObject({ ok: true });
            }
          } catch (error) {
            if (!isFlatbufferError(error)) throw error;
          }
        }
      }
    }
    expect(good).toBeGreaterThan(honest.length / 3);
  });

  it("a buffer cut anywhere is refused; unverified it gives a FlatbufferError, if anything was there", () => {
    for (let length = 0; length < honest.length; length += 3) {
      const cut = honest.subarray(0, length);
      const options = { limits: { maxOutputBytes: 1 << 20 } };
      expect(() => edit(hostile, cut, changes, options)).toThrow(expect.objectContaining({ name: "FlatbufferError" }));
      try {
        edit(hostile, cut, changes, { ...options, trusted: true });
      } catch (error) {
        if (!isFlatbufferError(error)) throw error;
      }
    }
  });
});
