import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** All files that a bundler takes in for these, relative to src; imports of types alone take nothing in. */
function reached(...starts: readonly string[]): Set<string> {
  const files = new Set(starts);
  for (const file of files) {
    const text = readFileSync(join(source, file), "utf8");
    for (const [statement, path] of text.matchAll(/^(?:import|export) [^;]*?from "(\.[^"]+)\.js";/gms)) {
      if (/^(?:import|export) type /.test(statement)) continue;
      files.add(join(dirname(file), `${path}.ts`));
    }
  }
  return files;
}

describe("a program that only reads", () => {
  const files = reached("reflection/load.ts", "verify/verify.ts", "json/to-json.ts");

  it("takes in neither the parser of schema text nor what only that needs", () => {
    expect(files.size).toBeGreaterThan(30);
    const parser = [...files].filter((file) => {
      return (
        file.startsWith("fbs/") ||
        /^text\/(?:scanner|string-literal|conversion)\./.test(file) ||
        /^reflection\/compare/.test(file)
      );
    });
    expect(parser).toEqual([]);
  });

  it("would take it in by naming it, which shows that this test can fail", () => {
    expect(reached("fbs/index.ts").has("text/scanner.ts")).toBe(true);
  });
});
