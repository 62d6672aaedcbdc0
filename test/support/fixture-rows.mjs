import { readFileSync } from "node:fs";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** The rows of fixtures/index.json with their files read in: bytes as Uint8Array, texts as string or undefined. */
export function fixtureRows() {
  const index = JSON.parse(readFileSync(new URL("index.json", FIXTURES), "utf8"));
  return index.rows.map((row) => ({
    name: row.name,
    rootType: row.rootType ?? undefined,
    sizePrefixed: row.sizePrefixed,
    rebuilds: row.rebuilds,
    schema: bytes(row.schemaFull),
    fbs: text(row.fbs),
    data: bytes(row.data),
    plain: text(row.plain),
    flatc: text(row.flatc),
  }));
}

function bytes(path) {
  return new Uint8Array(readFileSync(new URL(path, FIXTURES)));
}

function text(path) {
  return path === null ? undefined : readFileSync(new URL(path, FIXTURES), "utf8");
}
