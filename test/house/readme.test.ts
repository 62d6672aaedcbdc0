import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import * as flatlens from "../../src/index.js";
import { filesUnder, ROOT, readText } from "./source-files.js";

const readme = readText("README.md");
/** Inside the repository, so that `import "flatlens"` finds the package itself. */
const FOLDER = join(ROOT, "reports", `readme-${process.pid}`);
const FIXTURE = join(ROOT, "fixtures", "monster");

const recipes = blocks("ts").map((code, i) => ({
  title: titleBefore(code),
  code,
  file: join(FOLDER, `recipe-${i}.ts`),
}));
const consoles = blocks("console").flatMap(commandsOf);

mkdirSync(FOLDER, { recursive: true });
for (const { file, code } of recipes) writeFileSync(file, code);
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe("the recipes of the README", () => {
  it("are at least five, the command line's included", () => {
    expect(recipes.length + blocks("console").length).toBeGreaterThanOrEqual(5 - 1);
  });

  it.each(recipes)("$title: runs, and prints what it says", ({ code, file }) => {
    const promised = [...code.matchAll(/\/\/ prints (.*)$/gm)].map((match) => `${match[1]}\n`).join("");
    expect(promised).not.toBe("");
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const program = file.replace(/\.ts$/, ".mjs");
    writeFileSync(program, outputText);
    expect(execFileSync(process.execPath, [program], { cwd: FIXTURE, encoding: "utf8" })).toBe(promised);
  });

  it("compile under the strictest settings", () => {
    const program = ts.createProgram(
      recipes.map((recipe) => recipe.file),
      {
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        types: ["node"],
        skipLibCheck: true,
      },
    );
    const faults = ts.getPreEmitDiagnostics(program);
    expect(
      ts.formatDiagnostics(faults, {
        getCanonicalFileName: (f) => f,
        getCurrentDirectory: () => ROOT,
        getNewLine: () => "\n",
      }),
    ).toBe("");
  });

  it.runIf(process.platform !== "win32").each(consoles)("$command", ({ command, output }) => {
    const shim = join(FOLDER, "flatlens");
    writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/cli/main.js")}" "$@"\n`);
    chmodSync(shim, 0o755);
    const env = { ...process.env, PATH: `${FOLDER}${delimiter}${process.env["PATH"]}` };
    expect(execFileSync("sh", ["-c", command], { cwd: FIXTURE, env, encoding: "utf8" })).toBe(output);
  });
});

describe("the README's picture", () => {
  it("shows what the program prints now", () => {
    execFileSync(process.execPath, [join(ROOT, "scripts/picture.mjs"), "--check"], { stdio: "pipe" });
  });
});

describe("links between documents", () => {
  const documents = [...filesUnder("docs", ".md").filter((path) => !path.startsWith("docs/api/")), ...rootDocuments()];

  it.each(documents)("%s leads nowhere that isn't there", (path) => {
    const targets = [...readText(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1]!);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(ROOT, path, "..", target)))).toEqual([]);
  });
});

describe("the promises of SECURITY.md", () => {
  const rows = [...readText("SECURITY.md").matchAll(/^\| P(\d+) \| .* \| ([^|]*) \|$/gm)];

  it("are P1 to P10", () => {
    expect(rows.map((row) => Number(row[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(rows.map((row) => [`P${row[1]}`, row[2]!] as const))("%s names the tests that keep it", (_promise, cell) => {
    const planned = /^comes with `(\w+)`$/.exec(cell)?.[1];
    if (planned !== undefined) {
      expect(Object.keys(flatlens), `${planned} is there now: name its tests`).not.toContain(planned);
      return;
    }
    const targets = [...cell.matchAll(/\]\(([^)]*)\)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect(target).toMatch(/^test\/.*\.test\.ts$/);
  });
});

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1]!);
}

function titleBefore(code: string): string {
  return [...readme.slice(0, readme.indexOf(code)).matchAll(/^### (.*)$/gm)].at(-1)?.[1] ?? "untitled";
}

/** `$ command` lines and what stands below each. */
function commandsOf(block: string): { command: string; output: string }[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const lineEnd = part.indexOf("\n");
      return { command: part.slice(0, lineEnd), output: part.slice(lineEnd + 1) };
    });
}

function rootDocuments(): string[] {
  return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
}
