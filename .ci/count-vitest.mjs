/** Prints `passed failed` of a vitest JSON report. A file that failed without a failing test (it didn't load) counts 1. */
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const unloaded = report.testResults.filter((file) => {
  return file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed");
});
console.log(report.numPassedTests, report.numFailedTests + unloaded.length);
