import { limitError } from "../wire/limits.js";
import { fail } from "./parse-error.js";
import type { ParseState } from "./parse-state.js";

/** Goes one level deeper; who calls it lowers `state.depth` again. Throws `depth-limit` at `pos`. */
export function enter(state: ParseState, pos: number): void {
  if (++state.depth <= state.rules.maxDepth) return;
  const limit = state.rules.maxDepth;
  throw fail(state, "depth-limit", pos, limitError("maxDepth", limit, {}).message, { limit });
}
