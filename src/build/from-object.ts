import type { Schema } from "../model/schema.js";
import { isFlatbufferError } from "../wire/error.js";
import { stackError } from "../wire/view.js";
import { failAtPath, ObjectState } from "./object-state.js";
import { type BuildOptions, resolveBuildOptions } from "./options.js";
import { putTable } from "./put-table.js";
import { returnWriter, takeWriter } from "./spare-writer.js";

/**
 * Builds a FlatBuffer from plain values: those that `toObject` gives, or any object that looks like them.
 *
 * - integers and floats: numbers or bigints, 64-bit ones too; enums: also the name, or names with a space between them; bool: true
 *   and false; fields with `hash`: also the text
 * - strings: strings, or their UTF-8 in a Uint8Array; vectors: arrays or typed arrays
 * - tables and structs: objects, whose own enumerable properties count; unions: the value beside its type
 *   (`equipped_type`, `equipped`); in a vector of unions null for the type NONE
 * - nested_flatbuffer: the object inside; flexbuffer: any value that JSON could hold, bigints and bytes
 * - `undefined`, and `null` for all but scalars that aren't optional: as if it were not there
 *
 * Fields are written in the order of the object's keys, so that `fromObject(schema, JSON.parse(text))` has the bytes
 * of `fromJSON(schema, text)` where JavaScript's numbers hold the text's.
 *
 * @returns The buffer, which shares memory with nothing. It passes `verify`. Above 1 MiB it may be the end of a larger
 * ArrayBuffer, at most twice its size: copy it (`slice`) before you send the whole memory elsewhere.
 *
 * Throws FlatbufferError with the `path` of the value: `wrong-type`, `invalid-value`, `number-out-of-range`,
 * `unknown-enum-value`, `unknown-field`, `missing-required`, `wrong-length`, `union-type-missing`,
 * `unknown-union-type`, `union-types-without-values`, `invalid-utf8`, `depth-limit` (cycles too), `buffer-too-large`,
 * `table-size-out-of-range`; `no-root-type`, `unknown-root-type`, `invalid-option`.
 *
 * @example
 * ```ts
 * const bytes = fromObject(schema, { name: "Orc", hp: 80, equipped_type: "Weapon", equipped: { damage: 5 } });
 * ```
 */
export function fromObject(schema: Schema, value: object, options: BuildOptions = {}): Uint8Array {
  const rules = resolveBuildOptions(schema, options);
  const writer = takeWriter(schema, rules.forceDefaults, 1024);
  const state = new ObjectState(schema, rules, writer);
  try {
    const root = putTable(state, rules.root.index, value);
    return writer.builder.finish(root, rules);
  } catch (thrown) {
    const error = stackError(thrown);
    // Errors of the builder know no path; here they learn where it was.
    if (!isFlatbufferError(error) || error.path !== undefined) throw error;
    throw failAtPath(state, error.code, error.message, undefined, error.limit);
  } finally {
    returnWriter(writer);
  }
}
