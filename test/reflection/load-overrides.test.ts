import { describe, expect, it } from "vitest";
import { type AttributeOverrides, applyOverrides } from "../../src/reflection/overrides.js";
import { Draft } from "../hostile/schemas.js";

const parts = new Draft().parts();

/** The hostile schema where Root.flag and Mood have the attributes b, d and f. */
function attributed() {
  const draft = new Draft();
  const attributes = new Map([
    ["b", "old b"],
    ["d", "old d"],
    ["f", "old f"],
  ]);
  Object.assign(draft.field("Root.flag"), { attributes });
  Object.assign(draft.enum("Mood"), { attributes });
  return draft.parts();
}

function objectOf(overrides: AttributeOverrides, name: string, from = parts) {
  return applyOverrides(from, overrides).objects.find((object) => object.name === name)!;
}

function enumOf(overrides: AttributeOverrides, name: string, from = parts) {
  return applyOverrides(from, overrides).enums.find((enumDef) => enumDef.name === name)!;
}

describe("attributes from the caller", () => {
  it("leave the parts as they are when there are none", () => {
    expect(applyOverrides(parts, undefined)).toBe(parts);
    expect(applyOverrides(parts, {})).toBe(parts);
  });

  it.each([
    [{ a: "1" }, "abdf"],
    [{ c: "1" }, "bcdf"],
    [{ e: "1" }, "bdef"],
    [{ g: "1" }, "bdfg"],
    [{ g: "1", a: "2", e: "3", c: "4" }, "abcdefg"],
    [{}, "bdf"],
  ])("stand in the order of their names: %j", (more, order) => {
    const from = attributed();
    const flag = objectOf({ "Hostile.Root.flag": more }, "Hostile.Root", from).fields[0]!;
    const mood = enumOf({ "Hostile.Mood": more }, "Hostile.Mood", from);
    for (const { attributes } of [flag, mood]) {
      expect([...attributes.keys()].join("")).toBe(order);
      expect(Object.fromEntries(attributes)).toEqual({ b: "old b", d: "old d", f: "old f", ...more });
    }
  });

  it.each(["b", "d", "f"])("win against the schema's own: %s", (name) => {
    const { attributes } = enumOf({ "Hostile.Mood": { [name]: "new" } }, "Hostile.Mood", attributed());
    expect([...attributes]).toEqual([
      ["b", name === "b" ? "new" : "old b"],
      ["d", name === "d" ? "new" : "old d"],
      ["f", name === "f" ? "new" : "old f"],
    ]);
  });

  it("go to tables, structs, fields, enums and unions, and to no other", () => {
    for (const name of ["Hostile.Leaf", "Hostile.Point", "Hostile.Root.flag", "Hostile.Mood", "Hostile.Any"]) {
      const { objects, enums } = applyOverrides(parts, { [name]: { mark: "x" } });
      const fields = objects.flatMap((object) =>
        object.fields.map((field) => ({ name: `${object.name}.${field.name}`, attributes: field.attributes })),
      );
      const marked = [...objects, ...fields, ...enums].filter(({ attributes }) => attributes.get("mark") === "x");
      expect(marked.map((part) => part.name)).toEqual([name]);
    }
  });

  it("are found by the field's name too", () => {
    const root = objectOf({ "Hostile.Root.flag": { mark: "x" } }, "Hostile.Root");
    expect([...root.fieldsByName.keys()]).toEqual(root.fields.map(({ name }) => name));
    expect(root.fieldsByName.get("flag")).toBe(root.fields[0]);
    expect(root.fieldsByName.get("flag")?.attributes.get("mark")).toBe("x");
  });

  it("reach the root table, where there is one", () => {
    const overrides = { "Hostile.Root": { mark: "x" } };
    const { objects, rootTable } = applyOverrides(parts, overrides);
    expect(rootTable?.attributes.get("mark")).toBe("x");
    expect(rootTable).toBe(objects[rootTable!.index]);
    expect(applyOverrides({ ...parts, rootTable: undefined }, overrides).rootTable).toBeUndefined();
  });

  it("make bit flags of an enum, but not of a union", () => {
    const flags = { bit_flags: "" };
    expect(enumOf({ "Hostile.Color": flags }, "Hostile.Color").isBitFlags).toBe(true);
    expect(enumOf({ "Hostile.Color": { other: "" } }, "Hostile.Color").isBitFlags).toBe(false);
    expect(enumOf({ "Hostile.Any": flags }, "Hostile.Any").isBitFlags).toBe(false);
    expect(enumOf({ "Hostile.Any": { other: "" } }, "Hostile.Any").isBitFlags).toBe(false);
  });

  it("leave frozen parts behind", () => {
    const { objects, enums } = applyOverrides(parts, { "Hostile.Root.flag": { mark: "x" } });
    for (const part of [...objects, ...objects.map(({ fields }) => fields), ...objects[0]!.fields, ...enums])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it.each([
    [["Hostile.Nobody"], "Hostile.Nobody"],
    [["Hostile.Mood", "Hostile.Root.nobody", "Nobody"], "Hostile.Root.nobody"],
    [['with "quotes"'], 'with \\"quotes\\"'],
  ])("are refused for the first name that isn't in the schema: %j", (names, shown) => {
    const overrides = Object.fromEntries(names.map((name) => [name, { mark: "x" }]));
    expect(() => applyOverrides(parts, overrides)).toThrow(
      expect.objectContaining({
        code: "invalid-option",
        message: `attributes names "${shown}", which is not in the schema`,
      }),
    );
  });
});
