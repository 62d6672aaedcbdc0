import type { Program } from "../program/program.js";
import type { FlatbufferErrorCode, Issue } from "../wire/error.js";
import { type Limits, limitError } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import { Memo } from "./memo.js";
import { type Note, type NoteCode, Trail } from "./report.js";
import { VtablePlans } from "./vtable-plans.js";

/** What a walk is asked to check. */
export interface WalkRules {
  /** Every check of the strict profile; else those of the native one. */
  readonly strict: boolean;
  readonly utf8: boolean;
  readonly rejectUnknownUnions: boolean;
}

/** Thrown to leave a walk whose issues are all collected; never seen outside verify/. */
export const STOP: unique symbol = Symbol("stop");
/** Thrown to leave a first walk that met more sharing than it may follow without a memo. */
export const SHARED: unique symbol = Symbol("shared");

/** Notes are for reading by people; a walk keeps no more of them. */
const MAX_NOTES = 100;

/** Below this many bytes the tables for vtable plans cost more than they save (bench, `--only verify --input small`). */
const MIN_BYTES_FOR_PLANS = 4096;
/** A plan's key holds positions of 32 bits. */
const MAX_BYTES_FOR_PLANS = 2 ** 32;

/**
 * The state of one verification: the window that is being read, what is left of the budget, the way from the root.
 *
 * There are at most two walks over a buffer. The first follows every offset and remembers nothing, which is the
 * fastest way through an honest buffer; it may see four times the buffer's bytes. A buffer that shows more has shared
 * parts, and a second walk starts over with a memo (see memo.ts) and the caller's own limits.
 */
export class Walk {
  readonly program: Program;
  readonly view: View;
  readonly data: DataView;
  readonly bytes: Uint8Array;
  readonly strict: boolean;
  readonly utf8: boolean;
  readonly rejectUnknownUnions: boolean;
  readonly limits: Limits;
  readonly trail: Trail = new Trail();
  readonly issues: Issue[] = [];
  readonly notes: Note[] = [];
  readonly plans: VtablePlans | undefined;
  memo: Memo | undefined;

  /** First byte of the window: alignment counts from here. Moves into nested buffers. */
  base = 0;
  /** End of the window. */
  end: number;

  depth = 0;
  deepest = 0;
  tables = 0;
  visitsLeft: number;
  bytesLeft: number;
  readonly #visitBudget: number;
  readonly #byteBudget: number;
  /** The limit whose passing stopped the walk. */
  passedLimit: number | undefined;

  constructor(program: Program, view: View, rules: WalkRules, limits: Limits, withMemo: boolean) {
    this.program = program;
    this.view = view;
    this.data = view.data;
    this.bytes = view.bytes;
    this.end = view.byteLength;
    this.strict = rules.strict;
    this.utf8 = rules.utf8;
    this.rejectUnknownUnions = rules.rejectUnknownUnions;
    this.limits = limits;
    this.plans = mayHavePlans(view.byteLength) ? new VtablePlans() : undefined;
    this.memo = withMemo ? new Memo(view.byteLength) : undefined;
    this.#visitBudget = withMemo ? limits.maxVisits : Math.min(limits.maxVisits, view.byteLength + 65_536);
    this.#byteBudget = withMemo
      ? limits.maxApparentBytes
      : Math.min(limits.maxApparentBytes, 4 * view.byteLength + 65_536);
    this.visitsLeft = this.#visitBudget;
    this.bytesLeft = this.#byteBudget;
  }

  get visits(): number {
    return this.#visitBudget - this.visitsLeft;
  }

  get apparentBytes(): number {
    return this.#byteBudget - this.bytesLeft;
  }

  /** Charges one followed offset that shows `byteLength` bytes at `pos`. */
  charge(byteLength: number, pos: number): void {
    this.bytesLeft -= byteLength;
    if (--this.visitsLeft < 0 || this.bytesLeft < 0) this.overspent(pos);
  }

  /** The same for one offset where it's not yet known whether all is well: takes nothing when the budget is short. */
  tryCharge(byteLength: number): boolean {
    if (this.visitsLeft < 1 || this.bytesLeft < byteLength) return false;
    this.visitsLeft--;
    this.bytesLeft -= byteLength;
    return true;
  }

  /** Charges what a memo remembers of a subtree. */
  chargeMany(visits: number, byteLength: number, pos: number): void {
    this.bytesLeft -= byteLength;
    this.visitsLeft -= visits;
    if (this.visitsLeft < 0 || this.bytesLeft < 0) this.overspent(pos);
  }

  /** Called when a budget is used up: starts over with a memo, or names the limit. */
  overspent(pos: number): void {
    if (this.memo === undefined && !this.#atLimits()) throw SHARED;
    this.failLimit(this.visitsLeft < 0 ? "maxVisits" : "maxApparentBytes", pos);
  }

  /** One level deeper; the caller leaves with `depth--`. */
  enter(pos: number): void {
    if (++this.depth > this.deepest) {
      this.deepest = this.depth;
      if (this.depth > this.limits.maxDepth) {
        this.depth--;
        this.failLimit("maxDepth", pos);
      }
    }
    this.trail.fields[this.depth] = -1;
  }

  /** Says which field of the current table is being followed. */
  at(field: number): void {
    this.trail.fields[this.depth] = field;
  }

  /** Records an issue and goes on, or leaves the walk when enough are collected. */
  fail(code: FlatbufferErrorCode, pos: number, message: string): void {
    this.failAt(code, this.path(), pos, message);
  }

  /** The same for an issue whose place is known in more detail. */
  failAt(code: FlatbufferErrorCode, path: string, pos: number, message: string): void {
    this.issues.push({ code, path, offset: pos, message: message.includes(path) ? message : `${message} (${path})` });
    if (this.issues.length >= this.limits.maxIssues) throw STOP;
  }

  failLimit(name: keyof Limits, pos: number): void {
    const path = this.path();
    this.passedLimit = this.limits[name];
    const { code, message } = limitError(name, this.passedLimit, {});
    this.issues.push({ code, path, offset: pos, message: `${message} (${path})` });
    throw STOP;
  }

  note(code: NoteCode, pos: number, message: string): void {
    if (this.notes.length < MAX_NOTES) this.notes.push({ code, path: this.path(), offset: pos, message });
  }

  path(): string {
    return this.trail.toPath(this.program, this.depth);
  }

  #atLimits(): boolean {
    return this.visitsLeft < 0
      ? this.#visitBudget === this.limits.maxVisits
      : this.#byteBudget === this.limits.maxApparentBytes;
  }
}

function mayHavePlans(byteLength: number): boolean {
  return byteLength >= MIN_BYTES_FOR_PLANS && byteLength <= MAX_BYTES_FOR_PLANS;
}
