/**
 * A test runner for Stryker: loads the bundled tests of wire, verify and the schema rules once, and switches one
 * mutation after the other on in the loaded code.
 *
 * The first run, without a mutation, leaves everything that the library remembers per schema as it should be. What a
 * mutation might leave behind is looked for: every now and then all tests run without one, and have to pass.
 *
 * A new process begins with such a run, for which the time limit of the configuration has to leave room; loops without
 * an end are left by counting, not by time.
 */
import { pathToFileURL } from "node:url";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { DryRunStatus, TestStatus, toMutantRunResult } from "@stryker-mutator/api/test-runner";

/** Instrumented code takes ten times as long, and every mutation of the walk or of a rule would meet these tests. */
const SLOW =
  /every code point|all sequences of|around every boundary|a million|whatever the nested buffer was|looked at as closely|told as a limit of depth|follows what is shown up to four times|V14: more objects|V5: a table of more|A[1-5]: /;
const BETWEEN_CLEAN_RUNS = 100;

/** How instrumented code and whoever switches its mutations talk to each other. */
const stryker = globalThis.__stryker__ ?? {};
globalThis.__stryker__ = stryker;

class LoadedTests {
  #tests = [];
  /** What all tests said without a mutation, and by mutation the most that one of them came by it. */
  #clean = [];
  #mostHits = new Map();
  #mutants = 0;

  /** Yes, so that nobody starts a process anew: mutations that need loaded code to run again are left out anyway. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const mutantCoverage = await this.#load();
    return { status: DryRunStatus.Complete, tests: this.#clean, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail }) {
    await this.#load();
    if (++this.#mutants % BETWEEN_CLEAN_RUNS === 0) needSuccess(await this.#run(this.#tests, true));
    const wanted = new Set(testFilter ?? this.#tests.map(({ name }) => name));
    const tests = this.#tests.filter(({ name }) => wanted.has(name));
    stryker.activeMutant = activeMutant.id;
    // A loop without an end is left after ten times as many rounds as the loop with one.
    stryker.hitLimit = 10 * (this.#mostHits.get(activeMutant.id) ?? 0) + 10_000;
    const results = await this.#run(tests, !disableBail);
    stryker.activeMutant = undefined;
    stryker.hitLimit = undefined;
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results }, true);
  }

  /** Loads the tests and runs them without a mutation, once; gives what they covered then. */
  async #load() {
    if (this.#tests.length > 0) return undefined;
    const mutantCoverage = { static: {}, perTest: {} };
    stryker.mutantCoverage = mutantCoverage;
    stryker.isCounting = true;
    const { tests } = await import(pathToFileURL("test/mutation/all.test.mjs").href);
    const names = new Map();
    this.#tests = tests
      .filter(({ name }) => !SLOW.test(name))
      .map(({ name, run }) => {
        const times = (names.get(name) ?? 0) + 1;
        names.set(name, times);
        return { name: times === 1 ? name : `${name} #${times}`, run };
      });
    this.#clean = await this.#run(this.#tests, false);
    needSuccess(this.#clean);
    stryker.isCounting = false;
    for (const hits of Object.values(mutantCoverage.perTest)) {
      for (const [id, count] of Object.entries(hits)) {
        this.#mostHits.set(id, Math.max(count, this.#mostHits.get(id) ?? 0));
      }
    }
    return mutantCoverage;
  }

  async #run(tests, bail) {
    const results = [];
    for (const { name, run } of tests) {
      stryker.currentTestId = name;
      stryker.hitCount = stryker.hitLimit === undefined ? undefined : 0;
      const started = performance.now();
      let failureMessage;
      try {
        await run();
      } catch (error) {
        failureMessage = String(error?.message ?? error);
      }
      // No timeout, for that would start a new process: what the loop threw is a failure like any other.
      if (stryker.hitCount > stryker.hitLimit) failureMessage = "a loop without an end";
      const timeSpentMs = performance.now() - started;
      const status = failureMessage === undefined ? TestStatus.Success : TestStatus.Failed;
      results.push({ id: name, name, timeSpentMs, status, failureMessage });
      if (failureMessage !== undefined && bail) break;
    }
    stryker.currentTestId = undefined;
    return results;
  }
}

function needSuccess(results) {
  const failed = results.find(({ status }) => status === TestStatus.Failed);
  if (failed !== undefined) throw new Error(`${failed.name} fails without a mutation: ${failed.failureMessage}`);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "loaded-tests", LoadedTests)];
