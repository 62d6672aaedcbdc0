import { describe, expect, it } from "vitest";
import { parseSchema, verify } from "../../src/index.js";
import { type BufferWords, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

const schema = parseSchema(`
  table A { } union V { A, S: string } union W { S: string, A }
  table T { p: [V]; q: [V]; r: [V]; e: T; u: V; other: [W]; f: T; } root_type T;`);

/** Types and values of a vector of unions, by their labels. */
type Pair = readonly [types: string, values: string];

const GOOD: readonly Pair[] = [
  ["tables", "table"],
  ["strings", "string"],
];
const BAD: readonly Pair[] = [
  ["tables", "string"],
  ["strings", "table"],
];
const PAIRS: readonly Pair[] = [...GOOD, ...BAD];

/** A table with these vectors in its fields p, q and r, in `e` what has that label, and a union type without a value. */
function table(buffer: BufferWords, label: string, pairs: readonly Pair[], inner?: string): BufferWords {
  const places = [0, 1, 2, 3, 4, 5].map((id) => (id < 2 * pairs.length ? 4 + 4 * id : 0));
  const end = 4 + 8 * pairs.length;
  const typePlace = inner === undefined ? end : end + 4;
  buffer.label(`vtable of ${label}`).u16(22, typePlace + 4, ...places, inner === undefined ? 0 : end, typePlace, 0);
  buffer.align(4).table(label, `vtable of ${label}`);
  for (const [types, values] of pairs) buffer.to(types).to(values);
  if (inner !== undefined) buffer.to(inner);
  return buffer.u8(1, 0, 0, 0);
}

/** Two vectors of one type each, and two of one value: an empty table and a string. */
function parts(buffer: BufferWords, suffix = ""): BufferWords {
  buffer.label(`tables${suffix}`).u32(1).u8(1, 0, 0, 0).label(`strings${suffix}`).u32(1).u8(2, 0, 0, 0);
  buffer.label(`table${suffix}`).u32(1).to(`a${suffix}`).label(`string${suffix}`).u32(1).to(`s${suffix}`);
  // The vtable follows its table: read as a string, the table has a length beyond all buffers.
  buffer.table(`a${suffix}`, `vtable of a${suffix}`).label(`vtable of a${suffix}`).u16(4, 4);
  return buffer.label(`s${suffix}`).text("abc");
}

const start = () => words().to("root");

const triples = PAIRS.flatMap((p) => PAIRS.flatMap((q) => PAIRS.map((r) => [p, q, r])));

describe("types and values of vectors of unions that share some of both", () => {
  it("are judged as pairs", () => {
    const alone = new Map(PAIRS.map((pair) => [pair, verdict(schema, parts(table(start(), "root", [pair])).build())]));
    for (const pair of GOOD) expect(alone.get(pair)).toEqual([expect.stringMatching(/^union-type-without-value /)]);
    for (const pair of BAD) expect(alone.get(pair)).toEqual([expect.stringMatching(/^[a-z-]+ root\.p\[0\]/)]);

    for (const triple of triples) {
      const buffer = parts(table(start(), "root", triple));
      const issues = triple.flatMap((pair, index) => {
        if (!BAD.includes(pair) || triple.indexOf(pair) < index) return [];
        const [code, path, offset] = alone.get(pair)![0]!.split(" ");
        // Each further pair takes eight bytes of the table before the parts.
        return `${code} ${path!.replace("root.p", `root.${"pqr"[index]}`)} ${Number(offset) + 16}`;
      });
      // A pair that the memo forgot, since one of it met another partner, may be told of again.
      const place = (line: string) => line.replace(/ root\S+/, "");
      const lines = verdict(schema, buffer.build()).filter(
        (line, index, all) => all.findIndex((other) => place(other) === place(line)) === index,
      );
      if (issues.length > 0) expect(lines, String(triple)).toEqual(issues);
      else expect(lines, String(triple)).toEqual([expect.stringMatching(/^union-type-without-value /)]);
    }
  });

  it("are told of once when nothing comes between", () => {
    for (const pair of BAD)
      expect(verdict(schema, parts(table(start(), "root", [pair, pair, pair])).build()).length).toBe(1);
  });

  it("are other data to another union", () => {
    for (const [types, values] of PAIRS) {
      const buffer = start().label("vtable").u16(26, 24, 4, 8, 0, 0, 0, 0, 0, 20, 0, 12, 16).align(4);
      buffer.table("root").to(types).to(values).to(types).to(values).u8(1, 0, 0, 0);
      const isGood = GOOD.some((pair) => pair[0] === types && pair[1] === values);
      expect(verdict(schema, parts(buffer).build())).toEqual([
        expect.stringMatching(isGood ? / root\.other\[0\]/ : / root\.p\[0\]/),
      ]);
    }
  });

  it("count with all their levels", () => {
    // x, which has such a vector, hangs from the root, and once more from y: a level deeper.
    const buffer = start().label("vtable").u16(28, 12, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 8).align(4);
    buffer.table("root").to("x").to("y").label("in e").u16(18, 8, 0, 0, 0, 0, 0, 0, 4).align(4);
    const bytes = parts(table(buffer.table("y", "in e").to("x"), "x", [GOOD[0]!])).build();
    expect(verify(schema, bytes)).toMatchObject({ ok: true, stats: { depth: 4 } });
    expect(verdict(schema, bytes, { limits: { maxDepth: 3 } })).toEqual([
      expect.stringMatching(/^depth-limit root\.f\.e /),
    ]);
  });

  it("cost what copies of them would cost", () => {
    const [p, q] = GOOD as [Pair, Pair];
    const copy = (pair: Pair): Pair => [`${pair[0]} again`, `${pair[1]} again`];
    const shared = verify(schema, parts(table(start(), "root", [p, q, p])).build());
    const copied = parts(parts(table(start(), "root", [p, q, copy(p)])), " again").build();
    const unshared = verify(schema, copied);
    expect(shared).toMatchObject({ ok: true, stats: { depth: 2, visits: 1 + 3 * 3 } });
    if (!shared.ok || !unshared.ok) throw new Error("they are good");
    expect(unshared.stats).toEqual({ ...shared.stats, bytes: copied.length, tables: shared.stats.tables + 1 });
  });

  it("are refused where they hang too deep, though not where they were met first", () => {
    const buffer = table(table(start(), "root", [GOOD[0]!], "inner"), "inner", [GOOD[0]!]);
    const bytes = parts(buffer).build();
    expect(verify(schema, bytes)).toMatchObject({ ok: true, stats: { depth: 3 } });
    expect(verify(schema, bytes, { limits: { maxDepth: 3 } })).toMatchObject({ ok: true });
    expect(verdict(schema, bytes, { limits: { maxDepth: 2 } })).toEqual([
      expect.stringMatching(/^depth-limit root\.e\.p/),
    ]);
  });
});
