import type { Program } from "../program/program.js";
import type { Limits } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import type { QuickWords } from "./quick-words.js";
import type { VerifyStats } from "./report.js";
import { VtablePlaces } from "./vtable-places.js";
import type { WalkRules } from "./walk.js";

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
