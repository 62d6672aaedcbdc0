import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { loadSchema, type Schema } from "../../src/index.js";

/** Where the shared corpus lies when it is there; it is no part of the repository. */
const root = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));

/** Whether there is a corpus. Says so once when there is none, so that no run is green by silence. */
export const hasCorpus: boolean = existsSync(join(root, "manifest.json"));
if (!hasCorpus) console.log(`skipped: no corpus at ${root}`);

/** flatc's texts and buffers for a row; null where flatc could not make one. */
export interface Golden {
  readonly json?: string | null;
  readonly defaults?: string | null;
  readonly utf8?: string | null;
  readonly fromJson?: string | null;
  readonly fromDefaultsJson?: string | null;
}

/** The verdicts of a buffer. */
export interface Verdicts {
  /** Of the native reflective verifier. */
  readonly verify?: string;
  readonly expectedVerify?: string;
  readonly expectedStrict?: string;
  /** Of the verifier that flatc generates. */
  readonly generated?: string;
}

/** One row of the corpus' manifest. Paths are relative to the corpus. */
export interface CorpusRow extends Verdicts {
  readonly name: string;
  readonly kind: string;
  readonly category: string;
  readonly schema: string;
  readonly schemaFull: string;
  readonly fbs: string;
  readonly includeDirs?: readonly string[];
  readonly rootType: string;
  readonly data: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sourceJson?: string;
  readonly golden: Golden;
  readonly viaPlainBfbs?: Golden;
  readonly viaFullBfbs?: Golden;
  readonly fromJsonEqualsData?: boolean;
  readonly flags: Readonly<Record<string, string>>;
  readonly verdicts?: string;
}

/** One buffer of a container of malformed ones, with what the native tools say. */
export interface Mutant extends Verdicts {
  readonly i: number;
  readonly mutation: string;
  readonly verdict: string;
  readonly expected: string;
  readonly oob?: boolean;
  /** The native single-line text, where accepted. */
  readonly json?: string;
  readonly bytes: Uint8Array;
}

/** All rows, or none when there is no corpus. */
export function corpusRows(...kinds: readonly string[]): readonly CorpusRow[] {
  if (!hasCorpus) return [];
  const { rows } = JSON.parse(readText("manifest.json")) as { rows: readonly CorpusRow[] };
  return kinds.length === 0 ? rows : rows.filter(({ kind }) => kinds.includes(kind));
}

/** The bytes of a file of the corpus, unpacked if need be. */
export function readBytes(path: string): Uint8Array {
  const plain = join(root, path);
  if (plain.endsWith(".gz")) return new Uint8Array(gunzipSync(readFileSync(plain)));
  if (existsSync(plain)) return new Uint8Array(readFileSync(plain));
  return new Uint8Array(gunzipSync(readFileSync(`${plain}.gz`)));
}

/** A text file of the corpus. */
export function readText(path: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readBytes(path));
}

const schemas = new Map<string, Schema>();

/** A schema of the corpus, loaded once per test file. */
export function corpusSchema(path: string): Schema {
  let schema = schemas.get(path);
  if (schema === undefined) {
    schema = loadSchema(readBytes(path));
    schemas.set(path, schema);
  }
  return schema;
}

/** The buffers of a container row (`malformed-container` kinds), each in memory of its own. */
export function readContainer(row: CorpusRow & { readonly data: string }): readonly Mutant[] {
  const bytes = readBytes(row.data);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const verdicts = JSON.parse(readText(row.verdicts!)) as Mutant[];
  let pos = 4;
  return verdicts.map((verdict) => {
    const length = view.getUint32(pos, true);
    const buffer = bytes.slice(pos + 4, pos + 4 + length);
    pos += 4 + length;
    return { ...verdict, bytes: buffer };
  });
}
