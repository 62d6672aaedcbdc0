import { describe, expect, it } from "vitest";
import { sourceFiles } from "./source-files.js";
import { FLOORS, importsOf, MAX_LINES, sourceFaults } from "./source-rules.js";

const files = sourceFiles();

describe("the floors of the house", () => {
  it("has source files to look at, in rooms that all stand on a floor", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(50);
  });

  it.each(files)(
    "$path keeps the rules: imports point down, no packages, no .buffer, no eval, at most 400 lines",
    (file) => {
      expect(sourceFaults(file)).toEqual([]);
    },
  );
});

describe("the checker itself", () => {
  const cases: [what: string, path: string, text: string, fault: string][] = [
    ["an upward import", "wire/view.ts", `import { x } from "../program/compile.js";`, "upward, wire -> program"],
    ["an upward type import", "model/a.ts", `import type { x } from "../json/a.js";`, "upward, model -> json"],
    ["an upward re-export", "program/a.ts", `export { x } from "../verify/a.js";`, "upward, program -> verify"],
    ["an upward dynamic import", "read/a.ts", `await import("../fbs/a.js");`, "upward, read -> fbs"],
    ["a sideways import", "json/a.ts", `import { x } from "../edit/a.js";`, "sideways, json -> edit"],
    ["the sideways import turned round", "reflection/a.ts", `import "../fbs/a.js";`, "sideways, reflection -> fbs"],
    ["the entry imported from inside", "stream/a.ts", `import { x } from "../index.js";`, "upward, stream -> index.ts"],
    ["the command line in the entry", "index.ts", `export { x } from "./cli/main.js";`, "upward, index.ts -> cli"],
    ["a room nobody planned", "misc/a.ts", ``, "on no floor"],
    ["an import that leaves src", "wire/a.ts", `import { x } from "../../test/a.js";`, "leaves src"],
    ["a missing ending", "wire/a.ts", `import { x } from "./view";`, "ending .js"],
    ["a package in the library", "json/a.ts", `import x from "lodash";`, "a package"],
    ["a package in the wrong room", "json/a.ts", `import x from "commander";`, "a package"],
    ["node: in the library", "wire/a.ts", `import { readFileSync } from "node:fs";`, "node:"],
    [".buffer", "json/a.ts", `const x = bytes.buffer;`, "touches .buffer"],
    [".buffer by destructuring", "json/a.ts", `const { buffer } = bytes;`, "touches .buffer"],
    [".buffer by name", "json/a.ts", `const x = bytes["buffer"];`, "touches .buffer"],
    ["|0", "wire/a.ts", `const x = pos | 0;`, "truncates"],
    ["~~", "wire/a.ts", `const x = ~~pos;`, "truncates"],
    ["eval", "json/a.ts", `eval(text);`, "uses eval"],
    ["new Function", "json/a.ts", `new Function("return 1");`, "uses Function"],
    ["WebAssembly", "json/a.ts", `WebAssembly.compile(bytes);`, "uses WebAssembly"],
    ["Buffer", "json/a.ts", `Buffer.from(bytes);`, "uses Buffer"],
    ["process", "json/a.ts", `process.exit(1);`, "uses process"],
    ["a default export", "json/a.ts", `export default function f() {}`, "default export"],
    ["a TypeScript enum", "json/a.ts", `enum E { A }`, "enum"],
    ["a file that grew too long", "json/a.ts", "const x = 1;\n".repeat(MAX_LINES + 1), "lines"],
  ];

  it.each(cases)("finds %s", (_what, path, text, fault) => {
    const found = sourceFaults({ path, text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fault);
  });

  it.each([
    ["a downward import", "json/a.ts", `import { x } from "../wire/view.js";`],
    ["an import within a room", "json/a.ts", `import { x } from "./b.js"; import { y } from "./deep/c.js";`],
    ["fbs -> reflection", "fbs/a.ts", `import { x } from "../reflection/load.js";`],
    [
      "the command line's own needs",
      "cli/a.ts",
      `import "node:fs"; import "commander"; import "../index.js"; process.exit();`,
    ],
    [
      "words in strings, comments and properties",
      "json/a.ts",
      `// bytes.buffer | 0\nconst x = { buffer: "eval(x)", process: 1 };`,
    ],
    ["scratch memory of a module", "text/a.ts", `const DOUBLE = new Float64Array(1); new Uint8Array(DOUBLE.buffer);`],
    ["memory just made", "json/a.ts", `const data = new DataView(new Uint8Array(8).buffer);`],
    ["digits in text/", "text/a.ts", `const tens = (n / 10) | 0;`],
    ["bits that are bits", "wire/a.ts", `const low = (word | flags) >>> 0;`],
  ])("lets %s pass", (_what, path, text) => {
    expect(sourceFaults({ path, text })).toEqual([]);
  });

  it("knows every floor from 0 to 8", () => {
    expect(new Set(FLOORS.values())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 7.5, 8]));
  });
});
