import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type BfbsOptions, parseSchema, printSchema } from "../../src/fbs/index.js";
import type { Schema } from "../../src/model/schema.js";
import { loadSchema } from "../../src/reflection/load.js";
import { FlatbufferError } from "../../src/wire/error.js";
import { type CorpusRow, corpusRows, hasCorpus, readBytes } from "../support/corpus.js";
import { modelOf } from "./model-of.js";

const root = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));

interface RejectedRow {
  readonly name: string;
  readonly fbs: string;
  readonly flatcError: string;
}

/** Parses a schema file of the corpus; includes lie next to it, in the main file's folder, or in those named. */
function parseFile(path: string, bfbs: BfbsOptions = {}, includeDirs: readonly string[] = []): Schema {
  const main = join(root, path);
  const folders = [dirname(main), ...includeDirs.map((folder) => join(root, folder))];
  return parseSchema(new Uint8Array(readFileSync(main)), {
    fileName: main,
    bfbs,
    readInclude: (name, from) => {
      for (const folder of [dirname(from), ...folders]) {
        const fileName = join(folder, name);
        if (existsSync(fileName)) return { fileName, text: new Uint8Array(readFileSync(fileName)) };
      }
      return undefined;
    },
  });
}

const all = { builtins: true, comments: true };
const accepted: readonly CorpusRow[] = corpusRows("schema-accepted");

describe.skipIf(!hasCorpus)("schemas of the corpus", () => {
  it("all have both their .bfbs to the byte as flatc made them", () => {
    let equal = 0;
    for (const { fbs, schema, schemaFull, includeDirs } of accepted) {
      for (const [bfbs, golden] of [
        [{}, schema],
        [all, schemaFull],
      ] as const) {
        expect(Buffer.compare(parseFile(fbs, bfbs, includeDirs).bytes, readBytes(golden)), golden).toBe(0);
        equal++;
      }
    }
    console.log(`.bfbs equal to flatc's: ${equal} of ${accepted.length * 2}`);
  });

  it("all load back to the model they were saved from", () => {
    for (const { fbs, includeDirs, name } of accepted) {
      const parsed = parseFile(fbs, all, includeDirs);
      const left = { textOnly: true };
      expect(modelOf(loadSchema(parsed.bytes), left), name).toBe(modelOf(parsed, left));
    }
  });

  it("all are the same after printing and parsing, from text, from full and from plain .bfbs", () => {
    let same = 0;
    for (const { fbs, includeDirs, name, schema, schemaFull } of accepted) {
      const plain = { files: true, builtins: true };
      const models = [
        [parseFile(fbs, all, includeDirs), { files: true }],
        [loadSchema(readBytes(schemaFull)), { files: true }],
        [loadSchema(readBytes(schema)), plain],
      ] as const;
      for (const [model, left] of models) {
        const printed = printSchema(model);
        const again = parseSchema(printed);
        expect(modelOf(again, left), name).toBe(modelOf(model, left));
        expect(printSchema(again), name).toBe(printed);
        same++;
      }
    }
    console.log(`same after printing and parsing: ${same} of ${accepted.length * 3}`);
  });

  it("that flatc rejects are rejected at the line and column of its message", () => {
    const rows = JSON.parse(readFileSync(join(root, "parse/invalid.json"), "utf8")) as readonly RejectedRow[];
    let [rejected, placed, lines, columns] = [0, 0, 0, 0];
    for (const { fbs, flatcError } of rows) {
      let found: unknown;
      try {
        parseFile(fbs);
      } catch (error) {
        found = error;
      }
      expect(found, fbs).toBeInstanceOf(FlatbufferError);
      rejected++;
      const [, line, column] = /:(\d+): (\d+): error: /.exec(flatcError) ?? [];
      if (line === undefined) continue;
      placed++;
      const error = found as FlatbufferError;
      if (error.line === Number(line)) lines++;
      if (error.column === Number(column)) columns++;
    }
    console.log(
      `rejected ${rejected} of ${rows.length}; of ${placed} places ${lines} lines and ${columns} columns agree`,
    );
    expect([rejected, lines, columns]).toEqual([rows.length, placed, placed]);
  });
});
