import type { FlatbufferError } from "../wire/error.js";
import { type Limits, limitError } from "../wire/limits.js";

/**
 * What a walk may still spend. A plain mutable object, so that FlexBuffers inside a FlatBuffer draw on the budget of
 * the buffer around them.
 */
export interface Budget {
  /** What the budget started with; named in errors. */
  readonly limits: Pick<Limits, "maxDepth" | "maxVisits" | "maxApparentBytes">;
  /** Vectors and maps that may still be entered. */
  depthLeft: number;
  /** Values that may still be reached: every element, map value and map key costs one each time it is reached. */
  visitsLeft: number;
  /** Bytes that may still be shown; shared ones cost again each time. */
  bytesLeft: number;
}

/** A full budget within `limits`. */
export function createBudget(limits: Budget["limits"]): Budget {
  return {
    limits,
    depthLeft: limits.maxDepth,
    visitsLeft: limits.maxVisits,
    bytesLeft: limits.maxApparentBytes,
  };
}

/** Where an error happened; read only when one is thrown, so that `path` may be a getter that costs something. */
interface Place {
  readonly path?: string | undefined;
}

/** Pays for values and bytes at `pos`. Throws `visit-limit` or `apparent-size-limit`. */
export function spend(budget: Budget, visits: number, byteLength: number, pos: number, place: Place): void {
  budget.visitsLeft -= visits;
  budget.bytesLeft -= byteLength;
  if (budget.visitsLeft < 0) throw passed(budget, "maxVisits", pos, place);
  if (budget.bytesLeft < 0) throw passed(budget, "maxApparentBytes", pos, place);
}

/** Goes one level down at `pos`; whoever calls adds 1 to `depthLeft` on the way back. Throws `depth-limit`. */
export function enter(budget: Budget, pos: number, place: Place): void {
  needDepth(budget, 1, pos, place);
  budget.depthLeft--;
}

/** Throws `depth-limit` unless `height` more levels are allowed. */
export function needDepth(budget: Budget, height: number, pos: number, place: Place): void {
  if (budget.depthLeft < height) throw passed(budget, "maxDepth", pos, place);
}

function passed(budget: Budget, name: keyof Budget["limits"], pos: number, place: Place): FlatbufferError {
  return limitError(name, budget.limits[name], { path: place.path, offset: pos });
}
