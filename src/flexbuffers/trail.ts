import { decodeUtf8 } from "../wire/utf8.js";
import type { FlexWindow } from "./window.js";

/** A window that knows how deep inside the data the walk is, so that errors can name the place. */
export interface TrackedWindow extends FlexWindow {
  /** From the outermost container inwards: an index of a vector, or -1 - (position of a key) in a map. */
  readonly steps: number[];
}

/** The same window with a way to keep track; where it has no path of its own, `root` stands for it. */
export function trackedWindow({ view, start, end, path = "root" }: FlexWindow): TrackedWindow {
  const steps: number[] = [];
  return {
    view,
    start,
    end,
    steps,
    get path() {
      return path + steps.map((step) => describe(view.bytes, step, end)).join("");
    },
  };
}

function describe(bytes: Uint8Array, step: number, end: number): string {
  if (step >= 0) return `[${step}]`;
  const keyStart = -1 - step;
  let keyEnd = keyStart;
  while (keyEnd < end && keyEnd < keyStart + LONGEST && bytes[keyEnd] !== 0) keyEnd++;
  const key = decodeUtf8(bytes, keyStart, keyEnd, true);
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Bytes of a key that an error shows. */
const LONGEST = 64;
