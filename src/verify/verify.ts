import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { FlatbufferError, type Issue, isFlatbufferError } from "../wire/error.js";
import { resolveLimits } from "../wire/limits.js";
import type { GateOptions } from "../wire/options.js";
import { type BytesInput, readError, type View, viewOf } from "../wire/view.js";
import { checkTable } from "./check-table.js";
import { lintBuffer } from "./lint.js";
import type { OpenBuffer } from "./open.js";
import type { Note, VerifyResult, VerifyStats } from "./report.js";
import { findRoot, looksSizePrefixed, type Root, rootObject, SIZE_PREFIX_HINT } from "./root.js";
import { SHARED, STOP, Walk, type WalkRules } from "./walk.js";

/** Options of `verify`. */
export interface VerifyOptions extends GateOptions {
  /**
   * Also looks for what is legal but suspicious (unknown enum values, odd bools, unsorted keys, overlaps, non-zero
   * padding, trailing bytes) and tells it in `notes`. Slower, and takes memory for every part of the buffer. Default
   * false: then `notes` has only what verification itself met.
   */
  readonly lint?: boolean | undefined;
}

/**
 * Checks untrusted bytes against a schema: every offset, length, alignment, string and union that a reader could
 * follow. Bytes that pass can be read without any read leaving them.
 *
 * Never throws on bad data: the issues say what is wrong, where in the data and at which byte. Throws FlatbufferError
 * only for misuse (`no-root-type`, `unknown-root-type`, `invalid-option`, `invalid-argument`).
 *
 * @example
 * ```ts
 * const result = verify(schema, bytes);
 * if (!result.ok) console.error(result.issues[0].path, result.issues[0].message);
 * ```
 */
export function verify(schema: Schema, bytes: BytesInput, options: VerifyOptions = {}): VerifyResult {
  rootObject(schema, options.rootType);
  rulesOf(options);
  let view: View | undefined;
  try {
    view = viewOf(bytes);
    const limits = resolveLimits(options.limits, view.byteLength);
    const root = findRoot(schema, view, options);
    const program = programOf(schema);
    const walk = walkBuffer(
      { program, view: root.view, object: root.object.index, pos: root.pos, limits, trusted: false },
      options,
    );
    if (walk.issues.length > 0) {
      return { ok: false, issues: walk.issues.map((issue) => withHint(issue, view!, options)), stats: statsOf(walk) };
    }
    return { ok: true, stats: statsOf(walk), notes: options.lint === true ? notesOf(walk, root, view) : walk.notes };
  } catch (error) {
    return { ok: false, issues: [issueOf(error)], stats: { ...NO_STATS, bytes: view?.byteLength ?? 0 } };
  }
}

/** The gate for readers: throws the first issue of an opened buffer as a FlatbufferError. */
export function assertValid(open: OpenBuffer, options: GateOptions): void {
  const walk = walkBuffer(open, options);
  const first = walk.issues[0];
  if (first === undefined) return;
  const { code, message, path, offset } = withHint(first, open.view, options);
  throw new FlatbufferError(code, message, { path, offset, limit: walk.passedLimit, issues: walk.issues });
}

function walkBuffer(open: OpenBuffer, options: GateOptions): Walk {
  const rules = rulesOf(options);
  try {
    return walkOnce(open, rules, false);
  } catch (error) {
    if (error !== SHARED) throw readError(open.view, error);
  }
  return walkOnce(open, rules, true);
}

function walkOnce(open: OpenBuffer, rules: WalkRules, withMemo: boolean): Walk {
  const walk = new Walk(open.program, open.view, rules, open.limits, withMemo);
  try {
    checkTable(walk, open.object, open.pos);
  } catch (error) {
    if (error !== STOP) throw error;
  }
  return walk;
}

function rulesOf(options: GateOptions): WalkRules {
  const profile = oneOf("profile", options.profile, ["strict", "native"]);
  const unknownUnions = oneOf("unknownUnions", options.unknownUnions, ["allow", "reject"]);
  oneOf("identifier", options.identifier, ["check", "ignore"]);
  return {
    profile,
    utf8: options.utf8 ?? profile === "strict",
    rejectUnknownUnions: unknownUnions === "reject",
  };
}

function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly [T, ...T[]]): T {
  if (value === undefined) return allowed[0];
  if (allowed.includes(value)) return value;
  throw new FlatbufferError("invalid-option", `${name} must be one of ${allowed.join(", ")}, got ${String(value)}`);
}

/** Damage at the root is often not damage but a size prefix that nobody mentioned. */
function withHint(issue: Issue, view: View, options: GateOptions): Issue {
  if (issue.path !== "root" || options.sizePrefixed === true || !looksSizePrefixed(view)) return issue;
  return { ...issue, code: "size-prefix-unexpected", message: `${issue.message}; ${SIZE_PREFIX_HINT}` };
}

function issueOf(error: unknown): Issue {
  if (!isFlatbufferError(error) || MISUSE.has(error.code)) throw error;
  return { code: error.code, path: error.path ?? "root", offset: error.offset ?? 0, message: error.message };
}

const MISUSE: ReadonlySet<string> = new Set([
  "invalid-option",
  "invalid-argument",
  "no-root-type",
  "unknown-root-type",
]);

const NO_STATS: VerifyStats = { bytes: 0, tables: 0, depth: 0, visits: 0, apparentBytes: 0 };

function statsOf(walk: Walk): VerifyStats {
  const { view, tables, deepest, visits, apparentBytes } = walk;
  return { bytes: view.byteLength, tables, depth: deepest, visits, apparentBytes };
}

function notesOf(walk: Walk, root: Root, whole: View): readonly Note[] {
  return [...walk.notes, ...lintBuffer(walk.program, root, whole, walk.limits)];
}
