import type { Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";
import { isLaidOut, type TableLayout } from "./table-layout.js";

/** How many layouts are kept at most. A power of two. */
const SLOTS = 2048;
/** How many tables miss a slot between two attempts at a layout: one costs as much as writing some ten tables. */
const PATIENCE = 16;

/**
 * Layouts of tables written before, kept for a schema. Only those that come again are; and there are never more than
 * `SLOTS`, whatever is written (bench, `--only from-json,objects --input monsters`).
 */
export class TableLayouts {
  readonly #layouts: (TableLayout | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
  /** By slot: the hash that missed it last. */
  readonly #missed: Int32Array = new Int32Array(SLOTS);
  /** By slot: how often it was missed, modulo PATIENCE. */
  readonly #misses: Uint8Array = new Uint8Array(SLOTS);

  /** The layout of the fields `numbers[base, end)` of an object in that phase, by their hash. */
  find(
    hash: number,
    object: number,
    numbers: Int32Array,
    base: number,
    end: number,
    phase: number,
  ): TableLayout | undefined {
    const layout = this.#layouts[slotOf(hash)];
    return layout !== undefined && isLaidOut(layout, object, numbers, base, end, phase) ? layout : undefined;
  }

  /** Counts a table that has no layout here. Returns whether to try for one: at the second miss, and seldom again. */
  miss(hash: number): boolean {
    const slot = slotOf(hash);
    const isAgain = this.#missed[slot] === hash;
    this.#missed[slot] = hash;
    const misses = (this.#misses[slot]! + 1) % PATIENCE;
    this.#misses[slot] = misses;
    return isAgain && misses === 2;
  }

  add(hash: number, layout: TableLayout): void {
    this.#layouts[slotOf(hash)] = layout;
  }
}

/** The upper bits are the best mixed ones. */
function slotOf(hash: number): number {
  return (hash >>> 16) & (SLOTS - 1);
}

/** The layouts of a schema. */
export const tableLayouts: (schema: Schema) => TableLayouts = derived(() => new TableLayouts());
