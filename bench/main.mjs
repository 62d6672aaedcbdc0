/**
 * The bench: `npm start`, or `npm start -- --only verify,read`. README.md lists the options.
 * The table goes to stdout, what is going on to stderr.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { fromJSONGroup } from "./groups/from-json.mjs";
import { measureMemory } from "./groups/memory.mjs";
import { objectsGroup } from "./groups/objects.mjs";
import { readGroup } from "./groups/read.mjs";
import { scalingGroup } from "./groups/scaling.mjs";
import { toJSONGroup } from "./groups/to-json.mjs";
import { verifyGroup } from "./groups/verify.mjs";
import { createContenders } from "./measure/contenders.mjs";
import { measureRounds } from "./measure/rounds.mjs";
import { markdown, missed, rowsOf } from "./measure/table.mjs";
import { prepareInputs } from "./setup/inputs.mjs";
import { builtLibrary } from "./setup/library.mjs";
import { prepareNative } from "./setup/native.mjs";

const GROUPS = [verifyGroup, toJSONGroup, readGroup, objectsGroup, fromJSONGroup, scalingGroup];

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    input: { type: "string" },
    seconds: { type: "string", default: "20" },
    clock: { type: "string", default: "wall" },
    corpus: { type: "string" },
    model: { type: "string", multiple: true },
    library: { type: "string" },
    output: { type: "string" },
  },
});
const library = resolve(options.library ?? builtLibrary());
const say = (text) => process.stderr.write(`${text}\n`);

say("preparing inputs, generated code and the native program");
const inputs = await loadInputs();
const native = prepareNative(inputs.buffers);
if (native.missing !== undefined) say(`native skipped: ${native.missing}`);

const only = options.only?.split(",");
const rows = [];
const notes = [];
for (const group of GROUPS) {
  if (only === undefined || only.includes(group.name)) await runGroup(group);
}
const memory = only === undefined || only.includes("memory") ? measureMemory(library, inputs.buffers) : [];
report();

async function loadInputs() {
  const flatlens = await import(pathToFileURL(library).href);
  return prepareInputs(flatlens, {
    corpus: options.corpus === undefined ? undefined : resolve(options.corpus),
    model: options.model?.map((path) => resolve(path)),
  });
}

async function runGroup(group) {
  const contenders = createContenders(library, native);
  for (const input of group.inputs(inputs)) {
    if (options.input !== undefined && !options.input.split(",").includes(input.name)) continue;
    const entries = group.entries(input);
    say(`${group.name}: ${input.name}, ${entries.length} contenders`);
    const results = await measureRounds(contenders, entries, {
      seconds: Number(options.seconds),
      clock: options.clock,
    });
    notes.push(...skipped(group, input, entries, results), ...disagreements(group, input, entries, results));
    rows.push(...rowsOf(group, input, entries, results));
    contenders.stop();
  }
}

/** Who could not take part, and why; one word about native code that is missing altogether is enough. */
function skipped(group, input, entries, results) {
  return entries.flatMap(({ key, contender }) => {
    const { skip } = results.get(key);
    if (skip === undefined || (contender === "native" && native.missing !== undefined)) return [];
    return [`${group.title}, ${input.name}: ${key} skipped: ${skip}`];
  });
}

/** Who gave another text, buffer or sum than the first of those that should give the same. */
function disagreements(group, input, entries, results) {
  const first = new Map();
  return entries.flatMap(({ key, same }) => {
    const facts = results.get(key).facts;
    if (same === undefined || facts === undefined) return [];
    const told = JSON.stringify(facts);
    if (!first.has(same)) first.set(same, { key, told });
    const other = first.get(same);
    if (other.told === told) return [];
    return [`${group.title}, ${input.name}: ${key} gave ${told}, but ${other.key} ${other.told}`];
  });
}

function report() {
  const compiler =
    native.missing === undefined ? execFileSync("g++", ["-dumpversion"], { encoding: "utf8" }).trim() : "";
  const against =
    native.missing === undefined
      ? `FlatBuffers ${native.version} (C++, g++ ${compiler} -O2)`
      : `skipped, ${native.missing}`;
  const withGoal = rows.filter((row) => row.goal !== undefined);
  const verdicts = [...withGoal.map(missed), ...memory.map((line) => line.missed).filter((miss) => miss !== undefined)];
  const lines = [
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, cores: ${availableParallelism()}; native: ${against}; ${options.clock} time.`,
    "",
    ...(rows.length > 0 ? [markdown(rows), ""] : []),
    ...(memory.length > 0 ? ["Memory:", "", ...memory.map(({ text }) => `- ${text}`), ""] : []),
    ...(notes.length > 0 ? ["Notes:", "", ...notes.map((note) => `- ${note}`), ""] : []),
    `${verdicts.filter((miss) => !miss).length} goals met, ${verdicts.filter(Boolean).length} missed.`,
  ];
  const text = `${lines.join("\n")}\n`;
  if (options.output !== undefined) writeReport(options.output, text);
  process.stdout.write(text);
}

/** A file with the two marks gets the text between them, any other is written anew. */
function writeReport(path, text) {
  const [start, end] = ["<!-- bench:start -->", "<!-- bench:end -->"];
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [from, to] = [old.indexOf(start), old.indexOf(end)];
  writeFileSync(path, from < 0 || to < from ? text : `${old.slice(0, from + start.length)}\n${text}${old.slice(to)}`);
}
