import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadSchema, type Schema, toJSON, verify } from "../src/index.js";

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), "../fixtures");

/** One buffer of fixtures/index.json; fixtures/README.md says what each member means. */
interface Row {
  readonly name: string;
  readonly folder: string;
  readonly schema: string;
  readonly schemaFull: string;
  readonly data: string;
  readonly rootType: string | null;
  readonly sizePrefixed: boolean;
  readonly plain: string;
  readonly plainBare: string;
  readonly plainDefaults: string | null;
  readonly flatc: string | null;
  readonly flatcBare: string | null;
  readonly defaults: string | null;
  readonly utf8: string | null;
}

interface StreamRow {
  readonly name: string;
  readonly schemaFull: string;
  readonly data: string;
  readonly frameByteLengths: readonly number[];
  readonly plain: string;
}

const index = JSON.parse(textOf("index.json")) as { readonly rows: Row[]; readonly streams: StreamRow[] };
const schemas = new Map<string, Schema>();

describe("every fixture", () => {
  it("is in the index, and every folder has rows", () => {
    const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((item) => item.isDirectory());
    expect(folders.map((item) => item.name).sort()).toEqual([...new Set(index.rows.map((row) => row.folder))].sort());
    const buffers = folders.flatMap(({ name }) => readdirSync(join(FIXTURES, name)).map((file) => `${name}/${file}`));
    const listed = new Set([...index.rows, ...index.streams].map((row) => row.data));
    expect(buffers.filter((path) => /\.(bin|frames)$/.test(path) && !listed.has(path))).toEqual([]);
    expect(index.rows.length).toBeGreaterThan(90);
  });

  describe.each(index.rows)("$name", (row) => {
    const gate = { sizePrefixed: row.sizePrefixed, ...(row.rootType === null ? {} : { rootType: row.rootType }) };
    const full = schemaOf(row.schemaFull);
    const bytes = bytesOf(row.data);

    it("passes strict verification", () => {
      expect(verify(full, bytes, gate)).toMatchObject({ ok: true });
      expect(verify(schemaOf(row.schema), bytes, gate)).toMatchObject({ ok: true });
    });

    it("prints as the plain text, which JSON.parse reads", () => {
      const text = toJSON(full, bytes, gate);
      expect(text).toBe(textOf(row.plain));
      expect(() => JSON.parse(text)).not.toThrow();
    });

    it("prints as the plain text without builtin attributes", () => {
      expect(toJSON(schemaOf(row.schema), bytes, gate)).toBe(textOf(row.plainBare));
    });

    it.skipIf(row.plainDefaults === null)("prints as the plain text with defaults", () => {
      expect(toJSON(full, bytes, { ...gate, defaults: true })).toBe(textOf(row.plainDefaults));
    });

    it.skipIf(row.flatc === null)("prints as flatc does", () => {
      expect(toJSON(full, bytes, { ...gate, style: "flatc" })).toBe(textOf(row.flatc));
      expect(toJSON(schemaOf(row.schema), bytes, { ...gate, style: "flatc" })).toBe(textOf(row.flatcBare));
    });

    it.skipIf(row.defaults === null)("prints as flatc does with --defaults-json", () => {
      expect(toJSON(full, bytes, { ...gate, style: "flatc", defaults: true })).toBe(textOf(row.defaults));
    });

    it.skipIf(row.utf8 === null)("prints as flatc does with --natural-utf8, but for bare control characters", () => {
      expect(toJSON(full, bytes, { ...gate, style: "flatc", ascii: false })).toBe(escapeControls(textOf(row.utf8)));
    });
  });

  it.each(index.streams)("$name prints frame by frame as its lines", (row) => {
    const bytes = bytesOf(row.data);
    let pos = 0;
    let lines = "";
    for (const byteLength of row.frameByteLengths) {
      const frame = bytes.subarray(pos, pos + byteLength);
      lines += `${toJSON(schemaOf(row.schemaFull), frame, { sizePrefixed: true })}\n`;
      pos += byteLength;
    }
    expect(pos).toBe(bytes.length);
    expect(lines).toBe(textOf(row.plain));
  });
});

function schemaOf(path: string): Schema {
  const schema = schemas.get(path) ?? loadSchema(bytesOf(path));
  schemas.set(path, schema);
  return schema;
}

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FIXTURES, path)));
}

function textOf(path: string | null): string {
  if (path === null) throw new Error("the index has no such text");
  return readFileSync(join(FIXTURES, path), "utf8");
}

/**
 * flatc's --natural-utf8 lets U+0001 and its like through, which is no JSON; we keep the escapes it has without the option.
 * Line ends between values are outside strings and stay.
 */
function escapeControls(text: string): string {
  return [...text].map((char) => (isBareControl(char) ? `\\u${hex4(char)}` : char)).join("");
}

function isBareControl(char: string): boolean {
  return char < " " && char !== "\n";
}

function hex4(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
