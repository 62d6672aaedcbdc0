import { type BuildOptions, resolveBuildOptions } from "../build/options.js";
import { returnWriter } from "../build/spare-writer.js";
import type { Schema } from "../model/schema.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { flag } from "../wire/option-value.js";
import { type BytesInput, stackError } from "../wire/view.js";
import { OPEN_BRACE } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { tokenAt } from "./parse-excerpt.js";
import { peek, unexpected } from "./parse-space.js";
import { ParseState } from "./parse-state.js";
import { readTable } from "./parse-table.js";
import { returnText, takeText } from "./parse-text.js";

/** Options of `fromJSON`. */
export interface FromJSONOptions extends BuildOptions {
  /**
   * Whether the text must be JSON by RFC 8259: no comments, no keys without quotes, no trailing commas, no nan, no
   * hexadecimal numbers ... Numbers and names in quotes are still taken, they are valid JSON. Default false: all that
   * flatc takes.
   */
  readonly strict?: boolean | undefined;
  /** What the text is called in messages. Default none. */
  readonly fileName?: string | undefined;
}

/**
 * Builds a FlatBuffer from JSON, byte for byte as flatc does (what differs on purpose is listed in
 * docs/decisions/0010), in one pass over the text.
 *
 * @param json Text, or its UTF-8 bytes.
 * @returns The buffer, which shares memory with nothing. It passes `verify`. Above 1 MiB it may be the end of a larger
 * ArrayBuffer, at most twice its size: copy it (`slice`) before you send the whole memory elsewhere.
 *
 * Throws FlatbufferError with `path`, `line`, `column` and `offset` (the byte in the text): `json-syntax` and
 * `invalid-utf8` for what is no text of that grammar; `unknown-field`, `duplicate-field`, `missing-required`,
 * `wrong-type`, `invalid-value`, `number-out-of-range`, `unknown-enum-value`, `wrong-length`, `union-type-missing`,
 * `unknown-union-type`, `union-types-without-values` for what doesn't fit the schema; `depth-limit`,
 * `buffer-too-large`, `table-size-out-of-range`; `no-root-type`, `unknown-root-type`, `invalid-option`.
 *
 * @example
 * ```ts
 * const bytes = fromJSON(schema, `{ name: "Orc", hp: 80, equipped_type: "Weapon", equipped: { damage: 5 } }`);
 * ```
 */
export function fromJSON(schema: Schema, json: string | BytesInput, options: FromJSONOptions = {}): Uint8Array {
  const fileName = fileNameOf(options.fileName);
  const rules = resolveBuildOptions(schema, options);
  const strict = flag("strict", options.strict, false);
  const text = takeText(json, fileName);
  const state = new ParseState(schema, text, rules, strict, fileName);
  try {
    const root = readDocument(state);
    return state.writer.builder.finish(root, rules);
  } catch (error) {
    throw placed(state, stackError(error));
  } finally {
    returnWriter(state.writer);
    returnText(text);
  }
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

function readDocument(state: ParseState): number {
  if (BYTE_ORDER_MARK.every((byte, index) => state.bytes[index] === byte)) state.pos = BYTE_ORDER_MARK.length;
  const first = peek(state);
  if (state.pos >= state.end) throw fail(state, "json-syntax", state.pos, "there is no value: the text is empty");
  if (first !== OPEN_BRACE) throw notObject(state);
  const root = readTable(state, state.rules.root.index);
  peek(state);
  if (state.pos < state.end) throw unexpected(state, "the end of the text");
  return root;
}

function notObject(state: ParseState): FlatbufferError {
  const { bytes, pos, end } = state;
  const found = tokenAt(bytes, pos, end);
  // flatc reads JSON as part of a schema file; we don't.
  const isDeclaration = SCHEMA_WORDS.has(found);
  const hint = isDeclaration ? "; declarations belong into the schema, not into the JSON" : "";
  return fail(
    state,
    "json-syntax",
    pos,
    `expected the root table ${state.rules.root.name} as an object, found ${found}${hint}`,
  );
}

const SCHEMA_WORDS: ReadonlySet<string> = new Set(
  "table struct enum union namespace include attribute root_type file_identifier file_extension rpc_service".split(" "),
);

/** Errors of the rooms below know nothing of the text; here they learn where it was being read. */
function placed(state: ParseState, error: unknown): unknown {
  if (!isFlatbufferError(error) || error.line !== undefined) return error;
  return fail(state, error.code, Math.min(state.pos, state.end), error.message, { limit: error.limit, cause: error });
}

function fileNameOf(value: string | undefined): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new FlatbufferError("invalid-option", `fileName must be a string, got ${typeof value}`);
}
