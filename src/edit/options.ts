import { type BuildOptions, type BuildRules, resolveBuildOptions } from "../build/options.js";
import type { Schema } from "../model/schema.js";
import { FlatbufferError, type Issue } from "../wire/error.js";
import { oneOf } from "../wire/option-value.js";
import type { ReadOptions } from "../wire/options.js";

/**
 * Options of `edit`: those of every reader, for the bytes that come in and those that go out; and how values of changes
 * are taken, as in `fromObject`.
 */
export interface EditOptions extends ReadOptions, Pick<BuildOptions, "forceDefaults" | "nestedBytes" | "bytes"> {
  /**
   * What happens to stored data that the schema doesn't know, as newer writers leave it: fields beyond the schema's,
   * members that a union doesn't have. It can't be copied, for nobody can tell what it is. `'error'` refuses;
   * `'drop'` leaves it out. Default `'error'`.
   */
  readonly unknownFields?: "error" | "drop" | undefined;
  /** Told of everything that `unknownFields: 'drop'` leaves out. */
  readonly onDropped?: ((dropped: Issue) => void) | undefined;
}

/** `EditOptions`, decided. */
export interface EditRules extends BuildRules {
  readonly drop: boolean;
  readonly onDropped: ((dropped: Issue) => void) | undefined;
}

/** Fills in the defaults. Throws `no-root-type`, `unknown-root-type`, `invalid-option`. */
export function resolveEditOptions(schema: Schema, options: EditOptions): EditRules {
  const { rootType, sizePrefixed, forceDefaults, nestedBytes, bytes, limits, unknownFields, onDropped } = options;
  const drop = oneOf("unknownFields", unknownFields, ["error", "drop"]) === "drop";
  if (onDropped !== undefined && typeof onDropped !== "function") {
    throw new FlatbufferError("invalid-option", `onDropped must be a function, got ${typeof onDropped}`);
  }
  const build = { rootType, sizePrefixed, forceDefaults, nestedBytes, bytes, limits };
  return { ...resolveBuildOptions(schema, build), unknownHint: "", drop, onDropped };
}
