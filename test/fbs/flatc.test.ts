import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSchema, printSchema } from "../../src/fbs/index.js";
import { FlatbufferError } from "../../src/wire/error.js";
import { schemaTextArbitrary } from "../property/schema-arbitrary.js";
import { Flatc } from "../support/flatc.js";
import { damaged } from "./damaged.js";

/** How many random schemas; the campaign of a release takes 2,000 and more. */
const numRuns = Number(process.env["RUNS"] ?? 300);

describe("flatc 25.12.19 on random schemas", () => {
  const flatc = new Flatc();

  it.each([false, true])("accepts them and writes the same bytes (builtins and comments: %s)", async (full) => {
    const flags = full ? ["--bfbs-builtins", "--bfbs-comments"] : [];
    await fc.assert(
      fc.asyncProperty(schemaTextArbitrary(), async (text) => {
        const { ok, message, bytes: bfbs } = await flatc.compile(text, flags);
        expect(ok, message).toBe(true);
        const schema = parseSchema(text, { fileName: "/p/r.fbs", bfbs: { builtins: full, comments: full } });
        expect(Buffer.compare(bfbs, schema.bytes)).toBe(0);
      }),
      { numRuns },
    );
  });

  it("takes what we print for what was printed", async () => {
    await fc.assert(
      fc.asyncProperty(schemaTextArbitrary(), async (text) => {
        const bfbs = { builtins: true, comments: true };
        const printed = printSchema(parseSchema(text));
        const { ok, message, bytes } = await flatc.compile(printed, ["--bfbs-builtins", "--bfbs-comments"]);
        expect(ok, message).toBe(true);
        expect(Buffer.compare(bytes, parseSchema(printed, { fileName: "/p/r.fbs", bfbs }).bytes)).toBe(0);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it.each([
    "enum E: int { z = 0, b = 1, a = 1 }",
    "enum E: int { z = 0, a = 1, b = 1 }",
    "enum E: ulong { q = 5, z, B = 9, b = 9, _b = 9, a9 = 9, a10 = 9, c = 7, d = 7, y = 6 }",
    "table A { } union U { b: A = 1, a: A = 1 }",
  ])("sorts enumerators that are equal as flatc does: %s", async (declaration) => {
    const text = `${declaration} table T { n: int; } root_type T;`;
    const { ok, message, bytes } = await flatc.compile(text);
    expect(ok, message).toBe(true);
    expect(Buffer.compare(bytes, parseSchema(text, { fileName: "/p/r.fbs" }).bytes)).toBe(0);
  });

  it("agrees on accepting, and on the place of the first mistake, when a few tokens are changed", async () => {
    let rejected = 0;
    await fc.assert(
      fc.asyncProperty(damaged(schemaTextArbitrary({ decoration: false })), async (text) => {
        const { ok, message } = await flatc.compile(text);
        const error = errorOf(text);
        expect(error === undefined, `${text}\n${message}\n${error?.message}`).toBe(ok);
        if (error === undefined) return;
        rejected++;
        const [, line, column] = /:(\d+): (\d+): error: /.exec(message) ?? [];
        // What has a path is data behind the declarations; its place is told as JSON's are (decision 31).
        if (line !== undefined && error.path === undefined)
          expect(`${error.line}:${error.column}`, `${text}\n${message}`).toBe(`${line}:${column}`);
      }),
      { numRuns },
    );
    expect(rejected).toBeGreaterThan(numRuns / 4);
  });
});

function errorOf(text: string): FlatbufferError | undefined {
  try {
    parseSchema(text, { fileName: "/p/r.fbs" });
    return undefined;
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
}
