import type { Program } from "../program/program.js";
import type { FlatbufferErrorCode, Issue } from "../wire/error.js";
import { type Limits, limitError } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import { Memo } from "./memo.js";
import { type Note, type NoteCode, Trail, type VerifyStats } from "./report.js";

/** What a walk is asked to check. */
export interface WalkRules {
  /** Every check of the strict profile; else those of the native one. */
  readonly strict: boolean;
  readonly utf8: boolean;
  readonly rejectUnknownUnions: boolean;
}

/** Thrown to leave a walk whose issues are all collected; never seen outside verify/. */
export const STOP: unique symbol = Symbol("stop");

/** Notes are for reading by people; a walk keeps no more of them. */
const MAX_NOTES = 100;

/**
 * The state of a full walk, which gives reasons: the window that is being read, what is left of the budget, the way
 * from the root, and a memo of what was checked (see memo.ts).
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
  /** Of the window. */
  memo: Memo;

  /** First byte of the window: alignment counts from here. Moves into nested buffers. */
  base = 0;
  /** End of the window. */
  end: number;

  depth = 0;
  /** The deepest level of the subtree that is being measured for the memo. */
  deepest = 0;
  /** The deepest level of all. */
  #reached = 0;
  tables = 0;
  visitsLeft: number;
  bytesLeft: number;
  /** The limit whose passing stopped the walk. */
  passedLimit: number | undefined;

  constructor(program: Program, view: View, rules: WalkRules, limits: Limits) {
    this.program = program;
    this.view = view;
    this.data = view.data;
    this.bytes = view.bytes;
    this.end = view.byteLength;
    this.strict = rules.strict;
    this.utf8 = rules.utf8;
    this.rejectUnknownUnions = rules.rejectUnknownUnions;
    this.limits = limits;
    this.memo = new Memo(view.byteLength);
    this.visitsLeft = limits.maxVisits;
    this.bytesLeft = limits.maxApparentBytes;
  }

  stats(): VerifyStats {
    return {
      bytes: this.view.byteLength,
      tables: this.tables,
      depth: this.#reached,
      visits: this.limits.maxVisits - this.visitsLeft,
      apparentBytes: this.limits.maxApparentBytes - this.bytesLeft,
    };
  }

  /** Charges one followed offset that shows `byteLength` bytes at `pos`. */
  charge(byteLength: number, pos: number): void {
    this.bytesLeft -= byteLength;
    if (--this.visitsLeft < 0 || this.bytesLeft < 0) this.overspent(pos);
  }

  /** Charges what a memo remembers of a subtree. */
  chargeMany(visits: number, byteLength: number, pos: number): void {
    this.bytesLeft -= byteLength;
    this.visitsLeft -= visits;
    if (this.visitsLeft < 0 || this.bytesLeft < 0) this.overspent(pos);
  }

  /** Called when a budget is used up: names the limit. */
  overspent(pos: number): void {
    this.failLimit(this.visitsLeft < 0 ? "maxVisits" : "maxApparentBytes", pos);
  }

  /** One level deeper; the caller leaves with `depth--`. */
  enter(pos: number): void {
    const level = this.depth + 1;
    this.reach(level);
    if (level > this.limits.maxDepth) this.failLimit("maxDepth", pos);
    this.depth = level;
    this.trail.fields[level] = -1;
  }

  /** Notes that there is something at this level. */
  reach(level: number): void {
    if (level > this.deepest) this.deepest = level;
    if (level > this.#reached) this.#reached = level;
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
}
