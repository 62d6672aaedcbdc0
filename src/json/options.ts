import { FlatbufferError } from "../wire/error.js";
import { flag, oneOf } from "../wire/option-value.js";
import type { ReadOptions } from "../wire/options.js";

/** Options of `toJSON` and `toJSONBytes`, besides those of every reader. */
export interface ToJSONOptions extends ReadOptions {
  /**
   * `'plain'`: valid JSON that loses nothing, on one line. `'flatc'`: byte for byte the text of
   * `flatc --json --strict-json` (what differs on purpose is listed in docs/decisions/0030). Default `'plain'`.
   */
  readonly style?: "plain" | "flatc" | undefined;
  /** `false` leaves the quotes off keys that are identifiers, as flatc does without --strict-json. Style flatc only. Default true. */
  readonly quoteKeys?: boolean | undefined;
  /** -1: one line. 0: line breaks only. n: n spaces per level, at most 64. From 0 up the text ends in a line break. Default -1, style flatc 2. */
  readonly indent?: number | undefined;
  /** Whether absent scalars are printed with their defaults (as --defaults-json). Default false. */
  readonly defaults?: boolean | undefined;
  /** Whether characters beyond ASCII are written as \u escapes. Default false, style flatc true (false is --natural-utf8). */
  readonly ascii?: boolean | undefined;
  /** Whether 64-bit integers are numbers (all digits, exact) or strings of digits. Default `'number'`. */
  readonly int64?: "number" | "string" | undefined;
  /**
   * What nan and the infinities become: `'string'` "nan", "inf", "-inf"; `'null'`; `'error'` throws `non-finite`;
   * `'bare'` nan, inf, -inf (no valid JSON). Default `'string'`, style flatc `'bare'`.
   */
  readonly nonFinite?: "string" | "null" | "error" | "bare" | undefined;
  /** Whether enum values that have a name (bit_flags: names) are printed by it. Default `'name'`. */
  readonly enums?: "name" | "number" | undefined;
  /** Whether [ubyte] is an array of numbers or a string of base64. Default `'array'`. */
  readonly bytes?: "array" | "base64" | undefined;
  /** Whether nested_flatbuffer fields are printed as the objects they hold. Default true. */
  readonly nested?: boolean | undefined;
  /** Whether flexbuffer fields are printed as the values they hold. Default true. */
  readonly flex?: boolean | undefined;
  /**
   * What bytes that are no UTF-8 become: `'error'` throws `invalid-utf8`; `'replace'` U+FFFD; `'escape'` \xFF, as
   * flatc --allow-non-utf8 (no valid JSON). Default `'error'`.
   */
  readonly invalidUtf8?: "error" | "replace" | "escape" | undefined;
}

/** All of `ToJSONOptions` that shapes the text, decided. */
export interface TextRules {
  readonly isFlatc: boolean;
  readonly quoteKeys: boolean;
  /** -1 for one line. */
  readonly indent: number;
  readonly defaults: boolean;
  readonly ascii: boolean;
  readonly quoteInt64: boolean;
  readonly nonFinite: "string" | "null" | "error" | "bare";
  readonly enumNames: boolean;
  readonly base64: boolean;
  readonly nested: boolean;
  readonly flex: boolean;
  readonly invalidUtf8: "error" | "replace" | "escape";
}

/** Spaces per level that can be asked for. */
const MAX_INDENT = 64;

/** Fills in the defaults. Throws `invalid-option` for values that are none of those documented. */
export function resolveTextRules(options: ToJSONOptions): TextRules {
  const isFlatc = oneOf("style", options.style, STYLES) === "flatc";
  return {
    isFlatc,
    quoteKeys: !isFlatc || flag("quoteKeys", options.quoteKeys, true),
    indent: indentOf(options.indent, isFlatc),
    defaults: flag("defaults", options.defaults, false),
    ascii: flag("ascii", options.ascii, isFlatc),
    quoteInt64: oneOf("int64", options.int64, INT64) === "string",
    nonFinite: options.nonFinite === undefined && isFlatc ? "bare" : oneOf("nonFinite", options.nonFinite, NON_FINITE),
    enumNames: oneOf("enums", options.enums, ENUMS) === "name",
    base64: oneOf("bytes", options.bytes, BYTES) === "base64",
    nested: flag("nested", options.nested, true),
    flex: flag("flex", options.flex, true),
    invalidUtf8: oneOf("invalidUtf8", options.invalidUtf8, INVALID_UTF8),
  };
}

const STYLES = ["plain", "flatc"] as const;
const INT64 = ["number", "string"] as const;
const NON_FINITE = ["string", "null", "error", "bare"] as const;
const ENUMS = ["name", "number"] as const;
const BYTES = ["array", "base64"] as const;
const INVALID_UTF8 = ["error", "replace", "escape"] as const;

function indentOf(indent: number | undefined, isFlatc: boolean): number {
  if (indent === undefined) return isFlatc ? 2 : -1;
  if (Number.isInteger(indent) && indent >= -1 && indent <= MAX_INDENT) return indent;
  throw new FlatbufferError(
    "invalid-option",
    `indent must be a whole number from -1 to ${MAX_INDENT}, got ${String(indent)}`,
  );
}
