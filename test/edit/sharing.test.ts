import { describe, expect, it } from "vitest";
import { edit, fromObject, type Issue, isFlatbufferError, parseSchema, toObject, verify } from "../../src/index.js";
import { bombs } from "../hostile/bombs.js";
import { hostile } from "../support/fb.js";

const schema = parseSchema(`
  table Leaf { name: string; n: int; }
  union U { Leaf, text: string }
  table T { names: [string]; a: Leaf; b: Leaf; leaves: [Leaf]; u: U; v: U; ints: [int]; more: [int]; n: int; kids: [T]; }
  root_type T;`);

/** A buffer whose `count` names are all one string of 100 bytes: 4 bytes and a bit for each. */
function oneStringManyTimes(count: number): Uint8Array {
  const bytes = fromObject(schema, { names: new Array<string>(count).fill("") });
  const wide = new Uint8Array(bytes.length + 104);
  wide.set(bytes);
  const data = new DataView(wide.buffer);
  const text = bytes.length;
  data.setUint32(text, 100, true);
  wide.fill(0x61, text + 4, text + 104);
  wide[text + 104] = 0;
  return withNames(wide, data, count, text);
}

function withNames(bytes: Uint8Array, data: DataView, count: number, text: number): Uint8Array {
  // The vector is where the root's only field leads.
  const root = data.getUint32(0, true);
  const place = root + data.getUint16(root - data.getInt32(root, true) + 4, true);
  const vector = place + data.getUint32(place, true);
  const longer = new Uint8Array(bytes.length + 4);
  longer.set(bytes);
  const out = new DataView(longer.buffer);
  for (let index = 0; index < count; index++) {
    const at = vector + 4 + 4 * index;
    out.setUint32(at, text - at, true);
  }
  return longer;
}

describe("what is shared stays shared", () => {
  it("a million references to one string, with and without a change among them", () => {
    const bytes = oneStringManyTimes(1_000_000);
    const copy = edit(schema, bytes, { path: "n", set: 1 });
    expect(copy.length).toBeLessThan(4_000_300);
    const changed = edit(schema, bytes, { path: "names[500000]", set: "another" });
    expect(changed.length).toBeLessThan(4_000_300);
    const { names } = toObject<{ names: string[] }>(schema, changed);
    expect(names[500_000]).toBe("another");
    expect(new Set(names)).toEqual(new Set(["a".repeat(100), "another"]));
  });

  it("tables, vectors and unions' values; and a change through one reference leaves the others as they were", () => {
    const bytes = shared();
    const size = bytes.length;
    const copy = edit(schema, bytes, []);
    expect(copy.length).toBeLessThan(size * 1.2);
    const before = toObject(schema, bytes, { defaults: false });
    expect(toObject(schema, copy, { defaults: false })).toEqual(before);

    const changed = edit(schema, bytes, [
      { path: "a.name", set: "mine" },
      { path: "ints", append: 7 },
      { path: "kids[1].n", set: 8 },
    ]);
    expect(changed.length).toBeLessThan(size * 1.8);
    const after = toObject<{ kids: Record<string, unknown>[] }>(schema, changed, { defaults: false });
    const { kids } = before as typeof after;
    expect(after).toEqual({
      ...before,
      a: { name: "mine", n: 5 },
      ints: [...BIG, 7],
      kids: [kids[0], { ...kids[1], n: 8 }, kids[2]],
    });
  });
});

const BIG = Array.from({ length: 50 }, (_, at) => at);

/** Offsets of a buffer moved so that `b`, `leaves`, the unions, `more` and the kids all lead to what `a`, `ints` and the first kid have. */
function shared(): Uint8Array {
  const leaf = { name: "a name that is long enough to be noticed when it comes twice", n: 5 };
  const kid = { ints: BIG, n: 3 };
  const bytes = fromObject(schema, {
    kids: [kid, kid, kid],
    more: BIG,
    ints: BIG,
    u_type: "Leaf",
    u: leaf,
    v_type: "Leaf",
    v: leaf,
    leaves: [leaf, leaf],
    b: leaf,
    a: leaf,
  });
  const data = new DataView(bytes.buffer);
  const root = data.getUint32(0, true);
  const field = (id: number) => root + data.getUint16(root - data.getInt32(root, true) + 4 + 2 * id, true);
  const target = (place: number) => place + data.getUint32(place, true);
  const point = (place: number, to: number) => data.setUint32(place, to - place, true);
  const [, a, b, leaves, , u, , v, ints, more, , kids] = Array.from({ length: 12 }, (_, id) => field(id));
  // Children were written in order, so what was given last lies first in the buffer; the farthest one serves all.
  const leafAt = target(u!);
  for (const place of [a!, b!, v!, target(leaves!) + 4, target(leaves!) + 8]) point(place, leafAt);
  point(ints!, target(more!));
  const list = target(kids!);
  const kidAt = Math.max(...[4, 8, 12].map((at) => target(list + at)));
  for (const at of [4, 8, 12]) point(list + at, kidAt);
  expect(verify(schema, bytes)).toMatchObject({ ok: true });
  return bytes;
}

describe("what the schema doesn't know", () => {
  const newer = parseSchema(`
    table A { x: int; added: string; } table B { y: int; }
    union U { A, B }
    table T { name: string; a: A; u: U; us: [U]; as: [A]; later: A; nested: [ubyte] (nested_flatbuffer: "A"); }
    root_type T;`);
  const older = parseSchema(`
    table A { x: int; }
    union U { A }
    table T { name: string; a: A; u: U; us: [U]; as: [A]; later_unused: int (deprecated); nested: [ubyte] (nested_flatbuffer: "A"); }
    root_type T;`);
  const old = parseSchema(
    "table A { x: int; } union U { A } table T { name: string; a: A; u: U; us: [U]; as: [A]; } root_type T;",
  );

  function thrown(work: () => unknown): {
    code: string;
    path?: string | undefined;
    issues?: readonly Issue[] | undefined;
    message: string;
  } {
    try {
      work();
    } catch (error) {
      if (isFlatbufferError(error)) return error;
      throw error;
    }
    throw new Error("nothing thrown");
  }

  it.each([
    ["a field beyond the schema's", { later: { x: 1 } }, "unknown-field", "root"],
    ["one in a table inside", { as: [{ x: 1 }, { added: "s" }] }, "unknown-field", "root.as[1]"],
    ["a member that a union doesn't have", { u_type: "B", u: { y: 1 } }, "unknown-union-type", "root.u"],
    ["one in a vector", { us_type: ["A", "B"], us: [{}, { y: 1 }] }, "unknown-union-type", "root.us[1]"],
  ])("is an error that names its place: %s", (_, value, code, path) => {
    const bytes = fromObject(newer, value);
    for (const changes of [[], [{ path: "name", set: "x" }]]) {
      expect(thrown(() => edit(old, bytes, changes))).toMatchObject({ code, path, issues: [{ code, path }] });
    }
  });

  it("is told place by place, or left out and told", () => {
    const value = {
      u_type: "B",
      u: { y: 1 },
      as: [{ added: "s" }, { x: 2, added: "t" }],
      us_type: ["B", "A"],
      us: [{}, { x: 3 }],
    };
    const bytes = fromObject(newer, value);
    const { issues, message } = thrown(() => edit(old, bytes, []));
    expect(issues?.map((issue) => issue.path)).toEqual(["root.u", "root.us[0]", "root.as[0]", "root.as[1]"]);
    expect(message).toContain("3 more");
    const dropped: string[] = [];
    const copy = edit(old, bytes, [], { unknownFields: "drop", onDropped: ({ path }) => dropped.push(path) });
    expect(dropped).toEqual(issues?.map((issue) => issue.path));
    expect(toObject(old, copy, { defaults: false })).toEqual({
      as: [{}, { x: 2 }],
      us_type: ["NONE", "A"],
      us: [null, { x: 3 }],
    });
    // An element that is NONE stays one.
    expect(edit(old, copy, { path: "name", delete: true })).toEqual(copy);
    const again = edit(old, copy, { path: "us[1].x", set: 4 });
    expect(toObject(old, again, { defaults: false })).toMatchObject({ us: [null, { x: 4 }] });
  });

  it("doesn't matter where a change takes it away, nor in a nested buffer that nobody opens", () => {
    const bytes = fromObject(newer, { a: { added: "s" }, u_type: "B", u: { y: 1 } });
    const copy = edit(old, bytes, [
      { path: "a", set: { x: 1 } },
      { path: "u", set: { x: 2 }, type: "A" },
    ]);
    expect(toObject(old, copy, { defaults: false })).toEqual({ a: { x: 1 }, u_type: "A", u: { x: 2 } });
    const nested = fromObject(newer, { nested: { added: "s" } });
    const kept = edit(older, nested, { path: "name", set: "x" });
    expect(toObject(newer, kept, { defaults: false })).toEqual({ name: "x", nested: { added: "s" } });
    expect(thrown(() => edit(older, nested, { path: "nested.x", set: 1 }))).toMatchObject({ path: "root.nested" });
  });
});

describe.each(Object.entries(bombs))("%s", (_, make) => {
  const bytes = make();

  it("ends at a limit when it's verified, and when it isn't is copied with its sharing or ends there, too", () => {
    const codeOf = (options: { trusted?: boolean }) => {
      try {
        const copy = edit(hostile, bytes, { path: "number", set: 1 }, options);
        return copy.length < bytes.length * 1.2 ? "small" : "grown";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(codeOf({})).toMatch(/^(visit|apparent-size)-limit$/);
    expect(codeOf({ trusted: true })).toMatch(/^(small|output-limit)$/);
  });
});
