import { describe, expect, it, vi } from "vitest";
import * as flatlens from "../../src/index.js";

const text = "table T { name: string; hp: int; } root_type T;";
const schema = flatlens.parseSchema(text);
const bytes = flatlens.fromObject(schema, { name: "a", hp: 7 });

const VERBS: Readonly<Record<string, (schema: flatlens.Schema) => unknown>> = {
  verify: (given) => flatlens.verify(given, bytes).ok,
  toJSON: (given) => flatlens.toJSON(given, bytes),
  toJSONBytes: (given) => flatlens.toJSONBytes(given, bytes),
  toObject: (given) => flatlens.toObject(given, bytes),
  read: (given) => flatlens.read<{ hp: number }>(given, bytes).get("hp"),
  fieldReader: (given) => flatlens.fieldReader(given, "T", "hp")(flatlens.read(given, bytes)),
  fromJSON: (given) => flatlens.fromJSON(given, '{"hp": 7}'),
  fromObject: (given) => flatlens.fromObject(given, { hp: 7 }),
  edit: (given) => flatlens.edit(given, bytes, [{ path: "hp", set: 8 }]),
  printSchema: (given) => flatlens.printSchema(given),
  compareSchemas: (given) => flatlens.compareSchemas(given, given),
  "compareSchemas, the second": (given) => flatlens.compareSchemas(schema, given),
};

describe.each(Object.entries(VERBS))("%s", (_, verb) => {
  it.each([
    ["the bytes of one", schema.bytes, "Uint8Array"],
    ["nothing", undefined, "undefined"],
    ["null", null, "null"],
    ["its text", text, "string"],
    ["another object", {}, "Object"],
  ])("wants a schema, not %s", (_, given, what) => {
    expect(() => verb(given as unknown as flatlens.Schema)).toThrow(
      expect.objectContaining({
        name: "FlatbufferError",
        code: "invalid-argument",
        message: `expected a Schema, which loadSchema and parseSchema make, got ${what}`,
      }),
    );
  });

  it("takes the schema of another copy of the library", async () => {
    vi.resetModules();
    const other = (await import("../../src/index.js")).parseSchema(text);
    expect(other).not.toBeInstanceOf(flatlens.Schema);
    const expected = verb(schema);
    for (let times = 0; times < 2; times++) expect(verb(other)).toEqual(expected);
  });
});
