import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import type { Program } from "../program/program.js";
import { type Limits, resolveLimits } from "../wire/limits.js";
import type { ReadOptions } from "../wire/options.js";
import { type BytesInput, type View, viewOf } from "../wire/view.js";
import { findRoot, rootObject } from "./root.js";
import { assertValid } from "./verify.js";

/** A buffer behind the gate: what every walker starts from. */
export interface OpenBuffer {
  readonly program: Program;
  /** The bytes of the buffer; alignment counts from its position 0, a size prefix included. */
  readonly view: View;
  /** Object of the root table. */
  readonly object: number;
  /** Position of the root table. */
  readonly pos: number;
  readonly limits: Limits;
  /** Whether verification was skipped: then offsets may lead anywhere and every length must be checked. */
  readonly trusted: boolean;
}

/**
 * The way in for every reader: finds the root and, unless `trusted`, verifies all of it. Throws the first issue as a
 * FlatbufferError.
 *
 * @param utf8 Whether verification checks strings; a walker that copies them anyway passes false and checks itself.
 */
export function openBuffer(schema: Schema, bytes: BytesInput, options: ReadOptions, utf8?: boolean): OpenBuffer {
  const object = rootObject(schema, options.rootType);
  const input = viewOf(bytes);
  const limits = resolveLimits(options.limits, input.byteLength);
  const root = findRoot(schema, object, input, options);
  const trusted = options.trusted === true;
  const program = programOf(schema);
  const open: OpenBuffer = { program, view: root.view, object: object.index, pos: root.pos, limits, trusted };
  if (!trusted) assertValid(open, root, options, utf8);
  return open;
}
