import { describe, expect, it } from "vitest";
import { Builder } from "../../src/build/builder.js";
import { fromObject, parseSchema } from "../../src/index.js";
import { soundStats } from "../../src/verify/quick.js";
import { resolveLimits } from "../../src/wire/limits.js";
import { expectBothAgree, fullWalk, rootOf, STRICT } from "./both-walks.js";
import { CHANGES, damaged, victims } from "./damage.js";

describe("the quick walk", () => {
  it.each(victims)("says yes where the full walk finds nothing to tell, and only there: $name", (victim) => {
    const { schema, options } = victim;
    for (const [, change] of CHANGES) {
      for (const bytes of damaged(victim.data, change)) expectBothAgree(schema, bytes, options);
    }
  });

  it("counts what is shared as often as the full walk does, which looks at it once", () => {
    const kinds = parseSchema(`
      table In { s: string; deep: In; }
      table T { names: [string]; list: [In]; nested: [ubyte] (nested_flatbuffer: "In"); flex: [ubyte] (flexbuffer);
        one: In; kids: [T]; } root_type T;`);
    const inner = { s: "inner", deep: { deep: {} } };
    const leaf = fromObject(kinds, {
      names: ["a", "b"],
      list: [inner, {}],
      nested: inner,
      flex: [1, { x: [2] }],
      one: {},
    });
    // A second table on the same values: its offsets are those of the first, farther away.
    const builder = new Builder();
    const strings = ["a", "bc"].map((text) => builder.createString(text));
    const names = builder.createOffsetVector(strings);
    builder.startTable();
    builder.addOffset(4, strings[0]!);
    const deepest = builder.endTable();
    builder.startTable();
    builder.addOffset(6, deepest);
    const deep = builder.endTable();
    const list = builder.createOffsetVector([deep, deepest, deep]);
    const held = fromObject(kinds, inner, { rootType: "In" });
    builder.prealign(held.length, 8);
    const nested = builder.createVector(held, 0, held.length, 1, 1);
    const flexbuffer = Uint8Array.of(1, 2, 2, 4, 4, 4, 40, 1); // [1, 2]
    const flex = builder.createVector(flexbuffer, 0, flexbuffer.length, 1, 1);
    const tables = [0, 1, 2].map(() => {
      builder.startTable();
      [names, list, nested, flex, deep].forEach((ref, at) => {
        builder.addOffset(4 + 2 * at, ref);
      });
      return builder.endTable();
    });
    const kids = builder.createOffsetVector(tables);
    builder.startTable();
    builder.addOffset(14, kids);
    for (const bytes of [leaf, builder.finish(builder.endTable())]) {
      const root = rootOf(kinds, bytes, {})!;
      const full = fullWalk(kinds, root, STRICT);
      const quick = soundStats(kinds, root, STRICT, resolveLimits(undefined, bytes.length));
      expect({ issues: full.issues, stats: { ...full.stats(), tables: 0 } }).toEqual({
        issues: [],
        stats: { ...quick!, tables: 0 },
      });
    }
  });

  const schema = parseSchema("table T { next: T; name: string; names: [string]; } root_type T;");

  function sound(value: object, limits: Parameters<typeof resolveLimits>[0]): boolean {
    const bytes = fromObject(schema, value);
    const root = rootOf(schema, bytes, {})!;
    return soundStats(schema, root, STRICT, resolveLimits(limits, bytes.length)) !== undefined;
  }

  it("leaves what is at a limit to the full walk, and only that", () => {
    const value = { next: { next: {} }, names: ["a", "bc"] };
    const visits = 3 + 1 + 2;
    const root = rootOf(schema, fromObject(schema, value), {})!;
    const bytes = fullWalk(schema, root, STRICT).stats().apparentBytes;
    expect([sound(value, { maxDepth: 3 }), sound(value, { maxDepth: 2 })]).toEqual([true, false]);
    expect([sound(value, { maxVisits: visits }), sound(value, { maxVisits: visits - 1 })]).toEqual([true, false]);
    const atBytes = [bytes, bytes - 1].map((maxApparentBytes) => sound(value, { maxApparentBytes }));
    expect(atBytes).toEqual([true, false]);
  });

  it.each([0, 1, 2, 3])("holds limits for tables whose vtables it met %i times before", (times) => {
    const fresh = parseSchema("table T { next: T; } root_type T;");
    const bytes = fromObject(fresh, { next: { next: {} } });
    const root = rootOf(fresh, bytes, {})!;
    const tablesWithin = (maxDepth: number) =>
      soundStats(fresh, root, STRICT, resolveLimits({ maxDepth }, bytes.length))?.tables;
    for (let time = 0; time < times; time++) expect(tablesWithin(3)).toBe(3);
    expect(tablesWithin(2)).toBeUndefined();
    const visits = resolveLimits({ maxVisits: 2 }, bytes.length);
    expect(soundStats(fresh, root, STRICT, visits)).toBeUndefined();
  });

  it("misses the values of a vector of unions, whatever the offset to their types looks like", () => {
    const unions = parseSchema("table A { } union U { A } table T { all: [U]; } root_type T;");
    let lowBytes = 0;
    for (let padding = 0; padding < 256; padding += 4) {
      const builder = new Builder();
      const types = builder.createVector(Uint8Array.of(1), 0, 1, 1, 1);
      builder.createVector(new Uint8Array(padding), 0, padding, 1, 1);
      builder.startTable();
      builder.addOffset(4, types);
      const bytes = builder.finish(builder.endTable());
      const root = rootOf(unions, bytes, {})!;
      if (bytes[root.pos + 4] === 0) lowBytes++;
      expect(soundStats(unions, root, STRICT, resolveLimits(undefined, bytes.length))).toBeUndefined();
      expect(fullWalk(unions, root, STRICT).issues).toHaveLength(1);
    }
    expect(lowBytes).toBeGreaterThan(0);
  });

  it("puts off as many tables as there are in honest data, and leaves more to the full walk", () => {
    const fields = Array.from({ length: 4100 }, (_, at) => `f${at}: T;`).join(" ");
    const wide = parseSchema(`union U { T } table T { all: [U]; x: T; ${fields} } root_type T;`);
    const walkOf = (value: object) => {
      const bytes = fromObject(wide, value);
      const root = rootOf(wide, bytes, {})!;
      expect(fullWalk(wide, root, STRICT).issues).toEqual([]);
      return soundStats(wide, root, STRICT, resolveLimits(undefined, bytes.length));
    };
    const kids = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, {}]));
    expect(walkOf(kids(4096))?.tables).toBe(4097);
    expect(walkOf(kids(4097))).toBeUndefined();
    const all = Array.from({ length: 10_000 }, () => ({ x: {} }));
    expect(walkOf({ all_type: all.map(() => "T"), all, ...kids(4000) })?.tables).toBe(24_001);
  });

  it("follows what is shown up to four times, and no more", () => {
    const text = "x".repeat(100_000);
    const names = (count: number) => ({ names: Array.from({ length: count }, () => text) });
    const bytes = (count: number) => {
      const built = fromObject(schema, { names: [text, ...Array.from({ length: count - 1 }, () => "")] });
      const data = new DataView(built.buffer);
      const vector = fieldTarget(data, 8);
      const first = vector + 4 + data.getUint32(vector + 4, true);
      for (let at = 1; at < count; at++) data.setUint32(vector + 4 + 4 * at, first - (vector + 4 + 4 * at), true);
      return built;
    };
    expect(sound(names(3), undefined)).toBe(true);
    for (const [count, isSound] of [
      [4, true],
      [5, false],
      [60_000, false],
    ] as const) {
      const root = rootOf(schema, bytes(count), {})!;
      const limits = resolveLimits(undefined, root.view.byteLength);
      expect(soundStats(schema, root, STRICT, limits) !== undefined, `${count} times`).toBe(isSound);
    }
  });
});

/** Where the offset in the field with this slot of the root leads. */
function fieldTarget(data: DataView, slot: number): number {
  const root = data.getUint32(0, true);
  const place = root + data.getUint16(root - data.getInt32(root, true) + slot, true);
  return place + data.getUint32(place, true);
}
