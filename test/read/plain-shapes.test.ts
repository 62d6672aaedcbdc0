import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, toObject } from "../../src/index.js";

type Plain = Record<string, unknown>;

/** Keys and values of all objects inside, in the order in which they come; throws unless all have this prototype. */
function entriesOf(value: unknown, prototype: object | null): unknown {
  if (Array.isArray(value)) return value.map((part) => entriesOf(part, prototype));
  if (typeof value !== "object" || value === null) return value;
  expect(Object.getPrototypeOf(value)).toBe(prototype);
  return Object.entries(value).map(([key, part]) => [key, entriesOf(part, prototype)]);
}

/** That `made` has what `given` has, and no prototypes. */
function expectPlain(made: unknown, given: unknown): void {
  expect(entriesOf(made, null)).toEqual(entriesOf(given, Object.prototype));
}

describe("objects of more shapes than the engine is taught (docs/decisions/0021)", () => {
  it("structs of 40 types, alone and in vectors of every length", () => {
    const types = Array.from({ length: 40 }, (_, type) => type);
    const schema = parseSchema(`
      ${types.map((type) => `struct S${type} { first${type}: int; __proto__: double; hasOwnProperty: bool; }`).join("\n")}
      table Root { ${types.map((type) => `one${type}: S${type}; many${type}: [S${type}];`).join(" ")} }
      root_type Root;`);
    const struct = (type: number, index: number): Plain =>
      Object.fromEntries([
        [`first${type}`, index * 1000 - type],
        ["__proto__", index / 3 + type],
        ["hasOwnProperty", index % 2 === 0],
      ]);
    const value = Object.fromEntries(
      types.flatMap((type) => [
        [`one${type}`, struct(type, 7)],
        [`many${type}`, Array.from({ length: type < 38 ? type : 600 }, (_, index) => struct(type, index))],
      ]),
    );
    const bytes = fromObject(schema, value);
    for (let round = 0; round < 3; round++) expectPlain(toObject(schema, bytes), value);
  });

  it("tables with every choice of 11 fields, more than are remembered", () => {
    const names = ["a", "constructor", "c", "__proto__", "e", "toString", "g", "h", "valueOf", "j", "k"];
    const schema = parseSchema(`
      table Row { ${names.map((name) => `${name}: int = null;`).join(" ")} }
      table Root { rows: [Row]; }
      root_type Root;`);
    const row = (choice: number): Plain =>
      Object.fromEntries(names.flatMap((name, id) => (choice & (1 << id) ? [[name, choice + id]] : [])));
    const rows = Array.from({ length: 2 ** names.length }, (_, choice) => row(choice));
    const bytes = fromObject(schema, { rows });
    for (let round = 0; round < 2; round++) {
      expectPlain(toObject(schema, bytes, { defaults: false }), { rows });
      const full = toObject<{ rows: Plain[] }>(schema, bytes).rows;
      for (const [choice, made] of full.entries()) {
        expect(Object.entries(made)).toEqual(names.map((name, id) => [name, choice & (1 << id) ? choice + id : null]));
      }
    }
  });
});
