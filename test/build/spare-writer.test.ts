import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromJSON, fromObject, loadSchema, parseSchema, toObject } from "../../src/index.js";

const schema = loadSchema(readFileSync("fixtures/monster/monster.full.bfbs"));
const texts = ["small", "monster"].map((name) => readFileSync(`fixtures/monster/${name}.json`, "utf8"));
const noisy = JSON.stringify({
  name: "\u00ff".repeat(3000),
  inventory: new Array(500).fill(255),
  den: { address: "x" },
});

const keyed = parseSchema(`
  struct Wide { a: byte; b: double; }
  table T { s: string; w: Wide; n: [ubyte] (nested_flatbuffer: "T"); v: [Wide]; child: T; }
  root_type T;`);

/** Calls that end in the middle, at many depths: their writers are left in every state. */
const broken: (() => unknown)[] = [
  () => fromJSON(schema, noisy.slice(0, -9)),
  () => fromJSON(schema, '{"name": "a", "den": {"address": "b", "depth": }}'),
  () => fromJSON(keyed, '{"n": {"n": {"n": {"s": 5}}}}'),
  () => fromJSON(keyed, '{"v": [{"a": 1, "b": 2}, {"a": 1}]}'),
  () => fromObject(keyed, { s: "x", child: { n: { w: { a: 1 } } } }),
  () => fromObject(schema, { name: "x", inventory: [1, 2, 300] }),
];

describe("memory that one call leaves to the next", () => {
  const alone = texts.map((text) => fromJSON(schema, text));

  it("shows in no later buffer, whatever the calls before did", () => {
    for (const spoil of [() => fromJSON(schema, noisy), ...broken]) {
      for (const [index, text] of texts.entries()) {
        try {
          spoil();
        } catch (error) {
          expect(error).toMatchObject({ name: "FlatbufferError" });
        }
        expect(fromJSON(schema, text)).toEqual(alone[index]);
      }
    }
  });

  it("is not shared by calls inside one another", () => {
    const value = toObject(schema, alone[1]!) as Record<string, unknown>;
    const plain = fromObject(schema, value);
    const nosy = Object.defineProperty({ ...value }, "hp", {
      enumerable: true,
      get: () => {
        expect(fromJSON(schema, texts[0]!)).toEqual(alone[0]);
        return value["hp"];
      },
    });
    expect(fromObject(schema, nosy)).toEqual(plain);
  });
});
