import { describe, expect, it } from "vitest";
import { parseSchema, type ReadInclude } from "../../src/fbs/index.js";
import { FlatbufferError } from "../../src/wire/error.js";

/** Files in memory; includes are looked for next to the file that has them, then in `inc/`. */
function folder(files: Readonly<Record<string, string>>): ReadInclude {
  const all = new Map(Object.entries(files));
  return (path, from) => {
    for (const place of [from.slice(0, from.lastIndexOf("/") + 1), "inc/"]) {
      const fileName = `${place}${path}`;
      const text = all.get(fileName);
      if (text !== undefined) return { fileName, text };
    }
    return undefined;
  };
}

describe("includes", () => {
  it("come before the file that includes them, each once, in circles too", () => {
    const readInclude = folder({
      "a/left.fbs": 'include "base.fbs"; include "right.fbs"; table Left { b: Base; }',
      "a/right.fbs": 'include "base.fbs"; include "left.fbs"; table Right { b: Base; }',
      "a/base.fbs": "table Base {}",
    });
    const text = 'include "left.fbs"; include "right.fbs"; table Main { l: Left; r: Right; }';
    const schema = parseSchema(text, { fileName: "a/main.fbs", readInclude });
    expect([...schema.objects.keys()]).toEqual(["Base", "Left", "Main", "Right"]);
    expect(schema.object("Base")?.declarationFile).toBe("//base.fbs");
    expect(schema.files).toEqual([
      { fileName: "//base.fbs", includedFileNames: [] },
      { fileName: "//left.fbs", includedFileNames: ["//base.fbs", "//right.fbs"] },
      { fileName: "//main.fbs", includedFileNames: ["//left.fbs", "//right.fbs"] },
      { fileName: "//right.fbs", includedFileNames: ["//base.fbs", "//left.fbs"] },
    ]);
  });

  it("may include the file that includes them", () => {
    const text = 'include "a.fbs"; table Main { a: A; }';
    const readInclude = folder({ "a.fbs": 'include "main.fbs"; table A {}', "main.fbs": text });
    expect([...parseSchema(text, { fileName: "main.fbs", readInclude }).objects.keys()]).toEqual(["A", "Main"]);
  });

  it("bring types and attributes, not root type, identifier, extension or namespace", () => {
    const readInclude = folder({
      "a.fbs": 'namespace A; attribute "x"; table T (x) {} root_type T; file_identifier "AAAA"; file_extension "a";',
    });
    const schema = parseSchema('include "a.fbs"; table M (x) { t: A.T; }', { readInclude });
    expect([schema.rootTable, schema.fileIdentifier, schema.fileExtension]).toEqual([undefined, "", ""]);
    expect(schema.object("M")).toBeDefined();
  });

  it("are found by the caller, who also names them", () => {
    const asked: string[] = [];
    const readInclude: ReadInclude = (path, from) => {
      asked.push(`${from} -> ${path}`);
      return path === "b.fbs" ? { fileName: "/lib/b.fbs", text: 'include "./c.fbs"; table B {}' } : "table C {}";
    };
    const schema = parseSchema('include "b.fbs";', { fileName: "/src/a.fbs", readInclude, bfbs: { fileNames: "/" } });
    expect(asked).toEqual(["/src/a.fbs -> b.fbs", "/lib/b.fbs -> ./c.fbs"]);
    expect(schema.object("C")?.declarationFile).toBe("//lib/c.fbs");
  });

  it("take backslashes for slashes", () => {
    const readInclude = folder({ "inc/sub/x.fbs": "table X {}" });
    expect(parseSchema('include "sub\\\\x.fbs";', { readInclude }).object("X")).toBeDefined();
  });

  it("of equal name and text are one file, wherever they lie", () => {
    const readInclude = folder({ "x/a.fbs": "table A {}", "y/a.fbs": "table A {}" });
    expect(parseSchema('include "x/a.fbs"; include "y/a.fbs";', { readInclude }).objectList).toHaveLength(1);
  });

  it("that are missing are told with their place, all of them", () => {
    const readInclude = folder({ "bad.fbs": "table {}" });
    const text = 'include "one.fbs";\ninclude "bad.fbs";\ninclude "two.fbs";\ntable T { x: Y; }';
    const error = errorOf(() => parseSchema(text, { fileName: "m.fbs", readInclude }));
    expect([error.code, error.file, error.line, error.column]).toEqual(["include-not-found", "m.fbs", 1, 18]);
    expect(error.issues?.map(({ code, file, line }) => [code, file, line])).toEqual([
      ["include-not-found", "m.fbs", 1],
      ["schema-syntax", "bad.fbs", 1],
      ["include-not-found", "m.fbs", 3],
    ]);
  });

  it("are not found without readInclude, which the message says", () => {
    expect(() => parseSchema('include "a.fbs";')).toThrow(/readInclude/);
  });

  it("may be refused by the caller", () => {
    const readInclude: ReadInclude = () => {
      throw new FlatbufferError("include-refused", "not from there");
    };
    const error = errorOf(() => parseSchema('include "../a.fbs";', { fileName: "m.fbs", readInclude }));
    expect([error.code, error.line, error.column]).toEqual(["include-refused", 1, 19]);
  });

  it("let other errors of the caller through", () => {
    const readInclude: ReadInclude = () => {
      throw new Error("disk on fire");
    };
    expect(() => parseSchema('include "a.fbs";', { readInclude })).toThrow("disk on fire");
  });

  it("end at a thousand files, also when each one invents the next", () => {
    let made = 0;
    const readInclude: ReadInclude = (path) => `include "f${++made}.fbs"; // ${path}`;
    const error = errorOf(() => parseSchema('include "f.fbs";', { readInclude }));
    expect(error.code).toBe("include-refused");
    expect(made).toBeLessThanOrEqual(1001);
  });

  it("end at ten thousand statements, and soon when all are missing", () => {
    const text = 'include "a.fbs";'.repeat(100_000);
    let asked = 0;
    const found: ReadInclude = () => {
      asked++;
      return "table A {}";
    };
    expect(errorOf(() => parseSchema(text, { readInclude: found })).code).toBe("include-refused");
    expect(asked).toBe(10_000);
    asked = 0;
    const missing: ReadInclude = () => {
      asked++;
      return undefined;
    };
    expect(errorOf(() => parseSchema(text, { readInclude: missing })).code).toBe("include-not-found");
    expect(asked).toBeLessThanOrEqual(100);
  });
});

function errorOf(work: () => unknown): FlatbufferError {
  try {
    work();
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
