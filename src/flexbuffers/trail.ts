import { decodeUtf8 } from "../wire/utf8.js";
import type { View } from "../wire/view.js";
import type { FlexWindow } from "./window.js";

/** A window that knows how deep inside the data the walk is, so that errors can name the place. */
export class TrackedWindow implements FlexWindow {
  readonly view: View;
  readonly start: number;
  readonly end: number;
  /** From the outermost container inwards: an index of a vector, or -1 - (position of a key) in a map. */
  readonly steps: number[] = [];
  readonly #root: string;

  /** The same window; where it has no path of its own, `root` stands for it. */
  constructor({ view, start, end, path = "root" }: FlexWindow) {
    this.view = view;
    this.start = start;
    this.end = end;
    this.#root = path;
  }

  get path(): string {
    return this.#root + this.steps.map((step) => describe(this.view.bytes, step, this.end)).join("");
  }
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
