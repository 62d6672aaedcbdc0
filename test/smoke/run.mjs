/**
 * The built library on all fixtures in plain Node, for engine flags that a test runner doesn't bear:
 * `node --disallow-code-generation-from-strings --disable-proto=throw --frozen-intrinsics test/smoke/run.mjs`.
 */
import * as flatlens from "../../dist/index.js";
import { rowFaults } from "../support/check-row.mjs";
import { assertSame, assertTrue, createChecks } from "../support/checks.mjs";
import { fixtureRows } from "../support/fixture-rows.mjs";

const flags = process.execArgv.filter((flag) => !flag.startsWith("--no-warnings"));
const { check, finish } = createChecks(`smoke ${flags.join(" ")}`.trim());

if (flags.includes("--disallow-code-generation-from-strings")) {
  await check("code from text is really off", () => assertThrows(() => new Function("return 1")));
}
if (flags.includes("--disable-proto=throw")) {
  // biome-ignore lint/suspicious/noProto: the accessor is what is probed
  await check("__proto__ is really off", () => assertThrows(() => ({})["__proto__"]));
}
if (flags.includes("--frozen-intrinsics")) {
  await check("intrinsics are really frozen", () => assertTrue(Object.isFrozen(Array.prototype), "they are not"));
}
for (const row of fixtureRows()) {
  await check(row.name, () => assertSame(rowFaults(flatlens, row).join("\n"), "", "faults"));
}
finish();

function assertThrows(run) {
  try {
    run();
  } catch {
    return;
  }
  throw new Error("the engine let it pass; the flag has no effect");
}
