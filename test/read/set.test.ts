import { describe, expect, it } from "vitest";
import {
  BaseType,
  fromJSON,
  parseSchema,
  read,
  type Schema,
  Struct,
  setPath,
  Table,
  toObject,
  Vector,
  verify,
} from "../../src/index.js";
import { fixtures } from "../support/fixtures.js";

const schema: Schema = parseSchema(`
  enum Color : byte { Red = -1, Green, Blue = 5 }
  enum Marks : ubyte (bit_flags) { A, B, C }
  struct Inner { level: short; flags: [ubyte:3]; }
  struct Pos { x: float; inner: Inner; color: Color; }
  table Weapon { name: string; damage: short; }
  union Equipped { Weapon, Text: string }
  table Monster {
    hp: short = 100; mana: short; name: string; color: Color; marks: Marks; alive: bool; id: ulong; delta: long;
    ratio: double; f: float; pos: Pos; path: [Pos]; weapons: [Weapon]; levels: [int]; tags: [string]; bits: [bool];
    equipped: Equipped; maybe: int = null; u8: ubyte; i8: byte; u16: ushort; i32: int; u32: uint;
  }
  root_type Monster;`);
const source = {
  hp: 80,
  mana: 1,
  name: "orc",
  color: "Blue",
  marks: "A C",
  alive: true,
  id: 5,
  delta: -5,
  ratio: 0.5,
  f: 1.5,
  pos: { x: 1, inner: { level: 3, flags: [1, 2, 3] }, color: "Red" },
  path: [{ x: 2, inner: { level: 4, flags: [4, 5, 6] }, color: "Red" }],
  weapons: [{ name: "axe", damage: 5 }, { damage: 7 }],
  levels: [1, 2, 3],
  tags: ["one", "two"],
  bits: [true, false],
  equipped_type: "Weapon",
  equipped: { name: "bow", damage: 9 },
  maybe: 4,
  u8: 1,
  i8: 1,
  u16: 1,
  i32: 1,
  u32: 1,
};
const fresh = () => fromJSON(schema, JSON.stringify(source), { forceDefaults: true });

describe("set writes in place what is stored", () => {
  it.each([
    ["hp", -32768],
    ["hp", 32767],
    ["u8", 255],
    ["i8", -128],
    ["u16", 65535],
    ["i32", -(2 ** 31)],
    ["u32", 2 ** 32 - 1],
    ["id", 2n ** 64n - 1n],
    ["delta", -(2n ** 63n)],
    ["ratio", Number.NaN],
    ["f", -Infinity],
    ["alive", false],
    ["maybe", 0],
    ["name", "elf"],
    ["color", -1],
    ["marks", 7],
  ] as const)("%s = %s", (name, value) => {
    const bytes = fresh();
    const table = read(schema, bytes);
    expect(table.set(name, value)).toBe(true);
    expect(table.get(name)).toEqual(value);
    expect(read(schema, bytes).get(name)).toEqual(value);
  });

  it("takes enums by name, and 64-bit integers as numbers", () => {
    const table = read(schema, fresh());
    table.set("color", "Red");
    table.set("marks", "B C");
    table.set("id", 12);
    expect([table.get("color"), table.get("marks"), table.get("id")]).toEqual([-1, 6, 12n]);
  });

  it("reaches structs, fixed arrays, vectors, unions and tables by path", () => {
    const bytes = fresh();
    const table = read(schema, bytes);
    const changes = [
      ["pos.x", 9],
      ["pos.inner.level", -3],
      ["pos.inner.flags[2]", 30],
      ["path[0].inner.flags[-1]", 60],
      ["pos.color", "Blue"],
      ["weapons[1].damage", 70],
      ["weapons[0].name", "saw"],
      ["levels[1]", 20],
      ["tags[-1]", "TWO"],
      ["bits[1]", true],
      ["equipped.damage", 90],
    ] as const;
    for (const [path, value] of changes) expect(setPath(table, path, value), path).toBe(true);
    expect(toObject(schema, bytes)).toMatchObject({
      pos: { x: 9, inner: { level: -3, flags: Uint8Array.of(1, 2, 30) }, color: "Blue" },
      path: [{ inner: { flags: Uint8Array.of(4, 5, 60) } }],
      weapons: [{ name: "saw" }, { damage: 70 }],
      levels: [1, 20, 3],
      tags: ["one", "TWO"],
      bits: [true, true],
      equipped: { damage: 90 },
    });
    expect(verify(schema, bytes).ok).toBe(true);
  });

  it("changes nothing but the value's own bytes", () => {
    const [before, after] = [fresh(), fresh()];
    read(schema, after).set("i32", 0x01020304);
    const changed = [...before].flatMap((byte, index) => (byte === after[index] ? [] : [index]));
    expect(changed.length).toBe(4);
    expect(Math.max(...changed) - Math.min(...changed)).toBe(3);
  });
});

describe("set answers false where nothing is stored", () => {
  const table = read(schema, fromJSON(schema, '{"weapons": [{}]}'));
  it.each([
    ["hp", 1],
    ["name", "x"],
    ["alive", true],
    ["maybe", 1],
  ] as const)("for %s", (name, value) => {
    expect(table.set(name, value)).toBe(false);
  });

  it.each(["pos.x", "weapons[0].damage", "weapons[1].damage", "levels[0]", "equipped.damage"])(
    "for the path %s",
    (path) => {
      expect(setPath(table, path, 1)).toBe(false);
    },
  );

  it("for an element that isn't there", () => {
    const levels = read(schema, fresh()).get("levels") as Vector;
    expect([levels.set(3, 1), levels.set(-4, 1), levels.set(0.5, 1)]).toEqual([false, false, true]);
  });
});

describe("set refuses before it writes", () => {
  it.each([
    ["hp", 32768, "number-out-of-range"],
    ["hp", -32769, "number-out-of-range"],
    ["u8", -1, "number-out-of-range"],
    ["id", -1n, "number-out-of-range"],
    ["id", 2n ** 64n, "number-out-of-range"],
    ["f", 1e39, "number-out-of-range"],
    ["hp", 1.5, "wrong-type"],
    ["hp", Number.NaN, "wrong-type"],
    ["hp", true, "wrong-type"],
    ["hp", "80", "wrong-type"],
    ["ratio", 1n, "wrong-type"],
    ["alive", 1, "wrong-type"],
    ["name", 5, "wrong-type"],
    ["name", "longer", "wrong-length"],
    ["name", "é\u00e9", "wrong-length"],
    ["name", "a\ud800", "invalid-utf8"],
    ["color", "Pink", "unknown-enum-value"],
    ["marks", "A  B", "unknown-enum-value"],
    ["equipped_type", 2, "wrong-type"],
    ["equipped", 1, "wrong-type"],
    ["pos", 1, "wrong-type"],
    ["levels", 1, "wrong-type"],
    ["nothing", 1, "unknown-field"],
  ] as const)("%s = %s: %s", (name, value, code) => {
    const bytes = fresh();
    expect(() => read(schema, bytes).set(name, value)).toThrow(
      expect.objectContaining({ name: "FlatbufferError", code }),
    );
    expect(bytes).toEqual(fresh());
  });

  it("also where the value would not be stored", () => {
    const table = read(schema, fromJSON(schema, "{}"));
    expect(() => table.set("hp", 1e9)).toThrow(expect.objectContaining({ code: "number-out-of-range" }));
  });
});

describe("set and the bytes it was given", () => {
  it("writes to the caller's memory, at any place in it", () => {
    const memory = Buffer.concat([Buffer.alloc(3, 0xa5), fresh(), Buffer.alloc(3, 0xa5)]);
    read(schema, memory.subarray(3, -3)).set("hp", 1);
    expect(read(schema, memory.subarray(3, -3)).get("hp")).toBe(1);
    expect([...memory.subarray(0, 3), ...memory.subarray(-3)]).toEqual(new Array(6).fill(0xa5));
  });

  it("writes to a copy of shared memory", () => {
    const shared = new SharedArrayBuffer(fresh().length);
    new Uint8Array(shared).set(fresh());
    const table = read(schema, shared);
    expect([table.set("hp", 1), table.get("hp"), read(schema, shared).get("hp")]).toEqual([true, 1, 80]);
  });
});

describe("a verified buffer in which everything that can be set is set", () => {
  it.each(fixtures())("$name is still verified", ({ schema, data: bytes, options }) => {
    for (const toLargest of [false, true]) {
      setAll(read(schema, bytes, options), toLargest);
      expect(verify(schema, bytes, options).ok).toBe(true);
    }
  });

  it("is changed", () => {
    const bytes = fresh();
    expect(setAll(read(schema, bytes), true)).toBeGreaterThan(30);
    expect(toObject(schema, bytes)).toMatchObject({
      hp: 32767,
      name: "~~~",
      levels: [2147483647, 2147483647, 2147483647],
    });
  });
});

/** Sets every scalar inside to the least or greatest of its type, every string to other text; tells how many. */
function setAll(view: unknown, toLargest: boolean): number {
  const setOne = (value: unknown, baseType: BaseType, set: (next: string | Scalar) => boolean): number => {
    const range = RANGES.get(baseType);
    if (range === undefined && baseType !== BaseType.String) return setAll(value, toLargest);
    const text = (toLargest ? "~" : "_").repeat(Buffer.byteLength(String(value)));
    expect(set(range?.[toLargest ? 1 : 0] ?? text)).toBe(true);
    return 1;
  };
  let count = 0;
  if (view instanceof Table || view instanceof Struct) {
    for (const { name, type } of view.fields()) {
      count += setOne(view.get(name), type.baseType, (next) => view.set(name, next));
    }
  }
  if (view instanceof Vector) {
    const { element } = view.field.type;
    for (let index = 0; index < view.length; index++) {
      count += setOne(view.at(index), element, (next) => view.set(index, next));
    }
  }
  return count;
}

type Scalar = number | bigint | boolean;

const RANGES: ReadonlyMap<BaseType, readonly [least: Scalar, greatest: Scalar]> = new Map([
  [BaseType.Bool, [false, true]],
  [BaseType.Byte, [-128, 127]],
  [BaseType.UByte, [0, 255]],
  [BaseType.Short, [-32768, 32767]],
  [BaseType.UShort, [0, 65535]],
  [BaseType.Int, [-(2 ** 31), 2 ** 31 - 1]],
  [BaseType.UInt, [0, 2 ** 32 - 1]],
  [BaseType.Long, [-(2n ** 63n), 2n ** 63n - 1n]],
  [BaseType.ULong, [0n, 2n ** 64n - 1n]],
  [BaseType.Float, [-Infinity, Number.NaN]],
  [BaseType.Double, [Number.NaN, Infinity]],
]);
