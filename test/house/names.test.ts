import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesUnder, ROOT, readText, sourceFiles } from "./source-files.js";

const tracked = trackedFiles();

describe("names", () => {
  it("of source, test and script files are in kebab case", () => {
    const files = ["src", "test", "scripts", "examples"].flatMap((folder) => filesUnder(folder)).filter(isCode);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*[./])+[a-z]+$/.test(path))).toEqual([]);
  });

  it("in wire/ and program/ say which offset they mean", () => {
    const bare = sourceFiles()
      .filter((file) => /^(wire|program)\//.test(file.path))
      .flatMap((file) => (/\b(?:const|let|function)\s+offset\b/.test(file.text) ? [file.path] : []));
    expect(bare).toEqual([]);
  });
});

describe("every room of src", () => {
  const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(rooms.map((room) => room.name))("%s says in at most 25 lines what is here and where to start", (room) => {
    const path = `src/${room}/README.md`;
    expect(existsSync(join(ROOT, path)), path).toBe(true);
    expect(readText(path).trimEnd().split("\n").length).toBeLessThanOrEqual(25);
  });
});

describe("no file of the repository", () => {
  it.runIf(tracked.length > 0)("names a folder of somebody's machine", () => {
    const faults = tracked
      .filter((path) => isText(path) && path !== "test/house/names.test.ts")
      .filter((path) => /(?<![\w.])\/(?:work|root|home\/\w+|Users\/\w+)\//.test(readText(path)));
    expect(faults).toEqual([]);
  });

  it.runIf(tracked.length > 0)("is larger than a megabyte", () => {
    expect(tracked.filter((path) => readText(path).length > 1_000_000)).toEqual([]);
  });
});

function isCode(path: string): boolean {
  return /\.(ts|mjs|js|sh)$/.test(path);
}

function isText(path: string): boolean {
  return /\.(ts|mjs|js|json|md|sh|yml|svg|html|fbs)$|(^|\/)run$/.test(path) && path !== "package-lock.json";
}

/** Empty outside a git checkout (an unpacked tarball, say), where there is nothing to ask. */
function trackedFiles(): string[] {
  try {
    const list = execFileSync("git", ["ls-files", "-z"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return list.split("\0").filter((path) => path !== "" && existsSync(join(ROOT, path)));
  } catch {
    return [];
  }
}
