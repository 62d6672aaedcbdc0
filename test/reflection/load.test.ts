import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type LoadSchemaOptions, loadSchema, reflectionSchema, type Schema, toJSON, verify } from "../../src/index.js";

const reflectionBfbs = new Uint8Array(readFileSync("reflection/reflection.bfbs"));
const plain = new Uint8Array(readFileSync("fixtures/hostile/hostile.bfbs"));
const full = new Uint8Array(readFileSync("fixtures/hostile/hostile.full.bfbs"));

function partsOf(schema: Schema) {
  const { objectList, enumList, services, rootTable, fileIdentifier, fileExtension, advancedFeatures, files } = schema;
  return { objectList, enumList, services, rootTable, fileIdentifier, fileExtension, advancedFeatures, files };
}

describe("the library reads itself first", () => {
  it("loads reflection.bfbs to exactly the bootstrap model, words and all", () => {
    expect(partsOf(loadSchema(reflectionBfbs))).toEqual(partsOf(reflectionSchema()));
  });

  it("writes the bootstrap model back to the same bytes", () => {
    expect(reflectionSchema().bytes).toEqual(reflectionBfbs);
  });

  it("verifies and prints any .bfbs with the schema of schemas, its own too", () => {
    for (const bytes of [reflectionBfbs, plain, full]) {
      expect(verify(reflectionSchema(), bytes).ok).toBe(true);
      const value = JSON.parse(toJSON(loadSchema(reflectionBfbs), bytes)) as { objects: { name: string }[] };
      expect(value.objects.map(({ name }) => name)).toEqual([...loadSchema(bytes).objects.keys()]);
    }
  });
});

describe("a schema", () => {
  const schema = loadSchema(full);

  it("has fields in order of id, whatever their order in the file", () => {
    const root = schema.object("Hostile.Root");
    expect(root?.fields.map(({ id }) => id)).toEqual(root?.fields.map((_, id) => id));
    expect(root?.fields[0]?.name).toBe("flag");
    expect(schema.rootTable).toBe(root);
  });

  it("keeps its own copy of the bytes", () => {
    const mine = full.slice();
    const copy = loadSchema(mine);
    mine.fill(0);
    expect(copy.bytes).toEqual(full);
  });

  it("is frozen down to its fields", () => {
    const root = schema.rootTable!;
    for (const part of [
      schema,
      root,
      root.fields,
      root.fields[0],
      schema.enumList[0],
      schema.enumList[0]?.values,
      schema.objectList,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it("knows bit flags and unions by value", () => {
    expect(schema.enum("Hostile.Mood")).toMatchObject({
      isBitFlags: true,
      values: [
        { name: "Calm", value: 1n },
        { name: "Loud", value: 2n },
      ],
    });
    expect(schema.enum("Hostile.Any")?.values.map(({ name, value }) => [name, value])).toEqual([
      ["NONE", 0n],
      ["Leaf", 1n],
      ["Point", 5n],
      ["Text", 9n],
    ]);
    expect(loadSchema(plain).enum("Hostile.Mood")?.isBitFlags).toBe(false);
  });
});

describe("attributes that flatc left out", () => {
  const attributes: LoadSchemaOptions["attributes"] = {
    "Hostile.Mood": { bit_flags: "" },
    "Hostile.Root.nested": { nested_flatbuffer: "Root" },
    "Hostile.Root.flex": { flexbuffer: "" },
  };

  it("can be given by the caller and then count like flatc's own", () => {
    const honest = readFileSync("fixtures/hostile/honest.bin");
    expect(toJSON(loadSchema(plain, { attributes }), honest)).toBe(toJSON(loadSchema(full), honest));
    expect(toJSON(loadSchema(plain), honest)).not.toBe(toJSON(loadSchema(full), honest));
  });

  it("are refused for names that aren't in the schema", () => {
    for (const name of ["Hostile.Nobody", "Hostile.Root.nobody", "__proto__", "constructor"]) {
      const wrong = JSON.parse(`{${JSON.stringify(name)}: {"x": ""}}`) as Record<string, Record<string, string>>;
      expect(() => loadSchema(plain, { attributes: wrong })).toThrow(
        expect.objectContaining({ code: "invalid-option" }),
      );
    }
  });
});

describe("what is no schema", () => {
  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(0), "not-a-schema"],
    ["three bytes", Uint8Array.of(1, 2, 3), "not-a-schema"],
    ["a buffer of another schema", new Uint8Array(readFileSync("fixtures/hostile/honest.bin")), "not-a-schema"],
    ["schema text", new Uint8Array(readFileSync("fixtures/hostile/hostile.fbs")), "schema-is-text"],
    ["a truncated .bfbs", full.slice(0, 300), "schema-damaged"],
    ["eight bytes with the mark", full.slice(0, 8), "schema-damaged"],
  ])("%s is refused with a word of its own", (_what, bytes, code) => {
    expect(() => loadSchema(bytes)).toThrow(expect.objectContaining({ code }));
  });

  it("a .bfbs cut short anywhere (but in the padding at its end) is refused, none with anything but a FlatbufferError", () => {
    for (let length = 0; length < full.length - 4; length += 7) {
      expect(() => loadSchema(full.subarray(0, length))).toThrow(expect.objectContaining({ name: "FlatbufferError" }));
    }
  });
});
