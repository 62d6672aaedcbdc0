import { FlatbufferError, type FlatbufferErrorCode } from "../wire/error.js";
import { pathAt } from "./parse-path.js";
import type { ParseState } from "./parse-state.js";

/** What to say besides the reason. */
export interface FailOptions {
  /** Name of a field of the place that the error is about. */
  readonly field?: string | undefined;
  readonly limit?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The error for what stands at `pos` of the text: path, line and column are worked out here, so that nothing is spent
 * on them while all goes well.
 */
export function fail(
  state: ParseState,
  code: FlatbufferErrorCode,
  pos: number,
  reason: string,
  options: FailOptions = {},
): FlatbufferError {
  return failAt(state.bytes, pos, state.end, state.fileName, code, reason, options);
}

/** As `fail`, when there is no state yet. */
export function failAt(
  bytes: Uint8Array,
  pos: number,
  end: number,
  fileName: string | undefined,
  code: FlatbufferErrorCode,
  reason: string,
  options: FailOptions = {},
): FlatbufferError {
  const { line, column } = placeAt(bytes, pos);
  const path = pathAt(bytes, Math.min(pos, end), options.field);
  const message = `${fileName ?? "JSON"}:${line}:${column}: ${path}: ${reason}`;
  const { limit, cause } = options;
  return new FlatbufferError(code, message, { path, offset: pos, file: fileName, line, column, limit, cause });
}

/** Line and column of a position, both from 1; columns count characters (code points), a BOM is none. */
function placeAt(bytes: Uint8Array, pos: number): { line: number; column: number } {
  let line = 1;
  let lineStart = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < pos; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  let column = 1;
  for (let at = lineStart; at < pos; at++) if ((bytes[at]! & 0xc0) !== 0x80) column++;
  return { line, column };
}
