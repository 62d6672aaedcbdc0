import { returnWriter, takeWriter } from "../build/spare-writer.js";
import type { Schema } from "../model/schema.js";
import { sourceOf } from "../read/source.js";
import { openBuffer } from "../verify/open.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import { type BytesInput, readError } from "../wire/view.js";
import { applyStep } from "./apply.js";
import { type EditChange, resolveChanges } from "./change.js";
import { CopyState } from "./copy-state.js";
import { EditState } from "./edit-state.js";
import { keptIdentifier } from "./kept-identifier.js";
import { refuseLoss } from "./lost.js";
import { type Node, Stored } from "./node.js";
import { type EditOptions, resolveEditOptions } from "./options.js";
import { writeBuffer } from "./write-node.js";

/**
 * Changes anything in a buffer, strings and vectors of any length included, by writing it anew. The bytes that were
 * given are left alone.
 *
 * Changes apply one after the other, each to what the ones before it left; all of them or, when one fails, none.
 * - `{path, set}`: a field, a member of a struct, an element; a whole table, vector or struct; with `path: ""` the root.
 *   A union's value may come with its `type`; without one it's of the type that is there. `null` takes away.
 * - `{path, delete: true}`: a field (a union with its type) or an element.
 * - `{path, append}`: an element at the end of a vector; an absent vector is created.
 * - `{path, insert}`: an element before the one that the path ends in.
 *
 * Paths are those of `getPath`, and go into unions, nested FlatBuffers and FlexBuffers. What is absent on the way is an
 * error unless the change says `create: true`. Values are taken as by `fromObject`; a scalar that a change names is
 * stored even when it equals its default.
 *
 * What no change names reads as before: stored defaults, shared strings and tables (a change through one reference
 * leaves the other ones as they were), the file identifier, the size prefix. Vectors that were in order of their key
 * are again.
 *
 * @returns The new buffer, which shares memory with nothing. It has passed `verify` with the same options, unless
 * `trusted`. Above 1 MiB it may be the end of a larger ArrayBuffer, at most twice its size: copy it (`slice`) before you
 * send the whole memory elsewhere.
 *
 * Throws FlatbufferError: what `verify` finds, in the bytes or (limits) in the result; what `fromObject` throws for
 * values; `invalid-path`, `unknown-field` and `invalid-argument` for changes; `missing-required`,
 * `union-type-missing`, `union-types-without-values`; `unknown-field` and `unknown-union-type` for stored data of a
 * newer schema, which would be lost (see `unknownFields`); `output-limit`.
 *
 * @example
 * ```ts
 * const longer = edit(schema, bytes, [
 *   { path: "name", set: "A much longer name" },
 *   { path: "weapons[-1].damage", set: 12 },
 *   { path: "inventory", append: 7 },
 *   { path: "equipped", set: { damage: 5 }, type: "Weapon" },
 *   { path: "testarrayofstring[0]", delete: true },
 * ]);
 * ```
 */
export function edit(
  schema: Schema,
  bytes: BytesInput,
  changes: EditChange | readonly EditChange[],
  options: EditOptions = {},
): Uint8Array {
  const steps = resolveChanges(changes);
  const rules = resolveEditOptions(schema, options);
  const open = openBuffer(schema, bytes, options);
  const state = new EditState(open, rules);
  const writer = takeWriter(schema, rules.forceDefaults, open.view.byteLength);
  const copy = new CopyState(state, writer);
  const start = rules.sizePrefixed ? 4 : 0;
  let result: Uint8Array;
  try {
    const identifier = keptIdentifier(open.view, start, open.pos, schema.fileIdentifier);
    let root: Node = new Stored(sourceOf(open), open.pos);
    steps.forEach((step, number) => {
      root = applyStep(state, root, step, number);
    });
    result = writeBuffer(copy, root, open.object, identifier, rules.sizePrefixed);
    refuseLoss(copy);
  } catch (error) {
    throw withPath(copy, readError(open.view, error));
  } finally {
    returnWriter(writer);
  }
  if (result.length > open.limits.maxOutputBytes) {
    throw limitError("maxOutputBytes", open.limits.maxOutputBytes, {});
  }
  if (!open.trusted) openBuffer(schema, result, options);
  return result;
}

/** Errors that know no path happened where the writer is, when they came from there. */
function withPath({ state }: CopyState, error: unknown): unknown {
  if (!isFlatbufferError(error) || error.path !== undefined) return error;
  const path = state.path.text();
  const { code, offset, limit, cause, issues } = error;
  return new FlatbufferError(code, `${path}: ${error.message}`, { path, offset, limit, cause, issues });
}
