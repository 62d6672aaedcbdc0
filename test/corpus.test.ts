import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isFlatbufferError, type Schema, type ToJSONOptions, toJSON, toJSONBytes } from "../src/index.js";
import {
  type CorpusRow,
  corpusRows,
  corpusSchema,
  type Golden,
  hasCorpus,
  readBytes,
  readContainer,
  readText,
} from "./support/corpus.js";
import { differenceToFlatc } from "./support/exact-json.js";

const rows = corpusRows("buffer", "size-prefixed");
const printed = rows.filter(({ golden }) => golden.json);
const texts: readonly { text: keyof Golden; options: ToJSONOptions }[] = [
  { text: "json", options: {} },
  { text: "defaults", options: { defaults: true } },
  { text: "utf8", options: { ascii: false } },
];

describe.skipIf(!hasCorpus)("every buffer of the corpus", () => {
  it("has a text by flatc, or is one of the few that flatc can't print", () => {
    expect(printed.length).toBeGreaterThan(250);
    expect(rows.length - printed.length).toBeLessThan(10);
  });

  describe.each(texts)("prints flatc's $text text byte for byte", ({ text, options }) => {
    it.each(rows.filter(({ golden }) => golden[text]))("$name", (row) => {
      const ours = toJSON(corpusSchema(row.schemaFull), readBytes(row.data), { ...flatc(row), ...options });
      const golden = readText(row.golden[text]!);
      expect(ours).toBe(text === "utf8" ? escapeControls(golden) : golden);
    });
  });

  it.each(printed)("$name prints with the plain .bfbs what flatc prints with it", (row) => {
    const ours = toJSON(corpusSchema(row.schema), readBytes(row.data), flatc(row));
    expect(ours).toBe(readText((row.viaPlainBfbs?.json ?? row.golden.json)!));
  });

  it.each(printed)("$name is plain JSON with flatc's values, with either schema", (row) => {
    const bytes = readBytes(row.data);
    for (const [path, text] of [
      [row.schemaFull, row.golden.json!],
      [row.schema, (row.viaPlainBfbs?.json ?? row.golden.json)!],
    ] as const) {
      const schema = corpusSchema(path);
      const plain = toJSON(schema, bytes, gate(row));
      expect(() => JSON.parse(plain)).not.toThrow();
      expect(differenceToFlatc(plain, readText(text), keyNames(schema))).toBe(undefined);
      // However it is laid out, a JSON reader gets the same from it.
      for (const options of [{ indent: 2 }, { ascii: true }]) {
        expect(JSON.parse(toJSON(schema, bytes, { ...gate(row), ...options }))).toEqual(JSON.parse(plain));
      }
    }
  });

  it.each(printed.filter(({ golden }) => golden.defaults))("$name has flatc's defaults in plain JSON too", (row) => {
    const schema = corpusSchema(row.schemaFull);
    const plain = toJSON(schema, readBytes(row.data), { ...gate(row), defaults: true });
    expect(differenceToFlatc(plain, readText(row.golden.defaults!), new Set())).toBe(undefined);
  });

  it.each(rows.filter(({ golden }) => !golden.json))(
    "$name, which flatc can't print, prints or says why not",
    (row) => {
      const text = textOrCode(corpusSchema(row.schemaFull), readBytes(row.data), gate(row));
      if (row.expectedStrict === "reject") expect(text).toBe("union-value-without-type");
      else expect(() => JSON.parse(text)).not.toThrow();
    },
  );
});

describe.skipIf(!hasCorpus)("the benchmark buffers", () => {
  const bench: readonly BenchRow[] = hasCorpus ? JSON.parse(readText("bench/manifest.json")) : [];

  it.each(bench)("$name has the hash of flatc's text", (row) => {
    const schema = corpusSchema(`bench/${row.schema}`);
    const text = toJSONBytes(schema, readBytes(`bench/${row.data}`), { rootType: row.rootType, style: "flatc" });
    expect(text.length).toBe(row.flatcJsonBytes);
    expect(createHash("sha256").update(text).digest("hex")).toBe(row.flatcJsonSha256);
  });
});

describe.each(corpusRows("malformed-container", "malformed-container-size-prefixed"))(
  "damaged buffers: $name",
  (row) => {
    const schema = corpusSchema(row.schemaFull);
    const base = {
      ...flatc({ ...row, kind: row.kind.endsWith("size-prefixed") ? "size-prefixed" : "buffer" }),
      indent: -1,
    };

    it("print flatc's one line wherever verification passes", () => {
      let same = 0;
      for (const { i, mutation, bytes, json } of readContainer(row)) {
        const text = textOrCode(schema, bytes, { ...base, identifier: "ignore" });
        if (json === undefined || !text.startsWith("{")) continue;
        expect(text, `${i} ${mutation}`).toBe(json);
        same++;
      }
      expect(same).toBeGreaterThan(0);
    });

    it("print or throw a FlatbufferError when nobody verified them", () => {
      for (const { i, mutation, bytes } of readContainer(row)) {
        const limits = { maxVisits: 20_000, maxOutputBytes: 4_000_000 };
        for (const options of [{ style: "flatc" }, { style: "plain", invalidUtf8: "replace" }] as const) {
          const text = textOrCode(schema, bytes, { ...base, ...options, trusted: true, limits });
          expect(text, `${i} ${mutation}`).toMatch(/^[{]|^[a-z0-9-]+$/);
        }
      }
    });
  },
);

interface BenchRow {
  readonly name: string;
  readonly schema: string;
  readonly data: string;
  readonly rootType: string;
  readonly flatcJsonBytes: number;
  readonly flatcJsonSha256: string;
}

function gate(row: CorpusRow): ToJSONOptions {
  return { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
}

function flatc(row: CorpusRow): ToJSONOptions {
  return { ...gate(row), style: "flatc" };
}

/** The text, or the code of the FlatbufferError; any other error is thrown on. */
function textOrCode(schema: Schema, bytes: Uint8Array, options: ToJSONOptions): string {
  try {
    return toJSON(schema, bytes, options);
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    return error.code;
  }
}

/** Names of scalars that vectors are sorted by: flatc prints them even where they are absent. */
function keyNames(schema: Schema): ReadonlySet<string> {
  return new Set(schema.objectList.flatMap(({ fields }) => fields.filter(({ key }) => key).map(({ name }) => name)));
}

/** With --natural-utf8 flatc leaves control characters raw, which is no JSON: the one difference on purpose here. */
function escapeControls(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\x00-\x09\x0b-\x1f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
