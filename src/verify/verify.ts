import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import type { Program } from "../program/program.js";
import { FlatbufferError, type Issue, isFlatbufferError } from "../wire/error.js";
import { type Limits, resolveLimits } from "../wire/limits.js";
import { flag, oneOf } from "../wire/option-value.js";
import type { GateOptions } from "../wire/options.js";
import { type BytesInput, readError, type View, viewOf } from "../wire/view.js";
import { checkTable } from "./check-table.js";
import { lintBuffer } from "./lint.js";
import type { OpenBuffer } from "./open.js";
import { soundStats } from "./quick.js";
import type { Note, VerifyResult, VerifyStats } from "./report.js";
import { findRoot, looksSizePrefixed, type Root, rootObject, SIZE_PREFIX_HINT } from "./root.js";
import { STOP, Walk, type WalkRules } from "./walk.js";

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
  const object = rootObject(schema, options.rootType);
  const rules = rulesOf(options, options.utf8);
  let byteLength = 0;
  try {
    const view = viewOf(bytes);
    byteLength = view.byteLength;
    const limits = resolveLimits(options.limits, byteLength);
    const root = findRoot(schema, object, view, options);
    const { issues, notes, stats } = checkBuffer(schema, root, limits, rules);
    if (issues.length > 0) return { ok: false, issues: issues.map((issue) => withHint(issue, view, options)), stats };
    if (options.lint !== true) return { ok: true, stats, notes };
    return { ok: true, stats, notes: [...notes, ...lintBuffer(programOf(schema), root, view, limits, rules.strict)] };
  } catch (error) {
    return { ok: false, issues: [issueOf(error)], stats: { ...NO_STATS, bytes: byteLength } };
  }
}

const NONE: readonly never[] = Object.freeze([]);

interface Outcome {
  readonly issues: readonly Issue[];
  readonly notes: readonly Note[];
  readonly stats: VerifyStats;
}

/** The quick walk, and where it says no the full one. */
function checkBuffer(schema: Schema, root: Root, limits: Limits, rules: WalkRules): Outcome {
  const stats = soundStats(schema, root, rules, limits);
  if (stats !== undefined) return { issues: NONE, notes: NONE, stats };
  const walk = walkBuffer(programOf(schema), root, limits, rules);
  return { issues: walk.issues, notes: walk.notes, stats: walk.stats() };
}

/** The gate for readers: throws the first issue of an opened buffer as a FlatbufferError. `utf8` as for `openBuffer`. */
export function assertValid(open: OpenBuffer, root: Root, options: GateOptions, utf8: boolean | undefined): void {
  const rules = rulesOf(options, utf8 ?? options.utf8);
  if (soundStats(open.program.schema, root, rules, open.limits) !== undefined) return;
  const walk = walkBuffer(open.program, root, open.limits, rules);
  const first = walk.issues[0];
  if (first === undefined) return;
  const { code, message, path, offset } = withHint(first, open.view, options);
  throw new FlatbufferError(code, message, { path, offset, limit: walk.passedLimit, issues: walk.issues });
}

function walkBuffer(program: Program, root: Root, limits: Limits, rules: WalkRules): Walk {
  const walk = new Walk(program, root.view, rules, limits);
  try {
    checkTable(walk, root.object.index, root.pos);
  } catch (error) {
    if (error !== STOP) throw readError(root.view, error);
  }
  return walk;
}

function rulesOf(options: GateOptions, utf8: boolean | undefined): WalkRules {
  const strict = oneOf("profile", options.profile, PROFILES) === "strict";
  oneOf("identifier", options.identifier, IDENTIFIER);
  return {
    strict,
    utf8: flag("utf8", utf8, strict),
    rejectUnknownUnions: oneOf("unknownUnions", options.unknownUnions, UNKNOWN_UNIONS) === "reject",
  };
}

const PROFILES = ["strict", "native"] as const;
const IDENTIFIER = ["check", "ignore"] as const;
const UNKNOWN_UNIONS = ["allow", "reject"] as const;

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
