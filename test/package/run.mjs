/**
 * The package as users get it: packs it, installs the tarball into an empty folder, imports every entry, runs the
 * program, compiles a consumer against the types, and asks the two linters of packages.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { assertSame, assertTrue, createChecks } from "../support/checks.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAX_UNPACKED_BYTES = 5_000_000;

const pkg = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const entries = Object.keys(pkg.exports).filter((subpath) => subpath !== "./package.json");
const specifiers = entries.map((subpath) => `flatlens${subpath.slice(1)}`);

const { check, finish } = createChecks("package");
const dir = mkdtempSync(join(tmpdir(), "flatlens-package-"));
try {
  await checkPackage();
} finally {
  rmSync(dir, { recursive: true });
}
finish();

async function checkPackage() {
  let packed;
  await check("npm pack makes a tarball", () => {
    [packed] = JSON.parse(run(ROOT, "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", dir));
  });
  if (packed === undefined) return;
  await checkList(
    packed.files.map((file) => file.path),
    packed.unpackedSize,
  );

  await check("the tarball installs into an empty folder, without scripts", () => {
    writeFileSync(join(dir, "package.json"), '{ "private": true, "type": "module" }\n');
    run(dir, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", packed.filename);
  });
  if (!existsSync(join(dir, "node_modules", "flatlens"))) return;
  await checkConsumer();
  await checkLinters(join(dir, packed.filename));
}

async function checkList(paths, unpackedSize) {
  await check("it holds what it needs", () => {
    const needed = ["package.json", "README.md", "LICENSE", "dist/cli/main.js", "reflection/reflection.bfbs"];
    for (const path of needed) assertTrue(paths.includes(path), `${path} is missing`);
    for (const entry of Object.values(pkg.exports).flatMap((value) => Object.values(Object(value)))) {
      if (entry.length > 1) assertTrue(paths.includes(entry.slice(2)), `${entry} is missing`);
    }
  });
  await check("it holds nothing else", () => {
    const allowed = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|(dist|src|reflection)\/.+)$/;
    const others = paths.filter((path) => !allowed.test(path) || path.endsWith(".tsbuildinfo"));
    assertSame(others.join(", "), "", "other files");
    const stale = paths.filter((path) => path.startsWith("dist/") && !paths.includes(sourceOf(path)));
    assertSame(stale.join(", "), "", "built files without a source");
  });
  await check("every source map leads to a file in it", () => {
    for (const path of paths.filter((each) => each.endsWith(".map"))) {
      const { sources } = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
      for (const source of sources) {
        const target = normalize(join(dirname(path), source));
        assertTrue(paths.includes(target), `${path} leads to ${target}`);
      }
    }
  });
  await check(`unpacked it takes less than ${MAX_UNPACKED_BYTES} bytes`, () => {
    console.log(`      ${paths.length} files, ${unpackedSize} bytes`);
    assertTrue(unpackedSize < MAX_UNPACKED_BYTES, `${unpackedSize} bytes`);
  });
}

async function checkConsumer() {
  await check("the installed program runs", () => {
    assertSame(run(dir, join("node_modules", ".bin", "flatlens"), "--version"), `${pkg.version}\n`, "--version");
    const fixture = (name) => join(ROOT, "fixtures", "monster", name);
    const args = ["json", fixture("monster.full.bfbs"), fixture("monster.bin")];
    const expected = `${readFileSync(fixture("monster.json"), "utf8")}\n`;
    assertSame(run(dir, join("node_modules", ".bin", "flatlens"), ...args), expected, "text");
  });
  await check("the program works through npx", () => {
    assertSame(run(dir, "npx", "--no-install", "flatlens", "--version"), `${pkg.version}\n`, "--version");
  });
  for (const resolution of ["nodenext", "bundler"]) {
    await check(`a strict consumer compiles (${resolution})`, () => compileConsumer(resolution));
  }
  await check("no entry needs a package: they import where none is installed", () => {
    rmSync(join(dir, "node_modules", "commander"), { recursive: true });
    for (const specifier of specifiers) importEntry(specifier);
  });
  await check("require() gives the same module", () => {
    const code = `const a = require("flatlens"); import("flatlens").then((b) => process.exit(a === b ? 0 : 1))`;
    run(dir, process.execPath, "--input-type=commonjs", "-e", code);
  });
}

function importEntry(specifier) {
  const code = `const entry = await import("${specifier}"); if (Object.keys(entry).length === 0) process.exit(1);`;
  run(dir, process.execPath, "--input-type=module", "-e", code);
}

/** Checks the published declarations themselves: skipLibCheck is off. */
function compileConsumer(resolution) {
  const folder = join(dir, `consumer-${resolution}`);
  mkdirSync(folder);
  symlinkSync(join(dir, "node_modules"), join(folder, "node_modules"));
  const imports = specifiers.map((specifier, i) => `import * as entry${i} from "${specifier}";\n`).join("");
  const uses = specifiers.map((_, i) => `entry${i}`).join(", ");
  writeFileSync(
    join(folder, "consumer.ts"),
    `${imports}import { loadSchema, toJSON, verify, type Schema } from "flatlens";
export const schema: Schema = loadSchema(new Uint8Array(0));
const result = verify(schema, new ArrayBuffer(0), { rootType: "a.B" });
export const first: string = result.ok ? toJSON(schema, new Uint8Array(0)) : (result.issues[0]?.code ?? "");
export const all: unknown[] = [${uses}];
`,
  );
  const module = resolution === "bundler" ? "es2022" : resolution;
  const flags = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit"];
  const target = ["--target", "es2022", "--lib", "es2022,dom", "--module", module, "--moduleResolution", resolution];
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  run(folder, process.execPath, tsc, ...flags, ...target, "consumer.ts");
}

async function checkLinters(tarball) {
  const bin = (name) => join(ROOT, "node_modules", ".bin", name);
  await check("publint has nothing to say", () => run(ROOT, bin("publint"), "--strict", tarball));
  await check("the types are right under every resolution (attw)", () => {
    run(ROOT, bin("attw"), tarball, "--profile", "esm-only", "--no-emoji");
  });
}

function sourceOf(built) {
  return built.replace(/^dist\//, "src/").replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts");
}

function run(cwd, command, ...args) {
  const env = { ...process.env, npm_config_loglevel: "error", NO_COLOR: "1" };
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
