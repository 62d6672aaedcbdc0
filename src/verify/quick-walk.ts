import type { Program } from "../program/program.js";
import type { Limits } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import type { QuickWords } from "./quick-words.js";
import type { VerifyStats } from "./report.js";
import { VtablePlaces } from "./vtable-places.js";
import type { WalkRules } from "./walk.js";

/** Words of a run of offsets to tables: their object, the place of the first, the end of the last, how deep they are. */
export const RUN_WORDS = 4;
const MAX_RUNS = 4096;
/** Made once, since small messages can't afford memory of their own; one walk at a time uses it. */
const runs = new Int32Array(RUN_WORDS * MAX_RUNS);

/** The state of a quick walk: the window that is being read, and what is left of the budget. */
export class QuickWalk {
  readonly program: Program;
  readonly words: QuickWords;
  readonly limits: Limits;
  readonly strict: boolean;
  readonly utf8: boolean;
  /** The window: the buffer, or a nested one. Positions count from its start. */
  view!: View;
  data!: DataView;
  end!: number;
  /** Only of the outermost window: another one has other positions, and other bounds. */
  places: VtablePlaces | undefined;
  /** The tables still to be looked at, RUN_WORDS each, up to `top`; the last ones come first. */
  readonly runs: Int32Array = runs;
  top = 0;
  tables = 0;
  deepest = 0;
  visitsLeft: number;
  bytesLeft: number;
  /** Bytes of known vtables: every table shows its own, though nobody looks at them again. */
  knownBytes = 0;
  readonly #visitBudget: number;
  readonly #byteBudget: number;

  /**
   * It may see four times the buffer's bytes. A buffer that shows more has shared parts, and they are dear without a
   * memo.
   */
  constructor(words: QuickWords, view: View, rules: WalkRules, limits: Limits) {
    const { byteLength } = view;
    this.program = words.program;
    this.words = words;
    this.limits = limits;
    this.strict = rules.strict;
    this.utf8 = rules.utf8;
    this.lookAt(view, VtablePlaces.for(byteLength));
    this.#visitBudget = Math.min(limits.maxVisits, byteLength + 65_536);
    this.#byteBudget = Math.min(limits.maxApparentBytes, 4 * byteLength + 65_536);
    this.visitsLeft = this.#visitBudget;
    this.bytesLeft = this.#byteBudget;
  }

  /**
   * Puts off the tables of `object` to which the offsets from `place` to `last` lead. Says no when there are too many,
   * or when they lie so high that a run can't hold it.
   */
  putOff(object: number, place: number, last: number, depth: number): boolean {
    const { runs, top } = this;
    if (top >= runs.length || last > 0x7fffffff) return false;
    runs[top] = object;
    runs[top + 1] = place;
    runs[top + 2] = last;
    runs[top + 3] = depth;
    this.top = top + RUN_WORDS;
    return true;
  }

  /** Takes `visits` followed offsets that show `byteLength` bytes from the budget; `enter` looks whether it lasts. */
  charge(visits: number, byteLength: number): void {
    this.visitsLeft -= visits;
    this.bytesLeft -= byteLength;
  }

  get isOverspent(): boolean {
    return this.visitsLeft < 0 || this.bytesLeft < 0;
  }

  /** Notes a table `depth` levels deep; says whether that is allowed. */
  enter(depth: number): boolean {
    if (this.isOverspent) return false;
    if (depth <= this.deepest) return true;
    this.deepest = depth;
    return depth <= this.limits.maxDepth;
  }

  /** Goes on in another window. */
  lookAt(view: View, places: VtablePlaces | undefined): void {
    this.view = view;
    this.data = view.data;
    this.end = view.byteLength;
    this.places = places;
  }

  stats(byteLength: number): VerifyStats {
    return {
      bytes: byteLength,
      tables: this.tables,
      depth: this.deepest,
      visits: this.#visitBudget - this.visitsLeft,
      apparentBytes: this.#byteBudget - this.bytesLeft + this.knownBytes,
    };
  }
}
