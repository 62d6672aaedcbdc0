import type { Schema } from "../model/schema.js";
import { openBuffer } from "../verify/open.js";
import type { ReadOptions } from "../wire/options.js";
import type { BytesInput } from "../wire/view.js";
import { sourceOf } from "./source.js";
import { Table } from "./table.js";
import type { AnyFields } from "./value-types.js";

/**
 * Opens a buffer and gives a lazy view on its root table: fields are read when they are asked for.
 *
 * The bytes are verified first, unless `trusted` is true; the view keeps them and reads from them, so a change of the
 * bytes shows in it (memory that is shared between threads is copied). Throws FlatbufferError for what the gate
 * refuses, with the place in the data and in the bytes.
 *
 * @typeParam T Plain values of the root table, as `toObject` makes them; without it, fields are `unknown`.
 * @example
 * ```ts
 * const monster = read(schema, bytes);
 * console.log(monster.get("name"), monster.get("hp"));
 * for (const [name, value] of monster) console.log(name, value);
 * ```
 */
export function read<T = AnyFields>(schema: Schema, bytes: BytesInput, options: ReadOptions = {}): Table<T> {
  const buffer = openBuffer(schema, bytes, options);
  const source = sourceOf(buffer);
  return new Table<T>(source, source.types[buffer.object]!, buffer.pos);
}
