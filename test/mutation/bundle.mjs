/**
 * Makes one file of the tests that mutations have to pass, with all that they import; it exports what `vitest-alone.mjs`
 * collected. Stryker runs this in its copy of the project, where `src/` can switch mutations on.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "rolldown";

const ROOMS = ["test/wire", "test/verify", "test/hostile", "test/reflection"];
const LEFT_OUT = /verify\/corpus|hostile\/bombs\.test|reflection\/(?!load)/;
const TARGET = "test/mutation/all.test.mjs";
const entry = "test/mutation/all-tests.mjs";

const tests = ROOMS.flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`)).filter(
  (path) => path.endsWith(".test.ts") && !LEFT_OUT.test(path),
);
const imports = tests.map((path) => `import "../../${path}";\n`);
writeFileSync(entry, `${imports.join("")}export { tests } from "./vitest-alone.mjs";\n`);
await build({
  input: entry,
  external: [/^@vitest/, /^node:/, "fast-check"],
  resolve: { alias: { vitest: `${process.cwd()}/test/mutation/vitest-alone.mjs` } },
  // The package promises to have no side effects; tests are nothing else.
  treeshake: false,
  platform: "node",
  output: { file: TARGET, format: "esm" },
  logLevel: "warn",
});

// Stryker's code counts what it comes by all the time; here only while the runner asks for it, which is ten times faster.
const counting = "function cover() {";
writeFileSync(TARGET, readFileSync(TARGET, "utf8").replaceAll(counting, `${counting} if (!ns.isCounting) return;`));
