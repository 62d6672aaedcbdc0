import { readFileSync } from "node:fs";
import { loadSchema, type Schema } from "../../src/index.js";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** One buffer of fixtures/index.json; fixtures/README.md says what each member means. Paths start in fixtures/. */
export interface FixtureRow {
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

/** Several size-prefixed buffers in one file. */
export interface StreamRow {
  readonly name: string;
  readonly schemaFull: string;
  readonly data: string;
  readonly frameByteLengths: readonly number[];
  readonly plain: string;
}

/** All of fixtures/index.json. */
export const fixtureIndex: { readonly rows: readonly FixtureRow[]; readonly streams: readonly StreamRow[] } =
  JSON.parse(fixtureText("index.json"));

/** What a buffer is, as options of every reader. */
export interface FixtureOptions {
  readonly rootType: string | undefined;
  readonly sizePrefixed: boolean;
}

/** A buffer, its schema with all attributes, and what it is. */
export interface Fixture {
  readonly name: string;
  readonly schema: Schema;
  readonly data: Uint8Array;
  readonly options: FixtureOptions;
}

/** All buffers of fixtures/, in memory of their own. */
export function fixtures(): Fixture[] {
  return fixtureIndex.rows.map((row) => ({
    name: row.name,
    schema: fixtureSchema(row.schemaFull),
    data: fixtureBytes(row.data),
    options: fixtureOptions(row),
  }));
}

export function fixtureOptions({ rootType, sizePrefixed }: FixtureRow): FixtureOptions {
  return { rootType: rootType ?? undefined, sizePrefixed };
}

const schemas = new Map<string, Schema>();

/** The schema in a file of fixtures/, loaded once. */
export function fixtureSchema(path: string): Schema {
  const known = schemas.get(path) ?? loadSchema(fixtureBytes(path));
  schemas.set(path, known);
  return known;
}

export function fixtureBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, FIXTURES)));
}

export function fixtureText(path: string): string {
  return readFileSync(new URL(path, FIXTURES), "utf8");
}
