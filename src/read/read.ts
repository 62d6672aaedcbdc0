import type { Schema } from "../model/schema.js";
import { openBuffer } from "../verify/open.js";
import type { ReadOptions } from "../wire/options.js";
import type { BytesInput } from "../wire/view.js";
import { Table } from "./table.js";

/** A lazy view on the root table. */
export function read(schema: Schema, bytes: BytesInput, options: ReadOptions = {}): Table {
  const open = openBuffer(schema, bytes, options);
  return new Table(open, open.object, open.pos);
}
