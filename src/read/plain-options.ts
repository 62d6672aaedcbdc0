import { flag, oneOf } from "../wire/option-value.js";
import type { ReadOptions } from "../wire/options.js";

/** Options of `toObject`, besides those of every reader. */
export interface ToObjectOptions extends ReadOptions {
  /** Whether absent scalars are there with their defaults, as generated `unpack` does it. Default true. */
  readonly defaults?: boolean | undefined;
  /** Whether enum values that have a name (bit_flags: names) come as that text, or all as numbers. Default `'name'`. */
  readonly enums?: "name" | "number" | undefined;
  /** Whether nested_flatbuffer fields come as the objects they hold, or as bytes. Default true. */
  readonly nested?: boolean | undefined;
  /** Whether flexbuffer fields come as the values they hold, or as bytes. Default true. */
  readonly flex?: boolean | undefined;
  /** What bytes that are no UTF-8 become: `'error'` throws `invalid-utf8`; `'replace'` U+FFFD; `'escape'` the text `\xFF`. Default `'error'`. */
  readonly invalidUtf8?: "error" | "replace" | "escape" | undefined;
  /** Whether vectors of numbers come as arrays or typed arrays; [ubyte] is always a Uint8Array. Default `'array'`. */
  readonly vectors?: "array" | "typed" | undefined;
}

/** All of `ToObjectOptions` that shapes the result, decided. */
export interface PlainRules {
  readonly defaults: boolean;
  readonly enumNames: boolean;
  readonly nested: boolean;
  readonly flex: boolean;
  readonly invalidUtf8: "error" | "replace" | "escape";
  readonly typed: boolean;
}

/** Fills in the defaults. Throws `invalid-option` for values that are none of those documented. */
export function resolvePlainRules(options: ToObjectOptions): PlainRules {
  return {
    defaults: flag("defaults", options.defaults, true),
    enumNames: oneOf("enums", options.enums, ENUMS) === "name",
    nested: flag("nested", options.nested, true),
    flex: flag("flex", options.flex, true),
    invalidUtf8: oneOf("invalidUtf8", options.invalidUtf8, INVALID_UTF8),
    typed: oneOf("vectors", options.vectors, VECTORS) === "typed",
  };
}

const ENUMS = ["name", "number"] as const;
const INVALID_UTF8 = ["error", "replace", "escape"] as const;
const VECTORS = ["array", "typed"] as const;
