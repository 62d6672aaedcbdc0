import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";

/** Modules that a bundler keeps of a program with this one import. */
async function modulesOf(code: string): Promise<readonly string[]> {
  const entry = `${process.cwd()}/entry.ts`;
  const bundle = await rolldown({
    input: entry,
    plugins: [
      { name: "entry", load: (id) => (id === entry ? code : null), resolveId: (id) => (id === entry ? id : null) },
    ],
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return Object.entries(output[0].modules).flatMap(([id, { code: text }]) => (text ? [id] : []));
}

describe("a bundle", () => {
  it("that only reads has no parser of schema text, nor what builds buffers from JSON", async () => {
    const reading = await modulesOf('export { loadSchema, verify, toJSON } from "./src/index.js";');
    expect(reading.filter((id) => /\/src\/(fbs|edit|cli)\/|\/src\/json\/parse-/.test(id))).toEqual([]);
    expect(reading.some((id) => id.endsWith("/src/verify/verify.ts"))).toBe(true);
  });

  it("that parses has the parser: the test above can fail", async () => {
    const parsing = await modulesOf('export { parseSchema } from "./src/index.js";');
    expect(parsing.some((id) => id.includes("/src/fbs/"))).toBe(true);
  });
});
