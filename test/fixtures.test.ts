import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type GateOptions, loadSchema, type Schema, type ToJSONOptions, toJSON, verify } from "../src/index.js";

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

type Text = "plain" | "plainBare" | "plainDefaults" | "flatc" | "flatcBare" | "defaults" | "utf8";

interface StreamRow {
  readonly name: string;
  readonly schemaFull: string;
  readonly data: string;
  readonly frameByteLengths: readonly number[];
  readonly plain: string;
}

/** The texts of a row, and what makes each. */
const FLAVOURS: readonly { text: Text; schema: "schema" | "schemaFull"; options: ToJSONOptions }[] = [
  { text: "plain", schema: "schemaFull", options: {} },
  { text: "plainBare", schema: "schema", options: {} },
  { text: "plainDefaults", schema: "schemaFull", options: { defaults: true } },
  { text: "flatc", schema: "schemaFull", options: { style: "flatc" } },
  { text: "flatcBare", schema: "schema", options: { style: "flatc" } },
  { text: "defaults", schema: "schemaFull", options: { style: "flatc", defaults: true } },
  { text: "utf8", schema: "schemaFull", options: { style: "flatc", ascii: false } },
];

const index = JSON.parse(textOf("index.json")) as { readonly rows: Row[]; readonly streams: StreamRow[] };
const schemas = new Map<string, Schema>();

describe("every fixture", () => {
  it("is in the index", () => {
    const folders = [...new Set(index.rows.map((row) => row.folder))];
    const files = folders.flatMap((folder) => readdirSync(join(FIXTURES, folder)).map((file) => `${folder}/${file}`));
    const listed = new Set([...index.rows, ...index.streams].map((row) => row.data));
    expect(files.filter((path) => /\.(bin|frames)$/.test(path) && !listed.has(path))).toEqual([]);
    expect(folders.length).toBeGreaterThanOrEqual(19);
    expect(index.rows.length).toBeGreaterThan(90);
  });

  it.each(index.rows)("$name passes strict verification with both schemas", (row) => {
    expect(verify(schemaOf(row.schemaFull), bytesOf(row.data), gateOf(row))).toMatchObject({ ok: true });
    expect(verify(schemaOf(row.schema), bytesOf(row.data), gateOf(row))).toMatchObject({ ok: true });
  });

  describe.each(FLAVOURS)("prints as $text", ({ text, schema, options }) => {
    it.each(index.rows.filter((row) => row[text] !== null))("$name", (row) => {
      const printed = toJSON(schemaOf(row[schema]), bytesOf(row.data), { ...gateOf(row), ...options });
      expect(printed).toBe(text === "utf8" ? escapeControls(textOf(row.utf8)) : textOf(row[text]));
      if (text.startsWith("plain")) expect(() => JSON.parse(printed)).not.toThrow();
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

function gateOf(row: Row): GateOptions {
  return { sizePrefixed: row.sizePrefixed, ...(row.rootType === null ? {} : { rootType: row.rootType }) };
}

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
