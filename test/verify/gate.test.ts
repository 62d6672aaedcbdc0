import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, type Schema, verify } from "../../src/index.js";
import { openBuffer } from "../../src/verify/open.js";
import { fb, hostile } from "../support/fb.js";

const schema = parseSchema("table T { name: string; } root_type T;");
const good = fromObject(schema, { name: "Bob" });

describe("the way in for readers", () => {
  it("verifies unless it's told to trust", () => {
    expect(openBuffer(schema, good, {}).trusted).toBe(false);
    expect(openBuffer(schema, good, { trusted: true }).trusted).toBe(true);
    expect(openBuffer(schema, good, { trusted: false }).trusted).toBe(false);
    const bad = good.slice();
    bad[bad[0]! + 3] = 0x7f;
    expect(() => openBuffer(schema, bad, {})).toThrow(expect.objectContaining({ code: "soffset-out-of-range" }));
    expect(openBuffer(schema, bad, { trusted: true })).toMatchObject({
      object: schema.rootTable!.index,
      trusted: true,
    });
  });

  it("leaves the check of texts to readers who make it themselves", () => {
    const text = "\u00e9 is two bytes";
    const bytes = fromObject(schema, { name: text });
    const at = bytes.indexOf(0xc3);
    bytes[at] = 0xff;
    expect(() => openBuffer(schema, bytes, {})).toThrow(expect.objectContaining({ code: "invalid-utf8", offset: at }));
    expect(() => openBuffer(schema, bytes, { utf8: true })).toThrow(expect.objectContaining({ code: "invalid-utf8" }));
    expect(openBuffer(schema, bytes, {}, false).trusted).toBe(false);
    expect(openBuffer(schema, bytes, { utf8: true }, false).trusted).toBe(false);
    expect(openBuffer(schema, bytes, { utf8: false }).trusted).toBe(false);
    expect(() => openBuffer(schema, bytes, { utf8: false }, true)).toThrow(
      expect.objectContaining({ code: "invalid-utf8" }),
    );
  });
});

describe("what a newer writer left", () => {
  const newer = parseSchema("table A { } table B { } union U { A, B } table T { u: U; kids: [T]; } root_type T;");
  const older = parseSchema("table A { } union U { A } table T { u: U; kids: [T]; } root_type T;");

  it("is noted up to a hundred times", () => {
    const buffer = (count: number) => {
      const kids = Array.from({ length: count }, () => ({ u_type: "B", u: {} }));
      return fromObject(newer, { kids });
    };
    const notes = (count: number) => {
      const result = verify(older, buffer(count));
      return result.ok ? result.notes : [];
    };
    expect(notes(99).length).toBe(99);
    expect(notes(100).length).toBe(100);
    expect(notes(101).length).toBe(100);
    expect(notes(3)[2]).toMatchObject({
      code: "unknown-union-type",
      path: "root.kids[2].u",
      message: "the union U has no member with the type 2; its value was not read",
    });
  });
});

describe("deprecated fields", () => {
  /** The same layout, written without knowing the second schema's demands. */
  function verdicts(written: string, demanded: string, value: object): string[] {
    const members = "table A { a: int; } union U { A }";
    const parse = (fields: string): Schema => parseSchema(`${members} table T { ${fields} } root_type T;`);
    const bytes = fromObject(parse(written), value);
    return (["strict", "native"] as const).map((profile) => {
      const result = verify(parse(demanded), bytes, { profile });
      return result.ok ? "ok" : `${result.issues[0]!.code} ${result.issues[0]!.path}`;
    });
  }

  it("are checked in the strict profile only, also where they are required", () => {
    const [a, both] = ["a: string; b: string;", "a: string; b: string (required, deprecated);"];
    expect(verdicts(a, both, { a: "x", b: "y" })).toEqual(["ok", "ok"]);
    expect(verdicts(a, both, { a: "x" })).toEqual(["missing-required root.b", "ok"]);
    expect(verdicts(a, "a: string; b: string (required);", { a: "x" })).toEqual([
      "missing-required root.b",
      "missing-required root.b",
    ]);
  });

  it("of another type than was written are no matter to the native profile", () => {
    const [written, demanded] = ["a: ulong; b: int;", "a: string (deprecated); b: int;"];
    const [strict, native] = verdicts(written, demanded, { a: 2n ** 63n, b: 1 });
    expect([strict === "ok", native]).toEqual([false, "ok"]);
  });
});

describe("a vector without elements", () => {
  it.each([0, 1])("needs no alignment for them, as flatc writes it: %i words before it", (words) => {
    const buffer = fb().vtable("Root", 8, { longs: 4 }).table("root").to("v");
    for (let at = 0; at < words; at++) buffer.u32(0);
    const empty = buffer.label("v").u32(0).build();
    expect(verify(hostile, empty)).toMatchObject({ ok: true, notes: [] });
    const one = fb().vtable("Root", 8, { longs: 4 }).table("root").to("v");
    for (let at = 0; at < words; at++) one.u32(0);
    const place = one.label("v").u32(1, 0, 0);
    const result = verify(hostile, place.build());
    const isAligned = (place.at("v") + 4) % 8 === 0;
    expect(result.ok ? "ok" : result.issues[0]!.code).toBe(isAligned ? "ok" : "element-misaligned");
  });
});

describe("limits without end", () => {
  const { POSITIVE_INFINITY: none } = Number;
  const limits = { maxVisits: none, maxApparentBytes: none, maxOutputBytes: none, maxIssues: none, maxDepth: none };

  it("are as good as large ones, and what was counted is still told", () => {
    expect(verify(schema, good, { limits })).toEqual(verify(schema, good));
    const bad = good.slice();
    bad[bad.length - 1] = 0xff;
    const name = good.indexOf(0x42);
    bad[name + 3] = 1;
    const result = verify(schema, bad, { limits });
    expect(result).toMatchObject({ ok: false, issues: [{ code: "string-unterminated" }] });
    expect(result.stats).toEqual(verify(schema, bad).stats);
    expect(Number.isSafeInteger(result.stats.visits) && Number.isSafeInteger(result.stats.apparentBytes)).toBe(true);
  });
});
