import type { ObjectDef, Schema } from "../model/schema.js";
import { rootObject } from "../verify/root.js";
import { type Limits, resolveLimits } from "../wire/limits.js";
import { flag, oneOf } from "../wire/option-value.js";

/** What `fromJSON`, `fromObject` and `edit` take: how the buffer is made. */
export interface BuildOptions {
  /** Full name of the root table. Default: the schema's root_type. */
  readonly rootType?: string | undefined;
  /** Whether the buffer starts with its length. Default false. */
  readonly sizePrefixed?: boolean | undefined;
  /** Whether to write the schema's file identifier, if it has one. Default true. */
  readonly identifier?: boolean | undefined;
  /**
   * Whether scalars equal to their default are written when they are given. Absent ones stay absent, and as in flatc
   * nested buffers are not concerned. Default false.
   */
  readonly forceDefaults?: boolean | undefined;
  /** Whether a field that the schema doesn't know is an error or skipped. Default `'error'`. */
  readonly unknownFields?: "error" | "ignore" | undefined;
  /**
   * Whether nested_flatbuffer fields may be given as bytes, too. They are taken as they are, so that nothing here
   * vouches for what is in them. Default false.
   */
  readonly nestedBytes?: boolean | undefined;
  /** `'base64'` takes strings of base64 for [ubyte], beside arrays of numbers. Default `'array'`. */
  readonly bytes?: "array" | "base64" | undefined;
  /** `maxDepth` alone matters here: tables inside one another, default 64. */
  readonly limits?: Partial<Limits> | undefined;
}

/** `BuildOptions`, decided. */
export interface BuildRules {
  readonly root: ObjectDef;
  readonly sizePrefixed: boolean;
  /** Empty for none. */
  readonly identifier: string;
  readonly forceDefaults: boolean;
  readonly ignoreUnknown: boolean;
  /** What the error for an unknown field ends with: how to skip such fields, where that can be. */
  readonly unknownHint: string;
  readonly nestedBytes: boolean;
  readonly base64: boolean;
  readonly maxDepth: number;
}

/** Fills in the defaults. Throws `no-root-type`, `unknown-root-type`, `invalid-option`. */
export function resolveBuildOptions(schema: Schema, options: BuildOptions): BuildRules {
  return {
    root: rootObject(schema, options.rootType),
    sizePrefixed: flag("sizePrefixed", options.sizePrefixed, false),
    identifier: flag("identifier", options.identifier, true) ? schema.fileIdentifier : "",
    forceDefaults: flag("forceDefaults", options.forceDefaults, false),
    ignoreUnknown: oneOf("unknownFields", options.unknownFields, ["error", "ignore"]) === "ignore",
    unknownHint: " (unknownFields: 'ignore' skips what it doesn't know)",
    nestedBytes: flag("nestedBytes", options.nestedBytes, false),
    base64: oneOf("bytes", options.bytes, ["array", "base64"]) === "base64",
    maxDepth: resolveLimits(options.limits, 0).maxDepth,
  };
}
