import { describe, expect, it } from "vitest";
import { fromJSON, parseSchema, read } from "../../src/index.js";
import { parsePath } from "../../src/read/parse-path.js";
import { getPath, setPath } from "../../src/read/path.js";

const schema = parseSchema(`
  struct Pos { x: float; cells: [int:3]; }
  table Weapon { name: string; damage: short = 3; }
  table Note { text: string; }
  union Any { Weapon, Pos, Text: string }
  table Root {
    hp: short = 100; name: string; pos: Pos; weapons: [Weapon]; any: Any; many: [Any]; maybe: int = null;
    note: [ubyte] (nested_flatbuffer: "Note"); flex: [ubyte] (flexbuffer); tags: [string]; bytes: [ubyte];
  }
  root_type Root;`);
const root = read(
  schema,
  fromJSON(
    schema,
    JSON.stringify({
      hp: 80,
      name: "orc",
      pos: { x: 1.5, cells: [1, 2, 3] },
      weapons: [{ name: "axe", damage: 5 }, {}],
      any_type: "Weapon",
      any: { name: "bow" },
      many_type: ["Text", "Weapon", "Pos"],
      many: ["hello", { name: "pike" }, { x: 2.5, cells: [4, 5, 6] }],
      note: { text: "inside" },
      flex: { a: [1, { b: "deep" }] },
      tags: ["one", "two"],
      bytes: [7, 8],
    }),
  ),
);

describe("getPath", () => {
  it.each([
    ["hp", 80],
    ["name", "orc"],
    ["pos.x", 1.5],
    ["pos.cells[2]", 3],
    ["pos.cells[-1]", 3],
    ["weapons[0].damage", 5],
    ["weapons[1].damage", 3],
    ["weapons[-1].damage", 3],
    ["any.name", "bow"],
    ["any_type", 1],
    ["many[0]", "hello"],
    ["many[1].name", "pike"],
    ["many[2].cells[0]", 4],
    ["note.text", "inside"],
    ["flex.a[0]", 1],
    ["flex.a[1].b", "deep"],
    ["flex.a[-1].b", "deep"],
    ["tags[1]", "two"],
    ["bytes[1]", 8],
    ["maybe", null],
    ['["weapons"][0]["name"]', "axe"],
  ] as const)("%s is %s", (path, value) => {
    expect(getPath(root, path as string)).toEqual(value);
    expect(getPath(root, parsePath(path))).toEqual(value);
  });

  it.each([
    "weapons[2]",
    "weapons[2].name",
    "weapons[-3].name",
    "weapons[1].name",
    "maybe.x",
    "flex.b",
    "flex.a[9].b",
    "flex.constructor",
    "flex.__proto__",
  ])("%s is undefined", (path) => expect(getPath(root, path)).toBeUndefined());

  it("gives views on tables, and the view itself for an empty path", () => {
    expect((getPath(root, "weapons[0]") as { get(name: string): unknown }).get("name")).toBe("axe");
    expect(getPath(root, "")).toBe(root);
    expect(getPath(root, [])).toBe(root);
  });

  it.each(["hpp", "weapons[0].hpp", "pos.constructor", "any.damages", "note.txt"])("%s: unknown-field", (path) => {
    expect(() => getPath(root, path)).toThrow(
      expect.objectContaining({ name: "FlatbufferError", code: "unknown-field" }),
    );
  });

  it.each([
    ".hp",
    "hp.",
    "a..b",
    "weapons[",
    "weapons[]",
    "weapons[x]",
    "weapons[1",
    "weapons[1.5]",
    "weapons[1]name",
    "weapons]",
    'a"b"',
    '["a',
    '["a"',
    '["\\x"]',
    "weapons[99999999999]",
    "weapons.name",
    "name[0]",
    "hp.x",
    "[0]",
    "pos[0]",
    "tags.one",
  ])("%s: invalid-path", (path) => {
    expect(() => getPath(root, path)).toThrow(
      expect.objectContaining({ name: "FlatbufferError", code: "invalid-path" }),
    );
  });

  it.each([null, 5, {}, [null], [1.5], [{}]])("refuses %s, which is no path", (path) => {
    expect(() => getPath(root, path as never)).toThrow(expect.objectContaining({ code: "invalid-path" }));
  });
});

describe("setPath", () => {
  it("refuses what can't be set in place", () => {
    expect(() => setPath(root, "", 1)).toThrow(expect.objectContaining({ code: "invalid-path" }));
    expect(() => setPath(root, "flex.a[0]", 1)).toThrow(expect.objectContaining({ code: "wrong-type" }));
    expect(() => setPath(root, "weapons[0]", 1)).toThrow(expect.objectContaining({ code: "wrong-type" }));
    expect(() => setPath(root, "weapons.x", 1)).toThrow(expect.objectContaining({ code: "invalid-path" }));
  });
});
