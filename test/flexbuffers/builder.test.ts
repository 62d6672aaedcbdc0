import { describe, expect, it } from "vitest";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { codeOf, eventsOf, hexOf } from "./events.js";

type Push = (builder: FlexBuilder) => void;

/** What flatc 25.12.19 writes for the JSON in front. */
const golden: [json: string, hex: string, push: Push][] = [
  ["[]", "00002801", vector()],
  ["{}", "00000100002401", map({})],
  ["1", "010401", int(1)],
  ["-1", "ff0401", int(-1)],
  ["128", "80000502", int(128)],
  ["300", "2c010502", int(300)],
  ["1.5", "0000c03f0e04", float(1.5)],
  ["0.1", "9a9999999999b93f0f08", float(0.1)],
  ['"a"', "016100021401", text("a")],
  ['""', "0000011401", text("")],
  ["true", "016801", (builder) => builder.bool(true)],
  ["[null]", "010000022801", vector((builder) => builder.null())],
  ["[1,2,3]", "03010203040404062801", vector(int(1), int(2), int(3))],
  [
    '{"a":[1,2,3],"b":"x"}',
    "6100030102030404046200017800020f0702010211092814042401",
    map({ a: vector(int(1), int(2), int(3)), b: text("x") }),
  ],
  ['{"b":1,"a":2}', "6200610002030602010202010404042401", map({ b: int(1), a: int(2) })],
  [
    '[{"a":1},{"a":2}]',
    "610001030101010104010a0101010204020a042424042801",
    vector(map({ a: int(1) }), map({ a: int(2) })),
  ],
  ['[["x"],["x"]]', "0178000103140106140206042828042801", vector(vector(text("x")), vector(text("x")))],
  ['{"b c":1,"a":"é"}', "62206300610002c3a90002070c02010209011404042401", map({ "b c": int(1), a: text("é") })],
  ["[300,1]", "02002c0101000505062901", vector(int(300), int(1))],
  ["[1.5,1]", "020000000000c03f010000000e060a2a01", vector(float(1.5), int(1))],
  [
    "[-9223372036854775808,9223372036854775807]",
    "02000000000000000000000000000080ffffffffffffff7f0707122b01",
    vector(int(-(2n ** 63n)), int(2n ** 63n - 1n)),
  ],
];

const out: [what: string, code: string, push: Push][] = [
  ["a number that is no integer", "number-out-of-range", int(1.5)],
  ["a number beyond 2^53", "number-out-of-range", int(2 ** 53)],
  ["NaN as an integer", "number-out-of-range", int(Number.NaN)],
  ["2^64", "number-out-of-range", int(2n ** 64n)],
  ["less than -2^63", "number-out-of-range", int(-(2n ** 63n) - 1n)],
  ["a negative unsigned", "number-out-of-range", (builder) => builder.uint(-1)],
  ["2^64 unsigned", "number-out-of-range", (builder) => builder.uint(2n ** 64n)],
  ["2^63 signed out of line", "number-out-of-range", (builder) => builder.indirectInt(2n ** 63n)],
  ["a key twice", "duplicate-field", pairs(["a", int(1)], ["b", int(1)], ["a", int(2)])],
  ["a key with a NUL", "invalid-value", pairs(["a\0b", int(1)])],
  ["a key of bytes with a NUL", "invalid-value", (builder) => builder.keyValue(Uint8Array.of(97, 0))],
  ["a lone surrogate", "invalid-utf8", text("\ud800")],
  ["a lone surrogate in a key", "invalid-utf8", pairs(["\udc00", int(1)])],
  ["no value", "invalid-argument", () => {}],
  ["two values", "invalid-argument", sequence(int(1), int(2))],
  ["a second root vector", "invalid-argument", sequence(int(1), vector())],
  ["a vector without an end", "invalid-argument", (builder) => builder.startVector()],
  ["an end without a vector", "invalid-argument", (builder) => builder.endVector()],
  ["an end without a map", "invalid-argument", (builder) => builder.endMap()],
  ["a map ended as a vector", "invalid-argument", (builder) => [builder.startMap(), builder.endVector()]],
  ["a vector ended as a map", "invalid-argument", (builder) => [builder.startVector(), builder.endMap()]],
  ["a key outside a map", "invalid-argument", (builder) => builder.key("a")],
  ["a key in a vector", "invalid-argument", vector((builder) => builder.key("a"))],
  ["two keys", "invalid-argument", (builder) => [builder.startMap(), builder.key("a"), builder.key("b")]],
  ["a value without a key", "invalid-argument", (builder) => [builder.startMap(), builder.int(1)]],
  ["a map without a key in a map", "invalid-argument", (builder) => [builder.startMap(), builder.startMap()]],
  ["a key without a value", "invalid-argument", (builder) => [builder.startMap(), builder.key("a"), builder.endMap()]],
  ["a typed vector of two types", "invalid-argument", typed("typed", int(1), float(1))],
  ["a typed vector of strings", "invalid-argument", typed("typed", text("a"))],
  ["a typed vector of nulls", "invalid-argument", typed("typed", (builder) => builder.null())],
  ["a tuple of one", "invalid-argument", typed("tuple", int(1))],
  ["a tuple of five", "invalid-argument", typed("tuple", ...[1, 2, 3, 4, 5].map(int))],
  ["a tuple of bools", "invalid-argument", typed("tuple", bool(true), bool(false))],
];

describe("FlexBuilder", () => {
  it.each(golden)("writes %s as flatc does", (_json, hex, push) => {
    expect(hexOf(built(push))).toBe(hex);
  });

  it("takes UTF-8 bytes for texts and keys, and writes them as they are", () => {
    const bytes = Buffer.from("é");
    const fromBytes = built((builder) => {
      builder.startMap();
      builder.key(bytes);
      builder.string(bytes);
      builder.endMap();
    });
    expect(hexOf(fromBytes)).toBe(hexOf(built(map({ é: text("é") }))));
  });

  it("keeps integers from 2^63 up as unsigned, where flatc writes 0", () => {
    expect(eventsOf(built(int(2n ** 63n)))).toEqual(["9223372036854775808n"]);
    expect(eventsOf(built(int(2n ** 64n - 1n)))).toEqual(["18446744073709551615n"]);
    expect(built(int(2n ** 63n)).at(-2)).toBe(0x0b);
    expect(built(int(2n ** 63n - 1n)).at(-2)).toBe(0x07);
  });

  const widths: [value: bigint, signed: number, unsigned: number][] = [
    [0n, 1, 1],
    [127n, 1, 1],
    [128n, 2, 1],
    [255n, 2, 1],
    [256n, 2, 2],
    [32767n, 2, 2],
    [32768n, 4, 2],
    [65535n, 4, 2],
    [65536n, 4, 4],
    [2n ** 31n - 1n, 4, 4],
    [2n ** 31n, 8, 4],
    [2n ** 32n - 1n, 8, 4],
    [2n ** 32n, 8, 8],
    [2n ** 53n, 8, 8],
  ];
  it.each(widths)("takes the least width for %i and for less than 0 by as much", (value, signed, unsigned) => {
    const widthOf = (push: Push) => built(push).at(-1);
    expect([widthOf(int(value)), widthOf(int(-value - 1n)), widthOf(uint(value))]).toEqual([signed, signed, unsigned]);
  });

  it("writes typed vectors and tuples of every element type", () => {
    const events = (push: Push) => eventsOf(built(push)).join(" ");
    expect(events(typed("typed", int(1), int(-300)))).toBe("[2 #0 1 #1 -300 ]2");
    expect(events(typed("typed", float(1), float(0.1)))).toBe("[2 #0 float 1 #1 float 0.1 ]2");
    expect(events(typed("typed", bool(true), bool(false)))).toBe("[2 #0 true #1 false ]2");
    expect(events(typed("typed", keyValue("a"), keyValue("b")))).toBe("[2 #0 key a #1 key b ]2");
    expect(events(typed("typed"))).toBe("[0 ]0");
    expect(events(typed("tuple", uint(1), uint(300)))).toBe("[2 #0 1 #1 300 ]2");
    expect(events(typed("tuple", float(1), float(2), float(3)))).toBe("[3 #0 float 1 #1 float 2 #2 float 3 ]3");
    expect(events(typed("tuple", int(1), int(2), int(3), int(-4)))).toBe("[4 #0 1 #1 2 #2 3 #3 -4 ]4");
    expect(built(typed("tuple", uint(1), uint(2), uint(3))).at(-2)).toBe(80);
  });

  it("writes numbers out of line, so that a vector stays narrow", () => {
    const bytes = built(
      vector(
        (builder) => builder.indirectFloat(0.1),
        (builder) => builder.indirectUint(2n ** 63n),
        int(1),
      ),
    );
    expect(eventsOf(bytes).join(" ")).toBe("[3 #0 float 0.1 #1 9223372036854775808n #2 1 ]3");
    expect(bytes.length).toBe(8 + 8 + 1 + 3 * 2 + 3);
  });

  it("finds equal keys and strings among thousands", () => {
    const words = Array.from({ length: 5000 }, (_, at) => `word ${at}`);
    const once = built(vector(...words.map(text)));
    const twice = built(vector(...words.map(text), ...words.map(text)));
    const offsets = twice.length - once.length;
    expect(offsets).toBe(5000 * (2 + 1));
  });

  it.each(out)("refuses %s", (_what, code, push) => {
    expect(codeOf(() => built(push))).toBe(code);
  });
});

function built(push: Push): Uint8Array {
  const builder = new FlexBuilder();
  push(builder);
  return builder.finish();
}

function sequence(...pushes: Push[]): Push {
  return (builder) => {
    for (const push of pushes) push(builder);
  };
}

function int(value: number | bigint): Push {
  return (builder) => builder.int(value);
}

function uint(value: number | bigint): Push {
  return (builder) => builder.uint(value);
}

function float(value: number): Push {
  return (builder) => builder.float(value);
}

function bool(value: boolean): Push {
  return (builder) => builder.bool(value);
}

function text(value: string): Push {
  return (builder) => builder.string(value);
}

function keyValue(value: string): Push {
  return (builder) => builder.keyValue(value);
}

function vector(...elements: Push[]): Push {
  return typed("untyped", ...elements);
}

function typed(kind: "untyped" | "typed" | "tuple", ...elements: Push[]): Push {
  return (builder) => {
    builder.startVector();
    for (const push of elements) push(builder);
    builder.endVector(kind);
  };
}

function map(entries: Record<string, Push>): Push {
  return pairs(...Object.entries(entries));
}

function pairs(...entries: [string, Push][]): Push {
  return (builder) => {
    builder.startMap();
    for (const [key, push] of entries) {
      builder.key(key);
      push(builder);
    }
    builder.endMap();
  };
}
