import { defineConfig } from "vitest/config";

/** The tests that a mutation of wire, verify or the schema rules has to pass: fast ones, without the corpus. */
export default defineConfig({
  test: {
    include: [
      "test/wire/**/*.test.ts",
      "test/verify/**/*.test.ts",
      "test/hostile/**/*.test.ts",
      "test/reflection/load*.test.ts",
    ],
    // Instrumented code takes minutes for a million code points.
    testNamePattern: /^(?!.*every code point)/,
    testTimeout: 120_000,
    exclude: ["test/verify/corpus.test.ts", "test/hostile/bombs.test.ts"],
  },
});
