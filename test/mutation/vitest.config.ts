import { defineConfig } from "vitest/config";

const SLOW = [
  "every code point",
  "all sequences of",
  "a million",
  "in a buffer large enough",
  "V14: more objects",
  "V5: a table of more",
  "A[1-5]: ",
];

/** The tests that a mutation of wire, verify or the schema rules has to pass, as `bundle.mjs` has made them one file. */
export default defineConfig({
  test: {
    include: ["test/mutation/all.test.mjs"],
    // Instrumented code takes ten times as long, and every mutation of the walk or of a rule would meet these tests.
    testNamePattern: new RegExp(`^(?!.*(${SLOW.join("|")}))`),
    testTimeout: 120_000,
  },
});
