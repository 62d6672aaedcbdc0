import { describe, expect, it } from "vitest";
import { fromObject, parseSchema } from "../../src/index.js";
import { KnownVtable, OP_SHIFT, PLACE_MASK, STEP_WORDS } from "../../src/verify/known-vtable.js";
import { KnownVtables } from "../../src/verify/known-vtables.js";
import * as Op from "../../src/verify/quick-op.js";
import * as Q from "../../src/verify/quick-words.js";
import { VtablePlaces } from "../../src/verify/vtable-places.js";

const schema = parseSchema(`
  table Leaf { } union Any { Leaf } struct Wide (force_align: 16) { x: int; }
  table Item { flag: bool; name: string; any: Any; wide: Wide; leaves: [Leaf]; last: Any; }
  root_type Item;`);
const ITEM = schema.object("Item")!.index;
const LEAF = schema.object("Leaf")!.index;

/** A buffer with one item, and where that and its vtable are. */
function bufferOf(item: object): { data: DataView; vtable: number; pos: number } {
  const { buffer, byteOffset, byteLength } = fromObject(schema, item, { forceDefaults: true });
  const data = new DataView(buffer, byteOffset, byteLength);
  const pos = data.getUint32(0, true);
  return { data, vtable: pos - data.getInt32(pos, true), pos };
}

/** Vtables one behind the other, from position 0. */
function vtablesOf(...vtables: readonly number[][]): { data: DataView; places: number[] } {
  const places: number[] = [];
  let length = 0;
  for (const vtable of vtables) {
    places.push(2 * length);
    length += vtable.length;
  }
  return { data: new DataView(Uint16Array.from(vtables.flat()).buffer), places };
}

describe("a known vtable", () => {
  const any = schema.enum("Any")!.index;
  const names = new Map<number, string>(Object.entries(Op).map(([name, op]) => [op, name]));

  it.each([
    ["nothing", { flag: true }, 3, []],
    ["alignment", { wide: { x: 1 } }, 15, []],
    ["what offsets lead to", { name: "a", leaves: [{}] }, 3, ["String 6 -1", `Tables 14 ${LEAF}`]],
    ["a union", { any_type: "Leaf", any: {} }, 3, [`Union 10 ${any}`]],
    ["the type of an absent union", { any_type: "NONE" }, 3, ["NoUnion 10 no value"]],
    ["the type of an absent union at the end", { last_type: "NONE", flag: true }, 3, ["NoUnion 18 no value"]],
  ] as const)("leaves to look at: %s", (_, item, alignMask, expected) => {
    const { data, vtable, pos } = bufferOf(item);
    const known = new KnownVtable(data, Q.quickWords(schema), ITEM, vtable, pos, undefined);
    const steps: string[] = [];
    for (let at = 0; at < known.steps.length; at += STEP_WORDS) {
      const [word, second, slot] = [known.steps[at]!, known.steps[at + 1]!, known.steps[at + 2]!];
      const isStored = (word & PLACE_MASK) === data.getUint16(vtable + slot, true);
      steps.push(`${names.get(word >>> OP_SHIFT)} ${slot} ${isStored ? second : "no value"}`);
    }
    expect(steps).toEqual(expected);
    expect([known.alignMask, known.alignRest]).toEqual([alignMask, pos & alignMask]);
    expect([known.sizes & 0xffff, known.sizes >>> 16]).toEqual([
      data.getUint16(vtable, true),
      data.getUint16(vtable + 2, true),
    ]);
  });
});

describe("the same vtable", () => {
  const vtable = [10, 12, 4, 0, 8];
  const data = vtablesOf(vtable).data;
  const known = new KnownVtable(data, Q.quickWords(schema), ITEM, 0, 40, undefined);
  const [sizes, last] = [data.getInt32(0, true), data.getInt32(6, true)];

  it("is one of the same object with the same sizes and the same end", () => {
    expect(known.isAt(data, 0, ITEM, sizes, last)).toBe(true);
    expect(known.isAt(data, 0, LEAF, sizes, last)).toBe(false);
    expect(known.isAt(data, 0, ITEM, sizes + 1, last)).toBe(false);
    expect(known.isAt(data, 0, ITEM, sizes, last + 0x10000)).toBe(false);
  });
});

describe("vtables of a schema", () => {
  const words = Q.quickWords(schema);
  /** From the smallest to one with a slot more than the schema knows. */
  const VTABLES = Array.from({ length: 10 }, (_, slots) => [4 + 2 * slots, 40, ...new Array<number>(slots).fill(0)]);
  const isKnown = (vtables: KnownVtables, data: DataView, at: number, object = ITEM) =>
    vtables.find(data, object, at) !== undefined;

  it.each(VTABLES.map((vtable) => [vtable]))("are known from the second time on: %j", (vtable) => {
    const { data } = vtablesOf(vtable);
    const vtables = new KnownVtables(words);
    vtables.add(data, ITEM, 0, 40);
    expect(isKnown(vtables, data, 0)).toBe(false);
    vtables.add(data, ITEM, 0, 40);
    expect(isKnown(vtables, data, 0)).toBe(true);
  });

  it.each(VTABLES.map((vtable) => [vtable]))("are known elsewhere, but only to the last bit: %j", (vtable) => {
    const vtables = new KnownVtables(words);
    for (let times = 0; times < 2; times++) vtables.add(vtablesOf(vtable).data, ITEM, 0, 40);
    const { data, places } = vtablesOf([7, 7, 7], vtable, [7]);
    const at = places[1]!;
    expect(isKnown(vtables, data, at)).toBe(true);
    expect([LEAF, ITEM - 1, ITEM + 1].some((object) => isKnown(vtables, data, at, object))).toBe(false);
    for (let bit = 0; bit < 16 * vtable.length; bit++) {
      const place = at + (bit >> 3);
      const byte = data.getUint8(place);
      data.setUint8(place, byte ^ (1 << (bit & 7)));
      expect(knownOrBeyond(vtables, data, at)).toBe(false);
      data.setUint8(place, byte);
    }
  });

  /** Another size may lead out of the buffer, which the quick walk takes for a no. */
  function knownOrBeyond(vtables: KnownVtables, data: DataView, at: number): boolean {
    try {
      return isKnown(vtables, data, at);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return false;
    }
  }

  it("aren't known at odd positions", () => {
    const vtables = new KnownVtables(words);
    const { data } = vtablesOf([4, 4]);
    for (let times = 0; times < 2; times++) vtables.add(data, LEAF, 0, 8);
    const moved = new DataView(Uint8Array.of(0, 4, 0, 4, 0, 0).buffer);
    expect(isKnown(vtables, data, 0, LEAF)).toBe(true);
    expect(isKnown(vtables, moved, 1, LEAF)).toBe(false);
  });

  it("take the slots of others, but only when they come twice in a row", () => {
    const vtables = new KnownVtables(words);
    const sizes = Array.from({ length: 1000 }, (_, index) => [4, 4 + index]);
    const { data, places } = vtablesOf(...sizes);
    const add = (from: number, to: number) => {
      for (const at of places.slice(from, to)) vtables.add(data, LEAF, at, 8);
    };
    const known = () => places.filter((at) => isKnown(vtables, data, at, LEAF));
    for (const at of places) for (let times = 0; times < 2; times++) vtables.add(data, LEAF, at, 8);
    const newest = known();
    expect(newest.length).toBeGreaterThan(250);
    expect(newest.length).toBeLessThanOrEqual(512);
    expect(newest.at(-1)).toBe(places.at(-1));
    add(0, 1000);
    expect(known()).toEqual(newest);
    add(0, 1);
    add(0, 1);
    expect(known()[0]).toBe(0);
  });

  it("are known beside up to three others of one size that end alike; a fifth one takes the place of all", () => {
    const vtables = new KnownVtables(words);
    const alike = Array.from({ length: 5 }, (_, at) => [12, 40, 4 + at, 0, 0, 30]);
    const { data, places } = vtablesOf(...alike);
    const known = () => places.map((at) => isKnown(vtables, data, at));
    // The first one makes their common hash known; from then on each is worth it at once.
    for (const at of [places[0]!, ...places.slice(0, 4)]) vtables.add(data, ITEM, at, 40);
    expect(known()).toEqual([true, true, true, true, false]);
    vtables.add(data, ITEM, places[4]!, 40);
    expect(known()).toEqual([false, false, false, false, true]);
  });

  it("aren't kept when they are larger than 2 kB", () => {
    const vtables = new KnownVtables(words);
    const large = (size: number) => vtablesOf([size, 4, ...new Array<number>(size / 2 - 2).fill(0)]).data;
    for (const size of [2048, 2050]) {
      for (let times = 0; times < 2; times++) vtables.add(large(size), LEAF, 0, 8);
    }
    expect([2048, 2050].map((size) => isKnown(vtables, large(size), 0, LEAF))).toEqual([true, false]);
  });
});

describe("places of vtables", () => {
  it("are remembered in buffers from 4 kB on", () => {
    expect(VtablePlaces.for(4095)).toBeUndefined();
    expect(VtablePlaces.for(4096)).toBeDefined();
  });

  it("are known for one object each, and in one buffer", () => {
    const words = Q.quickWords(schema);
    const { data } = vtablesOf([4, 4]);
    for (const object of [LEAF, LEAF, ITEM, ITEM]) words.vtables.add(data, object, 0, 8);
    const places = VtablePlaces.for(5000)!;
    const leaf = places.find(data, words.vtables, LEAF, 0);
    const item = places.find(data, words.vtables, ITEM, 0);
    expect([leaf?.object, item?.object]).toEqual([LEAF, ITEM]);
    expect([places.find(data, words.vtables, LEAF, 0), places.find(data, words.vtables, ITEM, 0)]).toEqual([
      leaf,
      item,
    ]);
    const other = vtablesOf([6, 6, 4]).data;
    expect(VtablePlaces.for(5000)!.find(other, words.vtables, LEAF, 0)).toBeUndefined();
  });

  it("are known for one object each also where both have the same slot", () => {
    const many = parseSchema(`${Array.from({ length: 17 }, (_, at) => `table T${at} { }`).join(" ")} root_type T0;`);
    const words = Q.quickWords(many);
    const { data } = vtablesOf([4, 4]);
    for (const object of [0, 0, 16, 16]) words.vtables.add(data, object, 0, 8);
    const places = VtablePlaces.for(5000)!;
    const objects = [0, 16, 0, 16].map((object) => places.find(data, words.vtables, object, 0)?.object);
    expect(objects).toEqual([0, 16, 0, 16]);
  });

  it("are taken for what they were without a look at the vtable", () => {
    const words = Q.quickWords(schema);
    const { data } = vtablesOf([4, 4]);
    for (let times = 0; times < 2; times++) words.vtables.add(data, LEAF, 0, 8);
    const places = VtablePlaces.for(5000)!;
    const known = places.find(data, words.vtables, LEAF, 0);
    data.setUint16(0, 6, true);
    expect(known).toBeDefined();
    expect(places.find(data, words.vtables, LEAF, 0)).toBe(known);
  });
});
