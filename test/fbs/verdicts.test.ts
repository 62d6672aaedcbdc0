import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { loadSchema } from "../../src/reflection/load.js";
import { FlatbufferError } from "../../src/wire/error.js";
import { ACCEPTED } from "./accepted.js";
import { REJECTED } from "./rejected.js";

describe("parseSchema rejects what flatc rejects, at the same place", () => {
  it.each(REJECTED)("%s %s", (place, text) => {
    const error = errorOf(text);
    expect(`${error.line}:${error.column}`, error.message).toBe(place);
    expect(["schema-syntax", "schema-semantics"]).toContain(error.code);
    // What is told about each mistake stands on its own.
    for (const { message, line, column } of error.issues ?? []) {
      expect(message.startsWith(`t.fbs:${line}:${column}: `)).toBe(true);
      expect(message.length).toBeGreaterThan(`t.fbs:${line}:${column}: `.length + 10);
    }
  });
});

describe("parseSchema accepts what flatc accepts", () => {
  it.each(ACCEPTED)("%s", (text) => {
    const schema = parseSchema(text, { bfbs: { builtins: true, comments: true } });
    // Some of what flatc overlooks is no schema that can be trusted.
    if (!schema.warnings.some((warning) => warning.includes("loadSchema will refuse"))) loadSchema(schema.bytes);
  });
});

describe("parseSchema differs from flatc on purpose", () => {
  it("rejects a struct that contains itself in an array, which flatc overlooks", () => {
    expect(errorOf("struct A { x: int; a: [A:2]; }").message).toContain("contains itself");
  });

  it("rejects a root_type that turns out to be a struct later", () => {
    expect(errorOf("table R { x: X; } root_type X; struct X { a: int; }").message).toContain("must be a table");
  });

  it("rejects more fields than a vtable holds", () => {
    const fields = Array.from({ length: 32_766 }, (_, index) => `f${index}:int;`);
    expect(parseSchema(`table T {${fields.slice(1).join("")}}`).object("T")?.fields.length).toBe(32_765);
    expect(errorOf(`table T {${fields.join("")}}`).message).toContain("32765");
  });

  it("rejects a struct with a field behind its first 65,536 bytes, whose offset no .bfbs can hold", () => {
    expect(parseSchema("struct S { a: [double:8190]; b: double; c: byte; }").object("S")?.byteSize).toBe(65_536);
    expect(errorOf("struct S { a: [double:8192]; c: byte; }").message).toContain("65536");
  });

  it.each(["// x\0y\ntable T {}", "/// \0\ntable T {}", "/* \0 */ table T {}", "table T {}\0"])(
    "rejects a NUL, at its place, which flatc rejects without one and takes for the end of an included file: %j",
    (text) => {
      const column = text.indexOf("\0") + 1;
      expect(errorOf(text)).toMatchObject({ code: "schema-syntax", line: 1, column });
      const readInclude = () => text;
      expect(() => parseSchema('include "a.fbs";', { readInclude })).toThrow(/:1:\d+: .*(U\+0000|NUL)/);
    },
  );

  it("replaces what is no UTF-8 in a doc comment, which flatc copies", () => {
    const text = Buffer.from("/// \xE9z\ntable T {}", "latin1");
    expect(parseSchema(text, { bfbs: { comments: true } }).object("T")?.documentation).toEqual([" \uFFFDz"]);
  });

  it("counts the bytes of a file identifier", () => {
    expect(errorOf('file_identifier "abcé";').message).toContain("four bytes, not 5");
  });

  it("takes a comment on the first line behind a byte order mark", () => {
    expect(parseSchema("\ufeff/// doc\ntable T {}").object("T")?.documentation).toEqual([" doc"]);
  });
});

function errorOf(text: string): FlatbufferError {
  try {
    parseSchema(text, { fileName: "t.fbs" });
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}
