import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readText, sourceFiles } from "./source-files.js";
import { importsOf } from "./source-rules.js";

interface Package {
  readonly type: string;
  readonly license: string;
  readonly sideEffects: boolean;
  readonly engines: { readonly node: string };
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const pkg = JSON.parse(readText("package.json")) as Package;
const texts = new Map(sourceFiles().map((file) => [file.path, file]));

/** The subpaths that lead to code, with the source file behind each. */
const entries = Object.entries(pkg.exports)
  .filter((entry): entry is [string, Record<string, string>] => typeof entry[1] === "object")
  .map(([subpath, conditions]) => ({ subpath, conditions, source: sourceOf(conditions["default"]!) }));

describe("package.json", () => {
  it("is an ES module package without side effects, for Node 20.19 and up", () => {
    expect(pkg).toMatchObject({
      type: "module",
      sideEffects: false,
      license: "Apache-2.0",
      engines: { node: ">=20.19" },
    });
  });

  it("pins every dependency to one version", () => {
    const versions = { ...pkg.dependencies, ...pkg.devDependencies };
    for (const [name, version] of Object.entries(versions)) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    const lock = JSON.parse(readText("package-lock.json")) as { packages: Record<string, { version: string }> };
    for (const [name, version] of Object.entries(versions)) {
      expect(lock.packages[`node_modules/${name}`]?.version, `${name} in the lock file`).toBe(version);
    }
  });

  it("has one run-time dependency, the command line's", () => {
    expect(Object.keys(pkg.dependencies)).toEqual(["commander"]);
  });

  it("runs no script at install time", () => {
    expect(Object.keys(pkg.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  it("ships the build, the sources its maps point to, and the schema of schemas", () => {
    expect(pkg.files).toEqual(["dist", "src", "reflection", "CHANGELOG.md", "!**/*.tsbuildinfo"]);
    expect(pkg.bin).toEqual({ flatlens: "./dist/cli/main.js" });
    expect(readText("src/cli/main.ts")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("exports its own package.json, which tools ask for", () => {
    expect(pkg.exports["./package.json"]).toBe("./package.json");
  });
});

describe("the entries of the package", () => {
  it("include the root", () => {
    expect(entries.map((entry) => entry.subpath)).toContain(".");
  });

  it.each(entries)("$subpath has its types first and a source file behind it", ({ conditions, source }) => {
    expect(Object.keys(conditions)).toEqual(["types", "default"]);
    expect(conditions["types"]).toBe(conditions["default"]!.replace(/\.js$/, ".d.ts"));
    expect(existsSync(join(ROOT, "src", source)), source).toBe(true);
  });

  it.each(entries)("$subpath reaches no package, no node: module and no command line at run time", ({ source }) => {
    const { files, packages } = reachableFrom(source);
    expect(packages).toEqual([]);
    expect(files.filter((path) => path.startsWith("cli/"))).toEqual([]);
  });

  it("are walked to the end: the root reaches the rooms below it", () => {
    const rooms = new Set(reachableFrom("index.ts").files.map((path) => path.split("/")[0]));
    expect(rooms).toContain("wire");
    expect(rooms).toContain("program");
  });
});

function sourceOf(built: string): string {
  return built.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts");
}

/** Every source file that an import graph leads to, and whatever it asks of others. */
function reachableFrom(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const specifier of importsOf(texts.get(path) ?? { path, text: "" })) {
      if (specifier.startsWith(".")) visit(resolve(path, specifier));
      else packages.add(specifier);
    }
  };
  visit(entry);
  return { files: [...files], packages: [...packages] };
}

function resolve(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1).replace(/\.js$/, ".ts");
}
