import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { monstersText, smallText } from "../inputs/monsters.mjs";
import { numbersText, structsText } from "../inputs/numbers.mjs";
import { repeatWorld } from "../inputs/repeat-world.mjs";
import { wideSchema, wideText } from "../inputs/wide.mjs";
import { cached, cachedPaths } from "./cached.mjs";
import { buildBuffer, compileSchema, generateCode } from "./flatc.mjs";
import { BENCH, BUILD, REPOSITORY } from "./places.mjs";

const MONSTERS = 25_000;
const ROWS = 20_000;

/**
 * The buffers of the bench, by name: `{name, rootType, bfbs, data, text?, fbs?, module?}`, all but the first two being
 * paths; `text` is the plain JSON, `module` the generated class of the root. Made from seeds where they are not in the
 * repository.
 */
export async function prepareInputs(library, options) {
  const own = await ownInputs(library);
  const corpus = options.corpus === undefined ? {} : await corpusInputs(library, options.corpus);
  const model = options.model === undefined ? {} : await modelInput(library, ...options.model);
  const buffers = { ...own, ...corpus, ...model, ownMonsters: own.monsters };
  for (const buffer of Object.values(buffers)) buffer.size = statSync(buffer.data).size;
  return { buffers, models: Object.keys(model) };
}

async function ownInputs(library) {
  const fbs = join(BENCH, "inputs", "bench.fbs");
  const bfbs = await schemaOf(fbs, "bench");
  const message = join(REPOSITORY, "fixtures", "monster");
  const large = (name, root, text) => ownInput(library, { name, rootType: `fair.${root}`, fbs, bfbs }, text);
  const inputs = {
    monsters: await large("monsters", "World", () => monstersText(MONSTERS)),
    "monsters-tenth": await large("monsters-tenth", "World", () => monstersText(MONSTERS / 10)),
    numbers: await large("numbers", "Numbers", numbersText),
    structs: await large("structs", "Structs", structsText),
    small: await large("small", "Monster", smallText),
    message: await withCode({
      name: "message",
      rootType: "cove.Monster",
      fbs: join(message, "monster.fbs"),
      bfbs: join(message, "monster.full.bfbs"),
      data: join(message, "monster.bin"),
      text: join(message, "monster.json"),
    }),
  };
  inputs["monsters-tenfold"] = {
    ...inputs.monsters,
    name: "monsters-tenfold",
    data: await cached(join(BUILD, "inputs", "monsters-tenfold.bin"), [inputs.monsters.data], () =>
      repeatWorld(readFileSync(inputs.monsters.data), 10),
    ),
    text: undefined,
  };
  const rows = [
    ["rows-of-4", 4, 0, 3],
    ["rows-of-512", 512, 0, 3],
    ["rows-of-512-last", 512, 0, 511],
  ];
  for (const [name, fields, first, last] of rows) inputs[name] = await wideInput(library, name, fields, first, last);
  return inputs;
}

/** A `fair.*` buffer from generated text. Its plain text is made by the library from the buffer. */
async function ownInput(library, input, makeText) {
  const sources = [input.fbs, ...generators()];
  const data = join(BUILD, "inputs", `${input.name}.bin`);
  await cached(data, sources, () => build(library, input, makeText()));
  return withCode({ ...input, data, text: await plainText(library, { ...input, data }) });
}

async function wideInput(library, name, fieldCount, first, last) {
  const fbs = join(BUILD, "inputs", `${name}.fbs`);
  await cached(fbs, generators(), () => wideSchema(fieldCount));
  const input = { name, rootType: "wide.Rows", fbs, bfbs: await schemaOf(fbs, name) };
  const data = join(BUILD, "inputs", `${name}.bin`);
  await cached(data, [fbs], () => build(library, input, wideText(ROWS, first, last)));
  return { ...input, data };
}

/** The large buffers of a conformance corpus instead of ours; its README tells how it is laid out. */
async function corpusInputs(library, folder) {
  const bench = join(folder, "bench");
  const inputs = {};
  for (const row of JSON.parse(readFileSync(join(bench, "manifest.json"), "utf8"))) {
    const { name, rootType } = row;
    const packed = join(bench, row.data);
    const input = { name, rootType, fbs: join(bench, row.fbs), bfbs: join(bench, row.schema) };
    const data = join(BUILD, "corpus", `${name}.bin`);
    await cached(data, [packed], () => gunzipSync(readFileSync(packed)));
    inputs[name] = await withCode({ ...input, data, text: await plainText(library, { ...input, data }) });
  }
  return inputs;
}

/** Any buffer with its schema text and binary schema, e.g. a TFLite model. */
async function modelInput(library, data, fbs, bfbs) {
  const { rootTable } = library.loadSchema(readFileSync(bfbs));
  const input = { name: basename(data), rootType: rootTable.name, fbs, bfbs, data };
  return { [input.name]: await withCode({ ...input, text: await plainText(library, input) }) };
}

async function build(library, { fbs, bfbs, rootType }, text) {
  if (library.fromJSON === undefined) return buildBuffer(fbs, rootType, text);
  return library.fromJSON(library.loadSchema(readFileSync(bfbs)), text, { rootType });
}

async function plainText(library, { name, rootType, bfbs, data }) {
  const stem = data.startsWith(BUILD) ? data.slice(0, -".bin".length) : join(BUILD, "inputs", name);
  return cached(`${stem}.json`, [data, bfbs], () =>
    library.toJSONBytes(library.loadSchema(readFileSync(bfbs)), readFileSync(data), { rootType }),
  );
}

/** Adds `module`: where the generated class of the root table is. */
async function withCode(input) {
  const folder = join(BUILD, "generated", folderName(input.fbs));
  const paths = await cachedPaths(join(folder, "files.txt"), [input.fbs], () => generateCode(input.fbs, folder));
  const className = input.rootType.split(".").at(-1);
  const module = paths.find((path) => readFileSync(path, "utf8").includes(`export class ${className} `));
  return { ...input, module };
}

async function schemaOf(fbs, name) {
  return cached(join(BUILD, "inputs", `${name}.bfbs`), [fbs], (target) => compileSchema(fbs, target));
}

function generators() {
  return readdirSync(join(BENCH, "inputs")).map((name) => join(BENCH, "inputs", name));
}

/** One folder for each schema, named so that equal file names don't meet. */
function folderName(fbs) {
  return fbs
    .split(/[\\/]/)
    .slice(-3)
    .join("-")
    .replace(/\.fbs$/, "");
}
