import { expect } from "vitest";
import type { Schema } from "../../src/index.js";
import { programOf } from "../../src/program/compile.js";
import { checkTable } from "../../src/verify/check-table.js";
import { soundStats } from "../../src/verify/quick.js";
import type { VerifyStats } from "../../src/verify/report.js";
import { findRoot, type Root, rootObject } from "../../src/verify/root.js";
import { STOP, Walk, type WalkRules } from "../../src/verify/walk.js";
import { isFlatbufferError } from "../../src/wire/error.js";
import { resolveLimits } from "../../src/wire/limits.js";
import type { GateOptions } from "../../src/wire/options.js";
import { guardReads, viewOf } from "../../src/wire/view.js";

export const STRICT: WalkRules = { strict: true, utf8: true, rejectUnknownUnions: false };
const NATIVE: WalkRules = { strict: false, utf8: false, rejectUnknownUnions: false };

/** The full walk alone. */
export function fullWalk(schema: Schema, root: Root, rules: WalkRules): Walk {
  const walk = new Walk(programOf(schema), root.view, rules, resolveLimits(undefined, root.view.byteLength));
  try {
    guardReads(root.view, () => checkTable(walk, root.object.index, root.pos));
  } catch (error) {
    if (error !== STOP) throw error;
  }
  return walk;
}

/** Where the buffer starts; undefined when not even that is good. */
export function rootOf(schema: Schema, bytes: Uint8Array, options: GateOptions): Root | undefined {
  try {
    return findRoot(schema, rootObject(schema, options.rootType), viewOf(bytes), options);
  } catch (error) {
    if (isFlatbufferError(error)) return undefined;
    throw error;
  }
}

/** Both count the same; only tables that are shared count every time in the quick walk, which has no memo. */
function areSame(actual: VerifyStats | undefined, full: Walk | undefined): boolean {
  if (full === undefined || actual === undefined) return full === actual;
  const { depth, visits, apparentBytes, tables } = full.stats();
  const { tables: counted } = actual;
  return (
    actual.depth === depth && actual.visits === visits && actual.apparentBytes === apparentBytes && counted >= tables
  );
}

/** The quick walk says yes where the full walk finds nothing to tell, and only there; and both count the same. */
export function expectBothAgree(schema: Schema, bytes: Uint8Array, options: GateOptions): void {
  const root = rootOf(schema, bytes, options);
  if (root === undefined) return;
  const limits = resolveLimits(undefined, bytes.length);
  const full = fullWalk(schema, root, STRICT);
  const isClean = full.issues.length === 0 && full.notes.length === 0;
  const strict = soundStats(schema, root, STRICT, limits);
  if (!areSame(strict, isClean ? full : undefined)) expect(strict).toEqual(isClean ? full.stats() : undefined);
  // The native profile accepts more, which the full walk has to find out.
  const native = soundStats(schema, root, NATIVE, limits);
  const fullNative = fullWalk(schema, root, NATIVE);
  if (isClean && !areSame(native, fullNative)) expect(native).toEqual(fullNative.stats());
  if (native !== undefined && fullNative.issues.length > 0) expect(fullNative.issues).toEqual([]);
}
