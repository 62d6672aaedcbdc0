import type { Schema } from "../model/schema.js";
import type { Program } from "../program/program.js";
import { FlatbufferError, type FlatbufferErrorCode } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import { type ObjectNames, objectNames } from "./object-names.js";
import type { BuildRules } from "./options.js";
import { ValuePath } from "./value-path.js";
import type { Writer } from "./writer.js";

/** The state of one fromObject: where it is in the value, and what is being built from it. */
export class ObjectState {
  readonly schema: Schema;
  readonly program: Program;
  readonly writer: Writer;
  readonly names: ObjectNames;
  readonly rules: BuildRules;
  /** Whether somebody gave all objects of the program a key. */
  readonly isPrototypeExtended: boolean = Object.keys(Object.prototype).length > 0;
  /** Tables (and FlexBuffers vectors and maps) around the value. */
  depth = 0;
  /** Structs around the value. */
  structDepth = 0;
  /** Names and indices that lead to the value. */
  readonly path: ValuePath = new ValuePath();

  constructor(schema: Schema, rules: BuildRules, writer: Writer) {
    this.schema = schema;
    this.writer = writer;
    this.program = this.writer.program;
    this.names = objectNames(schema);
    this.rules = rules;
  }
}

/** The error for the value that the path leads to, or for what `field` names in it. */
export function failAtPath(
  state: ObjectState,
  code: FlatbufferErrorCode,
  reason: string,
  field?: string | number,
  limit?: number,
): FlatbufferError {
  const path = state.path.text(field);
  return new FlatbufferError(code, `${path}: ${reason}`, { path, limit });
}

/** Goes one level deeper; who calls it lowers `state.depth` again. Throws `depth-limit`. */
export function enterDepth(state: ObjectState): void {
  if (++state.depth <= state.rules.maxDepth) return;
  const limit = state.rules.maxDepth;
  throw failAtPath(state, "depth-limit", limitError("maxDepth", limit, {}).message, undefined, limit);
}

/** A JavaScript value for messages: its type, and a short one itself. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case "string":
      return value.length > 40 ? `a string of ${value.length} characters` : `the string ${JSON.stringify(value)}`;
    case "bigint":
      return `${value}n`;
    case "number":
    case "boolean":
      return String(value);
    case "object":
      if (Array.isArray(value)) return "an array";
      return ArrayBuffer.isView(value) ? `a ${Object.prototype.toString.call(value).slice(8, -1)}` : "an object";
    default:
      return `a ${typeof value}`;
  }
}
