import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSchema, printSchema } from "../../src/fbs/index.js";
import { loadSchema } from "../../src/reflection/load.js";
import { modelOf } from "../fbs/model-of.js";
import { schemaArbitrary, schemaTextArbitrary } from "./schema-arbitrary.js";

const numRuns = Number(process.env["RUNS"] ?? 500);

describe("random schemas", () => {
  it("are the same model after printing and parsing", () => {
    fc.assert(
      fc.property(schemaArbitrary(), ({ schema }) => {
        const printed = printSchema(schema);
        const again = parseSchema(printed);
        expect(modelOf(again)).toBe(modelOf(schema));
        expect(printSchema(again)).toBe(printed);
      }),
      { numRuns },
    );
  });

  it("are the same model after saving with everything and loading", () => {
    const bfbs = { builtins: true, comments: true };
    fc.assert(
      fc.property(schemaTextArbitrary(), (text) => {
        const schema = parseSchema(text, { fileName: "dir/random.fbs", bfbs });
        expect(modelOf(loadSchema(schema.bytes), { textOnly: true })).toBe(modelOf(schema, { textOnly: true }));
      }),
      { numRuns },
    );
  });

  it("can be printed from a .bfbs without builtin attributes and comments", () => {
    const plain = { builtins: true, docs: true, textOnly: true } as const;
    fc.assert(
      fc.property(schemaArbitrary(), ({ schema }) => {
        const loaded = loadSchema(schema.bytes);
        const again = parseSchema(printSchema(loaded));
        expect(modelOf(again, plain)).toBe(modelOf(schema, plain));
      }),
      { numRuns },
    );
  });
});
