import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ToJSONOptions, toJSON, verify } from "../src/index.js";
import { fixtureBytes, fixtureIndex, fixtureOptions, fixtureSchema, fixtureText } from "./support/fixtures.js";

type Text = "plain" | "plainBare" | "plainDefaults" | "flatc" | "flatcBare" | "defaults" | "utf8";

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

describe("every fixture", () => {
  it("is in the index", () => {
    const folders = [...new Set(fixtureIndex.rows.map((row) => row.folder))];
    const files = folders.flatMap((folder) =>
      readdirSync(new URL(`../fixtures/${folder}`, import.meta.url)).map((file) => `${folder}/${file}`),
    );
    const listed = new Set([...fixtureIndex.rows, ...fixtureIndex.streams].map((row) => row.data));
    expect(files.filter((path) => /\.(bin|frames)$/.test(path) && !listed.has(path))).toEqual([]);
    expect(folders.length).toBeGreaterThanOrEqual(19);
    expect(fixtureIndex.rows.length).toBeGreaterThan(90);
  });

  it.each(fixtureIndex.rows)("$name passes strict verification with both schemas", (row) => {
    expect(verify(fixtureSchema(row.schemaFull), fixtureBytes(row.data), fixtureOptions(row))).toMatchObject({
      ok: true,
    });
    expect(verify(fixtureSchema(row.schema), fixtureBytes(row.data), fixtureOptions(row))).toMatchObject({ ok: true });
  });

  describe.each(FLAVOURS)("prints as $text", ({ text, schema, options }) => {
    it.each(fixtureIndex.rows.filter((row) => row[text] !== null))("$name", (row) => {
      const printed = toJSON(fixtureSchema(row[schema]), fixtureBytes(row.data), {
        ...fixtureOptions(row),
        ...options,
      });
      expect(printed).toBe(text === "utf8" ? escapeControls(fixtureText(row.utf8!)) : fixtureText(row[text]!));
      if (text.startsWith("plain")) expect(() => JSON.parse(printed)).not.toThrow();
    });
  });

  it.each(fixtureIndex.streams)("$name prints frame by frame as its lines", (row) => {
    const bytes = fixtureBytes(row.data);
    let pos = 0;
    let lines = "";
    for (const byteLength of row.frameByteLengths) {
      const frame = bytes.subarray(pos, pos + byteLength);
      lines += `${toJSON(fixtureSchema(row.schemaFull), frame, { sizePrefixed: true })}\n`;
      pos += byteLength;
    }
    expect(pos).toBe(bytes.length);
    expect(lines).toBe(fixtureText(row.plain));
  });
});

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
