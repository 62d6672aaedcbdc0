import type { Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";
import { makeTextTable, quoteName, type TextTable } from "./text-table.js";

/** How keys are written: `"key":`, `"key": ` or `key: `. */
export const KEY_STYLES = ["tight", "spaced", "bare"] as const;
export type KeyStyle = (typeof KEY_STYLES)[number];

/** The keys of all fields of a schema, quotes and colon included; piece = field number (address / FIELD_WORDS). */
export function keyTable(schema: Schema, style: KeyStyle): TextTable {
  return TABLES[style](schema);
}

const TABLES: Readonly<Record<KeyStyle, (schema: Schema) => TextTable>> = {
  tight: derived((schema) => makeKeys(schema, (name) => `${quoteName(name)}:`)),
  spaced: derived((schema) => makeKeys(schema, (name) => `${quoteName(name)}: `)),
  // What is no identifier can only be read with its quotes.
  bare: derived((schema) => makeKeys(schema, (name) => `${IDENTIFIER.test(name) ? name : quoteName(name)}: `)),
};

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** In the order of the program's field records: object by object, by id. */
function makeKeys(schema: Schema, toKey: (name: string) => string): TextTable {
  return makeTextTable(schema.objectList.flatMap((object) => object.fields.map((field) => toKey(field.name))));
}
