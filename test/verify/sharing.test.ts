import { describe, expect, it } from "vitest";
import { type Limits, parseSchema, verify } from "../../src/index.js";
import { type BufferWords, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

const schema = parseSchema(`
  table A { } union U { A }
  table T { a: [string]; b: [string]; c: [T]; d: [T]; e: T; f: T; n: [ubyte] (nested_flatbuffer: "T");
    o: [ubyte] (nested_flatbuffer: "T"); x: [ubyte] (flexbuffer); y: [ubyte] (flexbuffer); u: U; } root_type T;`);
const NAMES = [..."abcdefnoxyu"];

/** The start of a buffer whose root has offsets in the fields with these names, and a union with a type and no value. */
function root(...names: string[]): BufferWords {
  const entries = new Array<number>(11).fill(0);
  for (const [at, name] of names.entries()) entries[NAMES.indexOf(name)] = 4 + 4 * at;
  const typePlace = 4 + 4 * names.length;
  entries[10] = typePlace;
  const buffer = words()
    .to("root")
    .label("vtable")
    .u16(26, typePlace + 4, ...entries)
    .align(4)
    .table("root");
  for (const name of names) buffer.to(name);
  return buffer.u8(1, 0, 0, 0);
}

/** A root with two fields that lead to the same part. */
const shared = (first: string, second: string) => root(first, second).label(first).label(second);

describe("what is wrong in a shared part is told once, where it was met first", () => {
  it.each([
    ["a vector of strings", shared("a", "b").u32(1).label("bad").u32(0), "uoffset-zero root.a[0]"],
    ["a vector of tables", shared("c", "d").u32(1).label("bad").u32(0), "uoffset-zero root.c[0]"],
    ["a table", shared("e", "f").label("bad").u32(1), "vtable-misaligned root.e"],
    ["a nested buffer", shared("n", "o").u32(12).label("bad").u32(0, 0, 0), "uoffset-zero root.n"],
  ])("%s", (_, buffer, issue) => {
    expect(verdict(schema, buffer.build())).toEqual([`${issue} ${buffer.at("bad")}`]);
  });

  it("FlexBuffers data", () => {
    const lines = verdict(schema, shared("x", "y").u32(3).u8(0, 0, 0, 0).build());
    expect(lines).toEqual([expect.stringMatching(/^flexbuffer-invalid root\.x /)]);
  });
});

describe("a shared table", () => {
  // The chain e - q - r hangs from the root, and once more from f: a level deeper.
  const buffer = root("e", "f").label("last").u16(4, 4).label("one").u16(14, 8, 0, 0, 0, 0, 4).align(4);
  buffer.table("f", "one").to("e").table("e", "one").to("q").table("q", "one").to("r").table("r", "last");
  const bytes = buffer.build();

  it("counts with all its levels wherever it hangs", () => {
    const result = verify(schema, bytes);
    expect(result).toMatchObject({ ok: true, stats: { depth: 5, tables: 5, visits: 5 + 3 } });
    expect(verify(schema, bytes, { limits: { maxDepth: 5 } })).toMatchObject({ ok: true, stats: { depth: 5 } });
  });

  it("is refused where it hangs too deep, though it isn't where it was met first", () => {
    expect(verdict(schema, bytes, { limits: { maxDepth: 4 } })).toEqual([`depth-limit root.f.e ${buffer.at("e")}`]);
  });
});

describe("a table that is shared counts with all its levels", () => {
  /** Root e leads to x, and root f through y: a level deeper. */
  const twice = (x: (buffer: BufferWords) => BufferWords) => {
    const buffer = root("e", "f").label("none").u16(4, 4).label("in c").u16(10, 8, 0, 0, 4).align(4);
    buffer.label("in e").u16(14, 8, 0, 0, 0, 0, 4).label("in e, f").u16(16, 12, 0, 0, 0, 0, 4, 8).align(4);
    buffer.label("in n").u16(18, 8, 0, 0, 0, 0, 0, 0, 4).align(4).table("f", "in e").to("e");
    return x(buffer).build();
  };

  it.each([
    ["in a vector", 3, twice((to) => to.table("e", "in c").to("v").label("v").u32(1).to("z").table("z", "none"))],
    [
      "in a nested buffer",
      3,
      twice((to) => to.table("e", "in n").to("n").label("n").u32(12).to("z").u16(4, 4).label("z").u32(4)),
    ],
    [
      "before a lower one that is known",
      4,
      twice((to) => to.table("e", "in e, f").to("deep").to("low").table("deep", "in e").to("low").table("low", "none")),
    ],
  ])("%s", (_, depth, bytes) => {
    expect(verify(schema, bytes)).toMatchObject({ ok: true, stats: { depth: depth + 1 } });
    expect(verify(schema, bytes, { limits: { maxDepth: depth + 1 } })).toMatchObject({ ok: true });
    expect(verdict(schema, bytes, { limits: { maxDepth: depth } })).toEqual([
      expect.stringMatching(/^depth-limit root\.f\.e /),
    ]);
  });
});

it("tells how deep the walk came, also of a buffer that is bad at a higher place", () => {
  const buffer = root("e", "f").label("last").u16(4, 4).label("one").u16(14, 8, 0, 0, 0, 0, 4).align(4);
  const bytes = buffer.table("e", "one").to("q").table("q", "last").label("f").u32(1).build();
  expect(verify(schema, bytes)).toMatchObject({
    ok: false,
    issues: [{ path: "root.f" }],
    stats: { depth: 3 },
  });
});

describe("a budget", () => {
  // A vtable of 26 bytes and a table of 12, a vector of two offsets, and the string of 3 bytes as often as it's met.
  const strings = (second: string) =>
    root("a").label("a").u32(2).to("s").to(second).label("s").text("abc").label("t").text("abc").build();
  const spent = { visits: 4, apparentBytes: 26 + 12 + 12 + 2 * 8 };

  it.each([
    ["a shared string", "s"],
    ["two strings", "t"],
  ])("may be used up to the last visit and byte, but not further: %s", (_, second) => {
    const bytes = strings(second);
    const last = bytes.indexOf(0x61) - 4 + (second === "t" ? 8 : 0);
    const verdictWithin = (limits: Partial<Limits>) => verdict(schema, bytes, { limits });
    expect(verify(schema, bytes)).toMatchObject({ ok: true, stats: spent });
    const exact = { maxVisits: spent.visits, maxApparentBytes: spent.apparentBytes };
    expect(verdictWithin(exact)).toEqual([expect.stringMatching(/^union-type-without-value /)]);
    expect(verdictWithin({ maxVisits: spent.visits - 1 })).toEqual([`visit-limit root.a[1] ${last}`]);
    const bytesPassed = [`apparent-size-limit root.a[1] ${last}`];
    expect(verdictWithin({ maxApparentBytes: spent.apparentBytes - 1 })).toEqual(bytesPassed);
    // The visits are used up too, but not passed.
    expect(verdictWithin({ ...exact, maxApparentBytes: spent.apparentBytes - 1 })).toEqual(bytesPassed);
  });
});
