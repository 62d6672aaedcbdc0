import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, verify } from "../../src/index.js";
import { soundStats } from "../../src/verify/quick.js";
import { resolveLimits } from "../../src/wire/limits.js";
import { words } from "../support/fb.js";
import { expectBothAgree, fullWalk, rootOf, STRICT } from "./both-walks.js";
import { CHANGES } from "./damage.js";

const schema = parseSchema(`
  struct Point { x: int; y: double; }
  table Leaf { text: string; }
  union Any { Leaf, Point, Text: string }
  table Item {
    flag: bool; name: string; at: Point; bytes: [ubyte]; names: [string]; leaves: [Leaf]; leaf: Leaf (required);
    any: Any; many: [Any]; nested: [ubyte] (nested_flatbuffer: "Leaf"); flex: [ubyte] (flexbuffer); big: ulong;
    last: Any;
  }
  table List { filler: [ubyte]; items: [Item]; }
  root_type List;`);

const leaf = { text: "leaf" };
/** Tables of a list that differ in what they store; of each kind many share a vtable. */
const KINDS = [
  { leaf },
  { leaf, name: "item", flag: true, at: { x: 1, y: 2 }, big: 3n, last_type: "Leaf", last: leaf },
  { leaf, any_type: "Point", any: { x: 1, y: 2 }, many_type: ["Text", "Leaf"], many: ["text", leaf], names: ["a"] },
  { leaf, bytes: Uint8Array.of(1, 2, 3), leaves: [leaf, {}], nested: leaf, flex: [1, "two"] },
];

const COUNT = 12;
/** As many bytes as it takes for the places of vtables to be remembered. */
const FILLER = 4096;

/** `forceDefaults` stores the types of absent unions too. */
function list(filler: number, forceDefaults: boolean): Uint8Array {
  const items = Array.from({ length: COUNT }, (_, index) => KINDS[index % KINDS.length]!);
  return fromObject(schema, { items, filler: new Uint8Array(filler) }, { forceDefaults });
}

describe.each([
  ["types of absent unions left out", 0, list(0, false)],
  ["the same in a large buffer", FILLER, list(FILLER, false)],
  ["and stored", 0, list(0, true)],
  ["and stored, in a large buffer", FILLER, list(FILLER, true)],
])("tables that share a vtable, %s", (_, filler, good) => {
  it("are good", () => {
    const tables = 1 + (COUNT / KINDS.length) * (2 + 3 + 3 + 5);
    expect(verify(schema, good)).toMatchObject({ ok: true, stats: { tables } });
  });

  it("are looked at as closely as the first one", () => {
    // The items lie before the filler, of each kind the last ones are met when their vtable is known.
    const end = good.length - filler;
    const bytes = good.slice();
    const data = new DataView(bytes.buffer);
    for (const [, change] of CHANGES) {
      for (let pos = 0; pos < end; pos += 2) {
        const word = data.getUint16(pos, true);
        data.setUint16(pos, change(word), true);
        if (data.getUint16(pos, true) !== word) expectBothAgree(schema, bytes, {});
        data.setUint16(pos, word, true);
      }
    }
  });
});

describe.each([0, FILLER])("the last table on a vtable that is known, in a buffer with %d bytes more", (filler) => {
  const schema = parseSchema(`
    table Leaf {} union Any { Leaf } table Item { big: ulong; any: Any; }
    table List { filler: [ubyte]; items: [Item]; } root_type List;`);
  const COUNT = 5;

  /** Items of 16 bytes that store a number and the type of an absent union, at the end of the buffer. */
  function list(lastType: number, gap: number): Uint8Array {
    const buffer = words().to("root").label("list").u16(8, 12, 4, 8).label("item").u16(10, 16, 8, 4, 0).align(4);
    buffer.table("root", "list").to("filler").to("items");
    buffer.label("items").u32(COUNT);
    for (let at = 0; at < COUNT; at++) buffer.to(`item ${at}`);
    buffer
      .label("filler")
      .u32(filler)
      .u8(...new Uint8Array(filler))
      .align(8);
    for (let at = 0; at < COUNT; at++) {
      const isLast = at === COUNT - 1;
      if (isLast) for (let byte = 0; byte < gap; byte++) buffer.u8(0);
      buffer
        .table(`item ${at}`, "item")
        .u32(isLast ? lastType : 0)
        .u64(7n);
    }
    return buffer.build();
  }

  it("is good like the others", () => {
    expect(verify(schema, list(0, 0)).ok).toBe(true);
    expectBothAgree(schema, list(0, 0), {});
  });

  it.each([
    ["a type, but no value", list(1, 0), { ok: true, notes: [{ path: "root.items[4].any" }] }],
    ["another alignment", list(0, 4), { ok: false, issues: [{ path: "root.items[4].big", code: "field-misaligned" }] }],
    [
      "no space for all of it",
      list(0, 0).slice(0, -8),
      { ok: false, issues: [{ path: "root.items[4]", code: "table-size-out-of-range" }] },
    ],
  ])("may have %s", (_, bytes, result) => {
    expect(verify(schema, bytes)).toMatchObject(result);
    expectBothAgree(schema, bytes, {});
  });
});

describe.each([0, FILLER])("tables on one known vtable inside one another, with %d bytes more", (filler) => {
  const schema = parseSchema("table T { a: T; b: T; next: T; filler: [ubyte]; } root_type T;");

  /** A chain of so many tables; that of its last one is known by then. */
  function chain(depth: number): Uint8Array {
    let next: object = {};
    for (let level = 2; level < depth; level++) next = { next };
    return fromObject(schema, { a: {}, b: {}, next, filler: new Uint8Array(filler) }, { limits: { maxDepth: 1000 } });
  }

  it("may go down to the limit and no further", () => {
    expect(verify(schema, chain(64))).toMatchObject({ ok: true, stats: { depth: 64 } });
    expect(verify(schema, chain(65))).toMatchObject({ ok: false, issues: [{ code: "depth-limit" }] });
  });
});

describe.each([0, FILLER])("tables of a newer schema, with %d bytes more", (filler) => {
  const text = (more: string) => `
    table Item { a: int; ${more} } table Next { name: string (required); other: string; }
    table List { filler: [ubyte]; items: [Item]; } root_type List;`;

  it("are good when their vtable is known, whatever the fields are that nobody knows", () => {
    const items = [1, 2, 3, 4].map((a) => ({ a, b: 5n, c: 6, text: "new" }));
    const newer = parseSchema(text("b: long; c: ubyte; text: string;"));
    const bytes = fromObject(newer, { items, filler: new Uint8Array(filler) });
    const older = parseSchema(text(""));
    for (let times = 0; times < 3; times++) {
      expect(verify(older, bytes)).toMatchObject({ ok: true, stats: { tables: 5 } });
      expectBothAgree(older, bytes, {});
    }
  });
});

describe("many tables on one large vtable", () => {
  const names = Array.from({ length: 300 }, (_, at) => `f${at}: int;`).join(" ");
  const schema = parseSchema(`table Item { ${names} } table List { items: [Item]; } root_type List;`);
  const COUNT = 2000;
  const bytes = fromObject(schema, { items: Array.from({ length: COUNT }, () => ({ f299: 1 })) });
  const root = rootOf(schema, bytes, {})!;

  it("are good by the quick walk, though all that they show is a multiple of the buffer", () => {
    const limits = resolveLimits(undefined, bytes.length);
    for (let times = 0; times < 3; times++) {
      const stats = soundStats(schema, root, STRICT, limits);
      expect(stats).toEqual(fullWalk(schema, root, STRICT).stats());
      expect(stats!.apparentBytes).toBeGreaterThan(20 * bytes.length);
    }
  });

  it("count all that they show", () => {
    const { apparentBytes } = verify(schema, bytes).stats;
    expect(verify(schema, bytes, { limits: { maxApparentBytes: apparentBytes } }).ok).toBe(true);
    expect(verify(schema, bytes, { limits: { maxApparentBytes: apparentBytes - 1 } })).toMatchObject({
      ok: false,
      issues: [{ code: "apparent-size-limit" }],
    });
  });
});
