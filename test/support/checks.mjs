/**
 * For checks that are no vitest tests, since they need a browser, a compiler, a packed tarball or engine flags: runs
 * them one by one and ends with the line `N passed, N failed`, which `.ci/run` adds up.
 */
export function createChecks(area) {
  let passed = 0;
  let failed = 0;

  return {
    /** Runs one check. Whatever it throws is its failure; a check that can't run throws too. */
    async check(name, run) {
      try {
        await run();
        passed++;
        console.log(`ok    ${area}: ${name}`);
      } catch (error) {
        failed++;
        console.log(`FAIL  ${area}: ${name}\n      ${reasonOf(error).replaceAll("\n", "\n      ")}`);
      }
    },
    /** Prints the count and sets the exit code. */
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed > 0 ? 1 : 0;
    },
  };
}

/** Throws unless both are the same text (or anything else that `===` compares). */
export function assertSame(actual, expected, what = "value") {
  if (actual === expected) return;
  throw new Error(`${what}: expected ${shorten(expected)}, got ${shorten(actual)}`);
}

export function assertTrue(condition, reason) {
  if (!condition) throw new Error(reason);
}

function reasonOf(error) {
  const output = [error?.stdout, error?.stderr].filter(Boolean).map(String).join("");
  return `${error instanceof Error ? error.message : String(error)}${output === "" ? "" : `\n${output.trim()}`}`;
}

function shorten(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
