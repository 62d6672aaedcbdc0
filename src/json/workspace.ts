import type { View } from "../wire/view.js";
import { PlanCache } from "./plan-cache.js";
import { allocate, reserve } from "./sink.js";
import { createTrail, type Trail } from "./trail.js";

/** Text of up to this size is written into memory that one call leaves to the next. */
export const SPARE_BYTES: number = 4 * 1024 * 1024;
/** Beyond this a text's memory is not worth keeping for a next call that may never come. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

/** What a call needs and the next one can use again. */
export interface Workspace {
  readonly plans: PlanCache;
  readonly trail: Trail;
  readonly memory: View;
}

let spare: Workspace | undefined;
let large: WeakRef<View> | undefined;

/** The spare workspace, or a new one while somebody else has it: calls may be nested. */
export function takeWorkspace(): Workspace {
  const workspace = spare ?? { plans: new PlanCache(), trail: createTrail(), memory: allocate(SPARE_BYTES) };
  spare = undefined;
  return workspace;
}

/** Puts the workspace back, with nothing in it that belongs to a call but plans, which another call can use. */
export function returnWorkspace(workspace: Workspace): void {
  spare = workspace;
}

/**
 * Memory for a large text that becomes a string: that of the call before if the garbage collector has let it be, since
 * fresh pages cost the system more than the text costs us (bench, `--only to-json --input monsters`).
 */
export function takeLarge(guess: number): View {
  const kept = large?.deref();
  large = undefined;
  return kept !== undefined && kept.byteLength >= guess ? kept : reserve(SPARE_BYTES, guess);
}

/** Leaves such memory, of which `used` bytes were written, to the next call. */
export function returnLarge(memory: View, used: number): void {
  if (used <= MAX_KEPT_BYTES) large = new WeakRef(memory);
}
