/**
 * What hostile sharing costs: `npm run hostile`. For each of the bombs that the tests keep, how long verify, a gated
 * and a trusted reader take to refuse it, in a process of its own that has only read an honest buffer before, and how
 * much its memory grows meanwhile.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builtLibrary } from "./setup/library.mjs";
import { BUILD, REPOSITORY } from "./setup/places.mjs";

const [library = resolve(builtLibrary()), key, job] = process.argv.slice(2);

if (job === undefined) await measureAll();
else await measureOne();

async function measureAll() {
  process.chdir(REPOSITORY); // where the tests' own files are found
  const { bombs, legal } = await import(pathToFileURL(await bundledBombs()).href);
  const cases = Object.entries({ ...bombs, ...legal });
  console.log(
    "| buffer | bytes | verify | toJSONBytes, gated | toJSONBytes, trusted |\n| --- | --- | --- | --- | --- |",
  );
  for (const [name, make] of cases) {
    const file = join(tmpdir(), `flatlens-${process.pid}.bin`);
    writeFileSync(file, make());
    const cells = ["verify", "gated", "trusted"].map((how) => measured(file, how));
    console.log(`| ${name} | ${statSync(file).size} | ${cells.join(" | ")} |`);
    rmSync(file);
  }
}

function measured(file, how) {
  const flags = ["--expose-gc", "--disallow-code-generation-from-strings"];
  const script = fileURLToPath(import.meta.url);
  return execFileSync(process.execPath, [...flags, script, library, file, how], { encoding: "utf8" }).trim();
}

async function measureOne() {
  const { loadSchema, toJSONBytes, verify } = await import(pathToFileURL(library).href);
  const fixture = (name) => readFileSync(join(REPOSITORY, "fixtures", "hostile", name));
  const schema = loadSchema(fixture("hostile.full.bfbs"));
  const bytes = readFileSync(key);
  const jobs = {
    verify: (data) => {
      const result = verify(schema, data);
      return result.ok ? "accepted" : result.issues[0].code;
    },
    gated: (data) => codeOf(() => toJSONBytes(schema, data)),
    trusted: (data) => codeOf(() => toJSONBytes(schema, data, { trusted: true })),
  };
  const honest = readdirSync(join(REPOSITORY, "fixtures", "hostile")).find((name) => /^honest.*\.bin$/.test(name));
  jobs[job](fixture(honest));
  globalThis.gc();
  writeFileSync("/proc/self/clear_refs", "5");
  const idle = resident("VmRSS");
  const start = process.hrtime.bigint();
  const code = jobs[job](bytes);
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(`${code}: ${time.toFixed(0)} ms, ${((resident("VmHWM") - idle) / 1024).toFixed(1)} MB`);
}

function codeOf(read) {
  try {
    read();
    return "accepted";
  } catch (error) {
    return error.code;
  }
}

function resident(field) {
  return Number(readFileSync("/proc/self/status", "utf8").match(new RegExp(`${field}:\\s+(\\d+) kB`))[1]);
}

/** The tests' own bombs, made into one file that Node can import. */
async function bundledBombs() {
  const { build } = await import(pathToFileURL(join(REPOSITORY, "node_modules", "rolldown", "dist", "index.mjs")).href);
  const file = join(BUILD, "bombs.mjs");
  await build({
    input: join(REPOSITORY, "test", "hostile", "bombs.ts"),
    output: { file, format: "esm" },
    platform: "node",
    logLevel: "silent",
  });
  return file;
}
