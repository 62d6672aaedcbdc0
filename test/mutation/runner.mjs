/**
 * A test runner for Stryker: loads the bundled tests of wire, verify and the schema rules once, and switches one
 * mutation after the other on in the loaded code.
 *
 * The first run, without a mutation, leaves everything that the library remembers per schema as it should be. What a
 * mutation might leave behind is looked for: every now and then all tests run without one, and have to pass.
 */
import { pathToFileURL } from "node:url";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

/** Instrumented code takes ten times as long, and every mutation of the walk or of a rule would meet these tests. */
const SLOW =
  /every code point|all sequences of|around every boundary|a million|whatever the nested buffer was|follows what is shown up to four times|V14: more objects|V5: a table of more|A[1-5]: /;
const BETWEEN_CLEAN_RUNS = 100;

/** How instrumented code and whoever switches its mutations talk to each other. */
const stryker = globalThis.__stryker__ ?? {};
globalThis.__stryker__ = stryker;

class LoadedTests {
  #tests = [];
  #mutants = 0;

  /** Yes, so that nobody starts a process anew: mutations that need loaded code to run again are left out anyway. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis }) {
    stryker.mutantCoverage = { static: {}, perTest: {} };
    await this.#load();
    const tests = await this.#run(this.#tests, false);
    const mutantCoverage = coverageAnalysis === "off" ? undefined : stryker.mutantCoverage;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    await this.#load();
    // A worker that never made the first run makes it now.
    if (this.#mutants++ % BETWEEN_CLEAN_RUNS === 0) await this.#cleanRun();
    const wanted = new Set(testFilter ?? this.#tests.map(({ name }) => name));
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    stryker.hitLimit = hitLimit;
    stryker.activeMutant = activeMutant.id;
    const tests = await this.#run(
      this.#tests.filter(({ name }) => wanted.has(name)),
      !disableBail,
    );
    const { hitCount } = stryker;
    stryker.activeMutant = undefined;
    stryker.hitCount = undefined;
    return toMutantRunResult(
      determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
      true,
    );
  }

  async #load() {
    if (this.#tests.length > 0) return;
    const { tests } = await import(pathToFileURL("test/mutation/all.test.mjs").href);
    const names = new Map();
    this.#tests = tests
      .filter(({ name }) => !SLOW.test(name))
      .map(({ name, run }) => {
        const times = (names.get(name) ?? 0) + 1;
        names.set(name, times);
        return { name: times === 1 ? name : `${name} #${times}`, run };
      });
  }

  async #cleanRun() {
    const failed = (await this.#run(this.#tests, true)).find(({ status }) => status === TestStatus.Failed);
    if (failed !== undefined) throw new Error(`${failed.name} fails without a mutation: ${failed.failureMessage}`);
  }

  async #run(tests, bail) {
    const results = [];
    for (const { name, run } of tests) {
      stryker.currentTestId = name;
      const started = performance.now();
      let failureMessage;
      try {
        await run();
      } catch (error) {
        failureMessage = String(error?.message ?? error);
      }
      const timeSpentMs = performance.now() - started;
      const status = failureMessage === undefined ? TestStatus.Success : TestStatus.Failed;
      results.push({ id: name, name, timeSpentMs, status, failureMessage });
      if (failureMessage !== undefined && bail) break;
    }
    stryker.currentTestId = undefined;
    return results;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "loaded-tests", LoadedTests)];
