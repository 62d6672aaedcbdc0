import type { Schema } from "../model/schema.js";
import { openBuffer } from "../verify/open.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { type BytesInput, readError } from "../wire/view.js";
import { resolvePlainRules, type ToObjectOptions } from "./plain-options.js";
import { plainTable } from "./plain-table.js";
import { PlainWalk } from "./plain-walk.js";

/**
 * A whole buffer as plain JavaScript values.
 *
 * - tables and structs: objects without prototype, so that no name of the schema can mean anything to the language
 * - 64-bit integers: bigint; other numbers: number; bool: boolean; enums: their name, or the number where they have none
 * - vectors and fixed arrays: arrays; of ubyte: a Uint8Array with memory of its own
 * - unions: the pair `equipped_type` (the member's name) and `equipped`; a member newer than the schema has its number
 *   as type and no value (null in a vector)
 * - absent scalars: their default, null when optional; other absent fields have no key
 *
 * Verifies the bytes first unless `trusted`. Throws FlatbufferError: what `verify` finds, `invalid-utf8`,
 * `depth-limit`, `visit-limit`, `output-limit` (the values would take more than `limits.maxOutputBytes`, roughly).
 *
 * @typeParam T What the result is taken for; nothing checks it.
 * @example
 * ```ts
 * const monster = toObject<Monster>(schema, bytes);
 * console.log(monster.name, monster.weapons[0].damage);
 * ```
 */
export function toObject<T = object>(schema: Schema, bytes: BytesInput, options: ToObjectOptions = {}): T {
  const rules = resolvePlainRules(options);
  // Strings are checked when they are made.
  const open = openBuffer(schema, bytes, options, false);
  // What strict verification has counted must not fail a second time here.
  const walk = new PlainWalk(open, rules, !open.trusted && options.profile !== "native");
  try {
    return plainTable(walk, open.object, open.pos) as T;
  } catch (error) {
    throw withPath(walk, readError(open.view, error));
  }
}

/** Errors know the byte; the walk knows the way there. */
function withPath(walk: PlainWalk, error: unknown): unknown {
  if (!isFlatbufferError(error) || error.path !== undefined) return error;
  const path = walk.trail.toPath(walk.program, walk.level);
  const { code, offset, limit, cause } = error;
  return new FlatbufferError(code, `${error.message} (${path})`, { path, offset, limit, cause });
}
