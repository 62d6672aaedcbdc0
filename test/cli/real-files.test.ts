import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CorpusRow, corpusRows, hasCorpus, readBytes, readText } from "../support/corpus.js";
import { flatlens, temporaryFolder } from "./run-cli.js";

/** Files that other projects' writers made: TFLite models, FlatGeobuf features, fplbase meshes, neutron data. */
const calls = callsOf(corpusRows("buffer", "size-prefixed").filter(isReal));

describe("real files of real projects through the command line", () => {
  it.runIf(hasCorpus)("are there", () => {
    expect(calls.flatMap((call) => call.rows).length).toBeGreaterThan(50);
  });

  it.each(calls)(
    "$rows.length of $schema verify, print as lossless JSON and as flatc's text",
    ({ schema, flags, rows }) => {
      const folder = temporaryFolder();
      const files = rows.map((row, i) => {
        writeFileSync(join(folder, `${i}.bin`), readBytes(row.data));
        return join(folder, `${i}.bin`);
      });
      writeFileSync(join(folder, "schema.bfbs"), readBytes(schema));
      const run = (command: string, ...more: string[]) =>
        flatlens([command, join(folder, "schema.bfbs"), ...files, "--raw-binary", ...flags, ...more]);

      expect(run("verify")).toMatchObject({ status: 0, stderr: "" });

      const plain = run("json");
      expect(plain).toMatchObject({ status: 0, stderr: "" });
      const lines = plain.stdout.trimEnd().split("\n");
      expect(lines).toHaveLength(rows.length);
      for (const line of lines) expect(typeof JSON.parse(line)).toBe("object");

      const flatc = run("json", "--style", "flatc");
      expect(flatc).toMatchObject({ status: 0, stderr: "" });
      if (rows.every((row) => row.golden.json)) {
        expect(flatc.stdout).toBe(rows.map((row) => readText(row.golden.json!)).join(""));
      }
    },
  );
});

interface Call {
  readonly schema: string;
  readonly flags: readonly string[];
  readonly rows: CorpusRow[];
}

/** Rows that one command can print. */
function callsOf(rows: readonly CorpusRow[]): Call[] {
  const calls = new Map<string, Call>();
  for (const row of rows) {
    const flags = [
      ...(row.rootType ? ["--root-type", row.rootType] : []),
      ...(row.kind === "size-prefixed" ? ["--size-prefixed"] : []),
    ];
    const key = [row.schemaFull, ...flags].join(" ");
    const call = calls.get(key) ?? { schema: row.schemaFull, flags, rows: [] };
    call.rows.push(row);
    calls.set(key, call);
  }
  return [...calls.values()];
}

function isReal(row: CorpusRow): boolean {
  return !!(row as { readonly dataOrigin?: { readonly repo?: string | null } }).dataOrigin?.repo;
}
