import type { View } from "../wire/view.js";
import { PlanCache } from "./plan-cache.js";
import { allocate } from "./sink.js";
import { createTrail, type Trail } from "./trail.js";

/** Memory that one call after another writes into; at most this many bytes are kept, and only pages once used exist. */
export const SPARE_BYTES: number = 4 * 1024 * 1024;

/** What a call needs and the next one can use again. */
export interface Workspace {
  readonly plans: PlanCache;
  readonly memory: View;
  readonly trail: Trail;
}

let spare: Workspace | undefined;

/** The spare workspace, or a new one while somebody else has it: calls may be nested. */
export function takeWorkspace(): Workspace {
  const workspace = spare ?? { plans: new PlanCache(), memory: allocate(SPARE_BYTES), trail: createTrail() };
  spare = undefined;
  return workspace;
}

/** Puts the workspace back, with nothing in it that belongs to a call. */
export function returnWorkspace(workspace: Workspace): void {
  workspace.plans.clear();
  spare = workspace;
}
