import { describe, expect, it } from "vitest";
import { fromObject, parseSchema } from "../../src/index.js";
import * as V from "../../src/verify/quick-vtables.js";
import { QuickWalk } from "../../src/verify/quick-walk.js";
import * as Q from "../../src/verify/quick-words.js";
import { resolveLimits } from "../../src/wire/limits.js";
import { viewOf } from "../../src/wire/view.js";
import { STRICT } from "./both-walks.js";

const schema = parseSchema(`
  table Leaf { } union Any { Leaf } struct Wide (force_align: 16) { x: int; }
  table Item { flag: bool; name: string; any: Any; wide: Wide; leaves: [Leaf]; last: Any; }
  table List { items: [Item]; filler: [ubyte]; } root_type List;`);
const ITEM = schema.object("Item")!.index;

/** A walk on a buffer with one item, and where that and its vtable are. */
function walkOn(item: object, filler: number): { walk: QuickWalk; vtable: number; pos: number } {
  const bytes = fromObject(schema, { items: [item], filler: new Uint8Array(filler) }, { forceDefaults: true });
  const walk = new QuickWalk(Q.makeQuickWords(schema), viewOf(bytes), STRICT, resolveLimits(undefined, bytes.length));
  const { data } = walk;
  const root = data.getUint32(0, true);
  const place = root + data.getUint16(root - data.getInt32(root, true) + 4, true);
  const items = place + data.getUint32(place, true);
  const pos = items + 4 + data.getUint32(items + 4, true);
  return { walk, vtable: pos - data.getInt32(pos, true), pos };
}

/** What is known of the vtable of an item: where that stands, its alignment, and the fields that lead somewhere. */
function known(item: object): { head: number[]; fields: string[] } {
  const { walk, vtable, pos } = walkOn(item, 5000);
  const vtables = walk.vtables!;
  vtables.add(walk, ITEM, vtable, pos);
  expect(vtables.find(ITEM, vtable)).toBe(0);
  vtables.add(walk, ITEM, vtable, pos);
  const at = vtables.find(ITEM, vtable);
  const { words } = vtables;
  const names = new Map<number, string>(Object.entries(Q.Op).map(([name, op]) => [op, name]));
  const fields: string[] = [];
  for (let field = at + V.FIELDS; field < words[at + V.FIELDS_END]!; field += V.FIELD_WORDS) {
    const [word, second, slot] = [words[field]!, words[field + 1]!, words[field + 2]!];
    const isStored = (word & 0xffff) === walk.data.getUint16(vtable + slot, true);
    fields.push(`${names.get(word >>> V.OP_SHIFT)} ${slot} ${isStored ? second : "no value"}`);
  }
  expect(words[at + V.ALIGN_REST]).toBe(pos & words[at + V.ALIGN_MASK]!);
  const sizes = [walk.data.getUint16(vtable + 2, true), walk.data.getUint16(vtable, true)];
  expect([words[at + V.TABLE_SIZE], words[at + V.VTABLE_SIZE]]).toEqual(sizes);
  return { head: [at, words[at + V.ALIGN_MASK]!], fields };
}

describe("a vtable is known from its second table on, with what is left to look at", () => {
  const leaf = schema.object("Leaf")!.index;
  const any = schema.enum("Any")!.index;

  it.each([
    ["nothing", { flag: true }, 3, []],
    ["alignment", { wide: { x: 1 } }, 15, []],
    ["what offsets lead to", { name: "a", leaves: [{}] }, 3, ["String 6 -1", `Tables 14 ${leaf}`]],
    ["a union", { any_type: "Leaf", any: {} }, 3, [`Union 10 ${any}`]],
    ["the type of an absent union", { any_type: "NONE" }, 3, ["NoUnion 10 no value"]],
    ["the type of an absent union at the end", { last_type: "NONE", flag: true }, 3, ["NoUnion 18 no value"]],
  ] as const)("%s", (_, item, alignMask, fields) => {
    const found = known(item);
    expect(found.head).toEqual([1, alignMask]);
    expect(found.fields).toEqual(fields);
  });

  it("for the object whose table it was, and nothing else", () => {
    const { walk, vtable, pos } = walkOn({ flag: true }, 5000);
    const vtables = walk.vtables!;
    for (let times = 0; times < 3; times++) vtables.add(walk, ITEM, vtable, pos);
    expect(vtables.find(ITEM, vtable)).toBeGreaterThan(0);
    expect([vtables.find(ITEM - 1, vtable), vtables.find(ITEM, vtable + 2), vtables.find(ITEM, vtable - 2)]).toEqual([
      0, 0, 0,
    ]);
  });

  it("as long as there is space, and an earlier one keeps its place", () => {
    // Nothing but the smallest vtables.
    const bytes = new Uint8Array(new Uint16Array(2048).fill(4).buffer);
    const words = Q.makeQuickWords(schema);
    const walk = new QuickWalk(words, viewOf(bytes), STRICT, resolveLimits(undefined, bytes.length));
    const vtables = walk.vtables!;
    const all = Array.from({ length: 512 }, (_, at) => 4 * at);
    const leaf = schema.object("Leaf")!.index;
    for (const vtable of all) for (let times = 0; times < 2; times++) vtables.add(walk, leaf, vtable, 8);
    const found = all.filter((vtable) => vtables.find(leaf, vtable) > 0);
    expect(found).toEqual(all.slice(0, 8));
    expect(found.map((vtable) => vtables.find(leaf, vtable))).toEqual(found.map((_, at) => 1 + 5 * at));
  });

  it("in buffers from 4 kB on", () => {
    expect(walkOn({}, 3000).walk.vtables).toBeUndefined();
    expect(walkOn({}, 4096).walk.vtables).toBeDefined();
    expect(V.KnownVtables.for(4095)).toBeUndefined();
  });

  it("in one buffer only", () => {
    const { walk, vtable, pos } = walkOn({ flag: true }, 5000);
    for (let times = 0; times < 3; times++) walk.vtables!.add(walk, ITEM, vtable, pos);
    expect(walkOn({ flag: true }, 5000).walk.vtables!.find(ITEM, vtable)).toBe(0);
  });

  it("but not in another window", () => {
    const { walk } = walkOn({}, 5000);
    const outer = walk.view;
    const { vtables } = walk;
    walk.lookAt(outer.window(8, 16));
    expect(walk.vtables).toBeUndefined();
    walk.lookAt(outer);
    expect(walk.vtables).toBe(vtables);
  });
});
