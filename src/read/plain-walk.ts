import type { Budget } from "../flexbuffers/budget.js";
import type { Program } from "../program/program.js";
import type { OpenBuffer } from "../verify/open.js";
import { Trail } from "../verify/report.js";
import { type Limits, limitError, MAX_DEPTH_CAP } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import type { PlainRules } from "./plain-options.js";
import { type PlainShapes, plainShapes } from "./plain-shapes.js";
import { RecentStrings } from "./recent-strings.js";
import { type Source, sourceOf } from "./source.js";

/**
 * The state of one `toObject`: the buffer that is being read, the way from its root, what may still be spent.
 *
 * The functions that make values (`plainTable`, `plainVector` ...) follow every offset through it, verified or not: a
 * verified buffer may still be a small one that unfolds to a very large result.
 */
export class PlainWalk implements Budget {
  readonly program: Program;
  readonly limits: Limits;
  readonly rules: PlainRules;
  readonly shapes: PlainShapes;
  readonly trail: Trail = new Trail();
  /** Long strings made so far, by position. */
  readonly longStrings: Map<number, string> = new Map();
  /** Short strings of the outermost buffer. */
  readonly recentStrings: RecentStrings | undefined;

  /** The window that is being read; another one inside nested buffers. */
  source: Source;
  /** Tables around the one that is being made, itself included. */
  level = 0;
  depthLeft: number;
  visitsLeft: number;
  /** Bytes that FlexBuffers may still show; FlatBuffers are bounded by `outputLeft`. */
  bytesLeft: number;
  /** Bytes that the result may still take: 8 for each property and element, and the lengths of strings and bytes. */
  outputLeft: number;
  #structs = 0;

  constructor(open: OpenBuffer, rules: PlainRules, isBounded: boolean) {
    const { program, limits } = open;
    this.program = program;
    this.limits = limits;
    this.rules = rules;
    this.shapes = plainShapes(program.schema, rules);
    this.source = sourceOf(open);
    this.recentStrings = RecentStrings.for(this.source.data);
    this.depthLeft = limits.maxDepth;
    this.visitsLeft = isBounded ? Number.POSITIVE_INFINITY : limits.maxVisits;
    this.bytesLeft = Math.min(limits.maxApparentBytes, limits.maxOutputBytes);
    this.outputLeft = limits.maxOutputBytes;
  }

  get view(): View {
    return this.source.view;
  }

  /** Pays for an offset that was followed to `pos`, and for what is made of what is there. */
  charge(outputBytes: number, pos: number): void {
    if (--this.visitsLeft < 0) throw limitError("maxVisits", this.limits.maxVisits, { offset: pos });
    this.take(outputBytes, pos);
  }

  /** Pays for what is made of the bytes at `pos`. */
  take(outputBytes: number, pos: number): void {
    this.outputLeft -= outputBytes;
    if (this.outputLeft < 0) throw limitError("maxOutputBytes", this.limits.maxOutputBytes, { offset: pos });
  }

  /** One table deeper; the caller leaves with `leave`. */
  enter(pos: number): void {
    if (--this.depthLeft < 0) throw limitError("maxDepth", this.limits.maxDepth, { offset: pos });
    this.level++;
    this.trail.fields[this.level] = -1;
  }

  leave(): void {
    this.depthLeft++;
    this.level--;
  }

  /** One struct deeper. Only a schema made for it nests structs so deep; tables have a limit of their own. */
  enterStruct(pos: number): void {
    if (++this.#structs > MAX_DEPTH_CAP) throw limitError("maxDepth", MAX_DEPTH_CAP, { offset: pos });
  }

  leaveStruct(): void {
    this.#structs--;
  }
}
