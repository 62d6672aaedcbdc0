import { FlatbufferError } from "../wire/error.js";
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
    defaults: bool("defaults", options.defaults),
    enumNames: oneOf("enums", options.enums, ["name", "number"]) === "name",
    nested: bool("nested", options.nested),
    flex: bool("flex", options.flex),
    invalidUtf8: oneOf("invalidUtf8", options.invalidUtf8, ["error", "replace", "escape"]),
    typed: oneOf("vectors", options.vectors, ["array", "typed"]) === "typed",
  };
}

/** All of these are true by default. */
function bool(name: string, value: boolean | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === "boolean") return value;
  throw new FlatbufferError("invalid-option", `${name} must be true or false, got ${String(value)}`);
}

/** The value, or the first of those allowed when it is undefined. */
function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly [T, ...T[]]): T {
  if (value === undefined) return allowed[0];
  if (allowed.includes(value)) return value;
  const words = allowed.map((word) => `'${word}'`).join(", ");
  throw new FlatbufferError("invalid-option", `${name} must be one of ${words}, got ${String(value)}`);
}
