// Makes fixtures/ and reflection/reflection.bfbs again: `node scripts/make-fixtures.mjs [folder ...]`.
// Reads the *.fbs and *.in.json there and scripts/fixtures/; everything else in fixtures/ but README.md is output.
// Run by hand, never by the tests: what it writes is committed, and a diff after a run is a finding.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { catalog } from "./fixtures/catalog.mjs";
import { createFlatc } from "./fixtures/flatc.mjs";
import { makeRow } from "./fixtures/row.mjs";
import { makeStream } from "./fixtures/stream.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const FIXTURES = join(ROOT, "fixtures");
const INDEX = join(FIXTURES, "index.json");
const WITH_ALL = ["--bfbs-builtins", "--bfbs-comments"];

const flatc = await createFlatc();
const reflectionText = { "reflection.fbs": readFileSync(join(ROOT, "reflection/reflection.fbs")) };
const wanted = process.argv.slice(2);
const index = existsSync(INDEX) ? JSON.parse(readFileSync(INDEX, "utf8")) : { rows: [], streams: [] };

if (isWanted("reflection")) makeReflection();
for (const entry of catalog) if (isWanted(entry.folder)) makeFolder(entry);
writeIndex();

function isWanted(folder) {
  return wanted.length === 0 || wanted.includes(folder);
}

/** The schema of schemas, and the row in which it describes itself. */
function makeReflection() {
  const bytes = flatc.compile(reflectionText, "reflection.fbs", WITH_ALL);
  writeFileSync(join(ROOT, "reflection/reflection.bfbs"), bytes);
  const dir = join(FIXTURES, "reflection");
  mkdirSync(dir, { recursive: true });
  const bfbsPath = "../reflection/reflection.bfbs";
  const schema = {
    name: "reflection.fbs",
    bareToPrint: bytes,
    fullToPrint: bytes,
    types: describe(bytes),
    barePath: bfbsPath,
    fullPath: bfbsPath,
  };
  const buffer = {
    name: "self",
    existing: { path: bfbsPath, bytes },
    small: true,
    note: "the schema of schemas, read with itself",
  };
  const context = { flatc, dir, folder: "reflection", sources: reflectionText, schema, built: new Map() };
  replaceRows("reflection", [makeRow(context, buffer)], []);
}

function makeFolder(entry) {
  const dir = join(FIXTURES, entry.folder);
  const sources = readSources(dir);
  for (const path of filesBelow(dir)) if (!/(\.fbs|\.in\.json)$/.test(path)) rmSync(join(dir, path));
  const names = entry.schemas ?? [entry.schema];
  const schemas = new Map(names.map((name) => [name, compileSchema(entry.folder, dir, sources, name)]));
  const built = new Map();
  const rows = entry.buffers.map((buffer) => {
    const schema = schemas.get(buffer.schema ?? names[0]);
    try {
      return makeRow({ ...entry, flatc, dir, sources, schema, built }, buffer);
    } catch (error) {
      throw new Error(`${entry.folder}/${buffer.name}: ${error.message}`, { cause: error });
    }
  });
  const [schema] = schemas.values();
  const streams = (entry.streams ?? []).map((stream) =>
    makeStream({ flatc, dir, folder: entry.folder, sources, schema }, stream),
  );
  replaceRows(entry.folder, rows, streams);
}

function compileSchema(folder, dir, sources, name) {
  const stem = name.replace(/\.fbs$/, "");
  const bare = flatc.compile(sources, name);
  const full = flatc.compile(sources, name, WITH_ALL);
  // flatc cannot load a binary schema with vector64, and no buffer it can print has such a field: print without the mark.
  const narrow = { ...sources, [name]: String(sources[name]).replaceAll("(vector64)", "") };
  writeFileSync(join(dir, `${stem}.bfbs`), bare);
  writeFileSync(join(dir, `${stem}.full.bfbs`), full);
  return {
    name,
    bareToPrint: flatc.compile(narrow, name),
    fullToPrint: flatc.compile(narrow, name, WITH_ALL),
    types: describe(full),
    barePath: `${folder}/${stem}.bfbs`,
    fullPath: `${folder}/${stem}.full.bfbs`,
  };
}

/** flatc's own words on a binary schema: the types that derivePlain works with. */
function describe(bfbs) {
  return flatc.print(reflectionText, "reflection.fbs", bfbs);
}

function replaceRows(folder, rows, streams) {
  index.rows = [...index.rows.filter((row) => row.folder !== folder), ...rows];
  index.streams = [...index.streams.filter((row) => row.folder !== folder), ...streams];
}

function writeIndex() {
  const order = ["reflection", ...catalog.map(({ folder }) => folder)];
  const byFolder = (a, b) => order.indexOf(a.folder) - order.indexOf(b.folder);
  index.rows.sort(byFolder);
  writeFileSync(INDEX, `${JSON.stringify({ flatc: "25.12.19", ...index }, null, 1)}\n`);
  const total = filesBelow(FIXTURES).reduce((sum, path) => sum + statSync(join(FIXTURES, path)).size, 0);
  console.log(`${index.rows.length} rows, ${index.streams.length} streams, ${total} bytes in fixtures/`);
  for (const row of index.rows)
    if (row.rebuilds === "differs") console.log(`  flatc reads the plain text of ${row.name} differently`);
}

function readSources(dir) {
  const paths = filesBelow(dir).filter((path) => path.endsWith(".fbs"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(dir, path))]));
}

function filesBelow(dir, from = dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((item) => {
    const path = join(dir, item.name);
    return item.isDirectory() ? filesBelow(path, from) : [relative(from, path)];
  });
}
