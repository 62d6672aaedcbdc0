import type { Schema } from "../model/schema.js";
import type { Limits } from "../wire/limits.js";
import { areGoodTables } from "./quick-table.js";
import { QuickWalk } from "./quick-walk.js";
import { quickWords } from "./quick-words.js";
import type { VerifyStats } from "./report.js";
import type { Root } from "./root.js";
import type { WalkRules } from "./walk.js";

/**
 * The quick walk: the strict rules without a way from the root, without reasons, without a memo. Most buffers are good,
 * and this is all it takes to know. Where it says no, the full walk starts over and decides: that may yet accept what
 * the native profile lets pass, what is worth a note, and what is shown many times. So this may say no too often, but
 * never yes.
 *
 * It doesn't look whether a read lies in the buffer: the engine does, and throws.
 *
 * @returns What it counted, when the buffer is sound; undefined when the full walk has to look.
 */
export function soundStats(schema: Schema, root: Root, rules: WalkRules, limits: Limits): VerifyStats | undefined {
  const walk = new QuickWalk(quickWords(schema), root.view, rules, limits);
  try {
    walk.putOff(root.object.index, root.start, root.start + 4, 1);
    if (!areGoodTables(walk, 0) || walk.isOverspent) return undefined;
    const stats = walk.stats(root.view.byteLength);
    return stats.apparentBytes <= limits.maxApparentBytes ? stats : undefined;
  } catch {
    return undefined; // a read beyond the buffer, a stack used up, bad FlexBuffers: the full walk meets them again
  }
}
