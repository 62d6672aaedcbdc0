import type { ObjectDef, Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import type { Program } from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { type Limits, resolveLimits } from "../wire/limits.js";
import type { GateOptions, ReadOptions } from "../wire/options.js";
import { type BytesInput, type View, viewOf } from "../wire/view.js";
import { findRoot } from "./root.js";

/** A buffer behind the gate: what every walker starts from. */
export interface OpenBuffer {
  readonly program: Program;
  readonly view: View;
  /** Object of the root table. */
  readonly object: number;
  /** Position of the root table. */
  readonly pos: number;
  readonly limits: Limits;
}
