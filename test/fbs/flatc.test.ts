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
        if (line === undefined) return;
        // What has a path is data behind the declarations; its column is told as JSON's are (decision 31).
        const ours = error.path === undefined ? `${error.line}:${error.column}` : String(error.line);
        const theirs = error.path === undefined ? `${line}:${column}` : line;
        expect(ours, `${text}\n${message}`).toBe(theirs);
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
