import { FlatbufferError } from "../../src/wire/error.js";
import type { Outcome } from "./flatc.js";

/** What flatc makes buffers of that no verifier accepts. */
const UNION_CODES = ["union-type-missing", "union-types-without-values", "wrong-length"];

/**
 * Whether flatc and `fromJSON` differ about a text with unions or odd spellings on purpose: rows of docs/decisions/0010.
 * Those of FlexBuffers are left to who knows the field.
 */
export function isMeant(json: string, theirs: Outcome, mine: Uint8Array | FlatbufferError): boolean {
  const code = mine instanceof FlatbufferError ? mine.code : undefined;
  if (theirs.ok) {
    if (code === "invalid-value") return json.includes('"0x"');
    return code !== undefined && UNION_CODES.includes(code) && json.includes("_type");
  }
  // A union's value before its type, and what flatc reads a second time by another parser.
  return code === undefined && /missing type field|cannot parse value starting with: /.test(theirs.message);
}

/** What `fromJSON` made of a text, or why it refused. */
export function attempt(build: () => Uint8Array): Uint8Array | FlatbufferError {
  try {
    return build();
  } catch (error) {
    if (error instanceof FlatbufferError) return error;
    throw error;
  }
}
