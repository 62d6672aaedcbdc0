import { describe, expect, it } from "vitest";
import { toJSON } from "../src/json/to-json.js";
import { corpusRows, corpusSchema, hasCorpus, readBytes, readText } from "./support/corpus.js";

const rows = corpusRows("buffer", "size-prefixed");

describe.skipIf(!hasCorpus)("every buffer of the corpus", () => {
  describe.each(rows)("$name", (row) => {
    it("prints as flatc prints it", () => {
      const schema = corpusSchema(row.schemaFull);
      const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed", style: "flatc" } as const;
      const bytes = readBytes(row.data);
      const { json, defaults, utf8 } = row.golden;
      if (json) expect(toJSON(schema, bytes, options)).toBe(readText(json));
      if (defaults) expect(toJSON(schema, bytes, { ...options, defaults: true })).toBe(readText(defaults));
      if (utf8) expect(toJSON(schema, bytes, { ...options, ascii: false })).toBe(escapeControls(readText(utf8)));
    });
  });
});

/** With --natural-utf8 flatc leaves control characters raw, which is no JSON: the one difference on purpose here. */
function escapeControls(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\x00-\x09\x0b-\x1f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
