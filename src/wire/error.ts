/** Every reason for which this library refuses something. Closed: a new reason is a new line here and in docs/errors.md. */
export const ERROR_CODES = [
  // the bytes as a whole
  "buffer-too-short",
  "buffer-too-large",
  "buffer-detached",
  "out-of-range",
  "wrong-identifier",
  "size-prefix-unexpected",
  "size-prefix-out-of-range",
  "root-out-of-range",
  // offsets, tables and vtables
  "uoffset-zero",
  "uoffset-out-of-range",
  "soffset-out-of-range",
  "vtable-out-of-range",
  "vtable-misaligned",
  "vtable-too-short",
  "vtable-size-odd",
  "table-misaligned",
  "table-size-out-of-range",
  "field-out-of-range",
  "field-overlaps-soffset",
  "field-misaligned",
  "missing-required",
  // strings, vectors, structs
  "string-out-of-range",
  "string-misaligned",
  "string-unterminated",
  "string-too-long",
  "invalid-utf8",
  "vector-out-of-range",
  "vector-misaligned",
  "element-misaligned",
  "struct-out-of-range",
  "struct-misaligned",
  // unions
  "union-value-without-type",
  "unknown-union-type",
  "union-types-without-values",
  "union-values-without-types",
  "union-lengths-differ",
  // embedded formats
  "nested-too-short",
  "flexbuffer-invalid",
  // limits
  "depth-limit",
  "visit-limit",
  "apparent-size-limit",
  "output-limit",
  // schemas
  "not-a-schema",
  "schema-is-text",
  "schema-damaged",
  "invalid-schema",
  "schema-syntax",
  "schema-semantics",
  "include-not-found",
  "include-refused",
  // what the caller asked for
  "no-root-type",
  "unknown-root-type",
  "unknown-type",
  "unknown-field",
  "invalid-path",
  "invalid-option",
  "invalid-argument",
  "wrong-type",
  // values going in
  "json-syntax",
  "number-out-of-range",
  "invalid-value",
  "duplicate-field",
  "union-type-missing",
  "unknown-enum-value",
  "wrong-length",
  // text going out
  "non-finite",
  // streams
  "frame-too-short",
  "frame-too-large",
  // command line
  "file-not-readable",
  "file-not-writable",
] as const;

/** One of the closed list of reasons in kebab-case words; the table is in docs/errors.md. */
export type FlatbufferErrorCode = (typeof ERROR_CODES)[number];

/** One finding: what is wrong, where in the data (`path`) and where in the bytes (`offset`). */
export interface Issue {
  readonly code: FlatbufferErrorCode;
  /** Place in the data, e.g. `root.weapons[3].name`; empty where no place can be told. */
  readonly path: string;
  /** Byte index of the faulty word, counted from the start of the bytes the caller gave. */
  readonly offset: number;
  readonly message: string;
  /** In a text: its file, and line and column from 1. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Where a FlatbufferError happened, as far as it can be told. */
export interface ErrorPlace {
  readonly path?: string | undefined;
  /** Byte index, counted from the start of the bytes the caller gave. */
  readonly offset?: number | undefined;
  readonly file?: string | undefined;
  /** 1-based line of a text. */
  readonly line?: number | undefined;
  /** 1-based column of a text, in characters. */
  readonly column?: number | undefined;
  /** The value of the limit that was passed. */
  readonly limit?: number | undefined;
  /** All findings, where more than one was collected. */
  readonly issues?: readonly Issue[] | undefined;
  readonly cause?: unknown;
}

/**
 * The only error this library throws about data, schemas, texts and options.
 *
 * `code` is stable and meant for programs; `message` is for people and may be reworded.
 *
 * @example
 * ```ts
 * try {
 *   toJSON(schema, bytes);
 * } catch (error) {
 *   if (isFlatbufferError(error)) console.error(error.code, error.offset, error.message);
 *   else throw error;
 * }
 * ```
 */
export class FlatbufferError extends Error {
  override readonly name: string = "FlatbufferError";
  readonly code: FlatbufferErrorCode;
  readonly path: string | undefined;
  readonly offset: number | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly limit: number | undefined;
  readonly issues: readonly Issue[] | undefined;

  constructor(code: FlatbufferErrorCode, message: string, place: ErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.code = code;
    this.path = place.path;
    this.offset = place.offset;
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.limit = place.limit;
    this.issues = place.issues;
  }
}

/**
 * Tells whether `error` is a FlatbufferError, also one of another copy of this package in the same program
 * (which `instanceof` would miss).
 */
export function isFlatbufferError(error: unknown): error is FlatbufferError {
  return error instanceof Error && error.name === "FlatbufferError" && "code" in error;
}
