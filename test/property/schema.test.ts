import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSchema, printSchema } from "../../src/fbs/index.js";
import { loadSchema } from "../../src/reflection/load.js";
import { modelOf } from "../fbs/model-of.js";
import { schemaArbitrary, schemaTextArbitrary } from "./schema-arbitrary.js";

const numRuns = Number(process.env["RUNS"] ?? 500);

describe("printing keeps what random schemas found hard", () => {
  it.each([
    [
      "a table in a union that is nested in another one, which is nested in it",
      `namespace game; union U { Table0 } table Table0 { a: [ubyte] (nested_flatbuffer: "game.Table1"); }
       table Table1 { a: [ubyte] (nested_flatbuffer: "game.Table0"); }`,
    ],
    [
      "an enum of which only a default above 2^63 is left",
      "enum E : ulong { A = 18446744073709551615 } table T { a: E = A; }",
    ],
    ["a struct that a service names before it is one", "rpc_service S { f(A): A; } struct A { x: int; }"],
    ["a type with the name of a builtin one", "table int {} rpc_service S { f(int): int; }"],
    ["a field with the name of a later table", "table T { x: x; } table x {}"],
    [
      "namesakes in namespaces inside one another",
      "table A {} namespace N; table B { a: A; } table A { b: B; } namespace N.M; table A { n: N.A; }",
    ],
  ])("%s", (_, text) => {
    const bfbs = { builtins: true, comments: true };
    const schema = parseSchema(text, { bfbs });
    expect(modelOf(parseSchema(printSchema(schema)))).toBe(modelOf(schema));
    const plain = { textOnly: true };
    if (schema.warnings.length > 0) return;
    expect(modelOf(parseSchema(printSchema(loadSchema(schema.bytes))), plain)).toBe(modelOf(schema, plain));
  });
});

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
