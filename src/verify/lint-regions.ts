import type { View } from "../wire/view.js";

/** A part of the buffer that something refers to. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

/** Longest run of zero bytes that alignment can leave at the end of a buffer. */
const MAX_ALIGN_PADDING = 31;

/** Tells `note` about regions that overlap, bytes between them that aren't zero, and bytes behind them. */
export class Regions {
  readonly #regions: Region[] = [];

  add(start: number, end: number, what: string): void {
    if (end > start) this.#regions.push({ start, end, what });
  }

  /** @param isWhole Whether all that is referred to was added; what lies between isn't told else. */
  report(
    view: View,
    end: number,
    isWhole: boolean,
    note: (code: RegionNote, pos: number, message: string) => void,
  ): void {
    this.#regions.sort((a, b) => a.start - b.start || a.end - b.end);
    let last: Region = { start: 0, end: 0, what: "start" };
    for (const region of this.#regions) {
      if (region.start < last.end) {
        note(
          "regions-overlap",
          region.start,
          `${region.what} at ${region.start} overlaps ${last.what} at ${last.start}`,
        );
      } else if (isWhole) {
        reportGap(view, last.end, region.start, note);
      }
      if (region.end > last.end) last = region;
    }
    if (!isWhole) return;
    const rest = end - last.end;
    if (rest > MAX_ALIGN_PADDING || firstNonZero(view, last.end, end) >= 0) {
      note("trailing-bytes", last.end, `${rest} bytes at the end belong to nothing`);
    }
  }
}

/** The notes that regions give rise to. */
export type RegionNote = "regions-overlap" | "padding-not-zero" | "trailing-bytes";

function reportGap(
  view: View,
  start: number,
  end: number,
  note: (code: RegionNote, pos: number, message: string) => void,
): void {
  const pos = firstNonZero(view, start, end);
  if (pos >= 0) note("padding-not-zero", pos, `${end - start} bytes at ${start} belong to nothing but aren't zero`);
}

/** Position of the first byte in `[start, end)` that isn't zero, or -1. */
export function firstNonZero(view: View, start: number, end: number): number {
  for (let pos = start; pos < end; pos++) if (view.bytes[pos] !== 0) return pos;
  return -1;
}
