import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BENCH, BUILD } from "./places.mjs";

const FOLDER = join(BUILD, "native");
const SOURCE = join(BENCH, "native", "bench.cpp");

/**
 * Compiles native/bench.cpp (-O2) with what the installed flatc generates from the inputs' schemas. Returns
 * `{program, version}`, or `{missing}` with the reason where C++ or FlatBuffers is not installed.
 */
export function prepareNative(inputs) {
  for (const tool of ["flatc", "g++"]) {
    if (spawnSync(tool, ["--version"]).status !== 0) return { missing: `${tool} is not installed` };
  }
  const version = run("flatc", ["--version"]).trim().split(" ").at(-1);
  const roots = distinctRoots(inputs);
  const program = join(FOLDER, `bench-${roots.map((root) => root.rootType).join("-")}`);
  if (existsSync(program) && statSync(program).mtimeMs > statSync(SOURCE).mtimeMs) return { program, version };
  try {
    compile(program, roots);
  } catch (error) {
    return {
      missing: `the native program did not compile: ${String(error.stderr ?? error)
        .split("\n", 3)
        .join(" ")}`,
    };
  }
  return { program, version };
}

function compile(program, roots) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "generated-verifiers.h"), generatedVerifiers(roots.filter(generateHeader)));
  run("g++", ["-O2", "-std=c++17", "-w", `-I${FOLDER}`, SOURCE, "-lflatbuffers", "-o", program]);
}

/** False where the installed flatc is too old for the schema: there the generated verifier is left out. */
function generateHeader({ fbs, stem }) {
  copyFileSync(fbs, join(FOLDER, `${stem}.fbs`));
  try {
    run("flatc", ["--cpp", "-o", `${FOLDER}/`, join(FOLDER, `${stem}.fbs`)]);
  } catch {
    return false;
  }
  return true;
}

/** The root types that have generated verifiers, with a file stem of its own for each schema. */
function distinctRoots(inputs) {
  const roots = new Map();
  for (const { rootType, fbs } of Object.values(inputs)) {
    if (rootType.startsWith("wide.")) continue;
    roots.set(rootType, { rootType, fbs, stem: rootType.split(".").slice(0, -1).join("_") });
  }
  return [...roots.values()];
}

/** C++ that finds the generated verifier of a root type by name. */
function generatedVerifiers(roots) {
  const includes = [...new Set(roots.map(({ stem }) => `#include "${stem}_generated.h"`))];
  const cases = roots.map(
    ({ rootType }) =>
      `  if (rootType == "${rootType}") return [](flatbuffers::Verifier &verifier) { ` +
      `return verifier.VerifyBuffer<${rootType.replaceAll(".", "::")}>(nullptr); };`,
  );
  return `${includes.join("\n")}
using VerifyFunction = bool (*)(flatbuffers::Verifier &);
inline VerifyFunction generatedVerifier(const std::string &rootType) {
${cases.join("\n")}
  return nullptr;
}
`;
}

function run(command, args) {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
