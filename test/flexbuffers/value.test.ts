import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { checkFlexBuffer } from "../../src/flexbuffers/check.js";
import { valueToFlex } from "../../src/flexbuffers/from-value.js";
import { type FlexObject, type FlexToValueOptions, type FlexValue, flexToValue } from "../../src/flexbuffers/value.js";
import { View } from "../../src/wire/view.js";
import { docs, docValue, pushDoc } from "./documents.js";
import { budgetFor, bytesOf, codeOf, eventsOf } from "./events.js";

const NAMES = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "length", "then", ""];

describe("flexToValue", () => {
  it("gives back what was built, and valueToFlex takes that again", () => {
    fc.assert(
      fc.property(docs, (doc) => {
        const builder = new FlexBuilder();
        pushDoc(builder, doc);
        const bytes = builder.finish();
        checkFlexBuffer({ view: View.on(bytes), start: 0, end: bytes.length }, budgetFor(bytes.length));
        const value = read(bytes);
        deepStrictEqual(value, docValue(doc));
        deepStrictEqual(read(valueToFlex(value)), value);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("gives numbers up to 2^53, bigints beyond, -0 and NaN as they are", () => {
    const numbers = [0, -0, 1.5, Number.NaN, Infinity, -Infinity, 2 ** 53 - 1, -(2 ** 53) + 1];
    const bigints = [2n ** 53n, -(2n ** 53n), 2n ** 64n - 1n, -(2n ** 63n)];
    deepStrictEqual(read(valueToFlex([...numbers, ...bigints])), [...numbers, ...bigints]);
  });

  it("gives blobs as copies, which don't change with the buffer", () => {
    const bytes = valueToFlex(Uint8Array.of(1, 2, 3));
    const blob = read(bytes);
    bytes.fill(0);
    deepStrictEqual(blob, Uint8Array.of(1, 2, 3));
  });

  it("lets no key mean anything: objects have no prototype, and nothing else changes", () => {
    const builder = new FlexBuilder();
    builder.startMap();
    for (const name of NAMES) {
      builder.key(name);
      builder.startMap();
      builder.key("polluted");
      builder.bool(true);
      builder.endMap();
    }
    builder.endMap();
    const value = read(builder.finish()) as FlexObject;
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(Object.keys(value).sort()).toEqual([...NAMES].sort());
    for (const name of NAMES) expect((value[name] as FlexObject)["polluted"]).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("lets the last of equal keys hold", () => {
    expect(read(bytesOf("6100 02 0304 | 020102 0102 0404 | 04 24 01"))).toEqual(
      Object.assign(Object.create(null), { a: 2 }),
    );
  });

  it("refuses bytes that are no UTF-8, or puts U+FFFD in their place", () => {
    const bytes = bytesOf("02 61ff 00 | 03 14 01");
    expect(codeOf(() => read(bytes))).toBe("invalid-utf8");
    expect(read(bytes, { invalidUtf8: "replace" })).toBe("a\ufffd");
    const key = bytesOf("ff00 0103 | 010101 01 04 | 02 24 01");
    expect(codeOf(() => read(key))).toBe("invalid-utf8");
    expect(Object.keys(read(key, { invalidUtf8: "replace" }) as object)).toEqual(["\ufffd"]);
  });

  it("names the place of damage, by its way through vectors and maps", () => {
    const bytes = valueToFlex({ a: [1, { "b c": "text" }] });
    const at = Buffer.from(bytes).indexOf("text") - 1;
    bytes[at] = 200;
    const place = { code: "flexbuffer-invalid", path: 'root.x.a[1]["b c"]', offset: at + 1 };
    expect(() => read(bytes, { path: "root.x" })).toThrow(expect.objectContaining(place));
  });

  it("says that memory is gone rather than that data is bad", () => {
    const bytes = valueToFlex([1, 2]);
    const view = View.on(bytes);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(codeOf(() => flexToValue(view, 0, view.byteLength))).toBe("buffer-detached");
  });

  it("keeps to limits of its own and to a budget from outside", () => {
    const bytes = valueToFlex([[1], [2], "abc"]);
    expect(codeOf(() => read(bytes, { limits: { maxDepth: 1 } }))).toBe("depth-limit");
    expect(codeOf(() => read(bytes, { limits: { maxVisits: 5 } }))).toBe("visit-limit");
    expect(codeOf(() => read(bytes, { limits: { maxVisits: 6 } }))).toBe("ok");
    expect(codeOf(() => read(bytes, { limits: { maxApparentBytes: 8 } }))).toBe("apparent-size-limit");
    const budget = budgetFor(0, { maxVisits: 8 });
    expect(codeOf(() => read(bytes, { budget }))).toBe("ok");
    expect(budget.visitsLeft).toBe(2);
    expect(codeOf(() => read(bytes, { budget }))).toBe("visit-limit");
  });
});

describe("valueToFlex", () => {
  const rows: [what: string, value: unknown, events: string][] = [
    ["nothing as null", undefined, "null"],
    [
      "holes and undefined in arrays as null",
      Object.assign([undefined], { length: 3 }),
      "[3 #0 null #1 null #2 null ]3",
    ],
    ["undefined in objects as no entry", { a: undefined, b: 1 }, "{1 .0 b 1 }1"],
    [
      "integers as ints, others as floats",
      [1, 1.5, -0, 2 ** 53],
      `[4 #0 1 #1 float 1.5 #2 float -0 #3 float ${2 ** 53} ]4`,
    ],
    ["bigints", [5n, 2n ** 64n - 1n], "[2 #0 5 #1 18446744073709551615n ]2"],
    [
      "maps with keys sorted by their bytes",
      { b: 1, a: 2, é: 3, Z: 4, 10: 5, 9: 6 },
      "{6 .0 10 5 .1 9 6 .2 Z 4 .3 a 2 .4 b 1 .5 Ã© 3 }6",
    ],
    ["a Map", new Map<string, unknown>([["k", true]]), "{1 .0 k true }1"],
    ["an object without prototype", Object.assign(Object.create(null), { k: "v" }), "{1 .0 k string v }1"],
    ["an own __proto__", JSON.parse('{"__proto__":1}'), "{1 .0 __proto__ 1 }1"],
    ["a Uint8Array", Uint8Array.of(65, 66), "blob AB"],
    ["a window of a buffer", new Uint8Array(Uint8Array.of(1, 65, 66, 2).buffer, 1, 2), "blob AB"],
    ["an ArrayBuffer", Uint8Array.of(65).buffer, "blob A"],
    ["a DataView", new DataView(Uint8Array.of(1, 65).buffer, 1), "blob A"],
    ["an Int8Array", Int8Array.of(-1, 2), "[2 #0 -1 #1 2 ]2"],
    ["a Uint16Array", Uint16Array.of(1, 65535), "[2 #0 1 #1 65535 ]2"],
    ["a Float32Array", Float32Array.of(1.5), "[1 #0 float 1.5 ]1"],
    ["a BigUint64Array", BigUint64Array.of(2n ** 64n - 1n), "[1 #0 18446744073709551615n ]1"],
    ["an empty typed array", new Float64Array(0), "[0 ]0"],
  ];
  it.each(rows)("takes %s", (_what, value, events) => {
    expect(eventsOf(valueToFlex(value)).join(" ")).toBe(events);
  });

  const circle: unknown[] = [];
  circle.push(circle);
  const refused: [what: string, value: unknown, code: string, path: string][] = [
    ["a function", { f: () => 1 }, "wrong-type", "root.f"],
    ["a symbol", [0, Symbol("s")], "wrong-type", "root[1]"],
    ["a Date", { at: new Date(0) }, "wrong-type", "root.at"],
    ["a Set", new Set([1]), "wrong-type", "root"],
    ["a Map with a number for a key", [new Map([[1, 1]])], "wrong-type", "root[0]"],
    ["2^64", { big: [2n ** 64n] }, "number-out-of-range", "root.big[0]"],
    ["a lone surrogate", { s: ["\ud800"] }, "invalid-utf8", "root.s[0]"],
    ["a key with a NUL", { "a\0": 1 }, "invalid-value", 'root["a\\u0000"]'],
    ["a symbol under an empty key", { m: { "": Symbol.iterator } }, "wrong-type", 'root.m[""]'],
    ["a circle", circle, "depth-limit", `root${"[0]".repeat(64)}`],
  ];
  it.each(refused)("refuses %s and names the place", (_what, value, code, path) => {
    expect(() => valueToFlex(value)).toThrow(expect.objectContaining({ code, path }));
  });

  it("takes the path of what is around, and its own limit of depth", () => {
    expect(() => valueToFlex([[1]], { path: "root.x", limits: { maxDepth: 1 } })).toThrow(
      expect.objectContaining({ code: "depth-limit", path: "root.x[0]", limit: 1 }),
    );
    expect(codeOf(() => valueToFlex([[1]], { limits: { maxDepth: 2 } }))).toBe("ok");
  });
});

function read(bytes: Uint8Array, options?: FlexToValueOptions): FlexValue {
  return flexToValue(View.on(bytes), 0, bytes.length, options);
}
