import { COMMA, QUOTE, SLASH } from "./parse-ascii.js";
import { fail } from "./parse-error.js";
import { peek, unexpected } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";

/**
 * Reads an object or array whose opening bracket is at the position: `readItem` for each item, commas between them
 * and perhaps one behind the last, up to `close`. Returns how many items there were.
 */
export function readList(
  state: ParseState,
  close: number,
  readItem: (state: ParseState, index: number) => void,
): number {
  state.pos++;
  let count = 0;
  if (peek(state) !== close) {
    do {
      readItem(state, count);
      count++;
    } while (nextItem(state, close));
  }
  state.pos++;
  return count;
}

/**
 * Behind an item of an object or array: steps over the comma and tells whether another item follows; at the end the
 * position is at `close`. Throws `json-syntax` for anything else, and for a comma behind the last item when strict.
 */
export function nextItem(state: ParseState, close: number): boolean {
  const { bytes, pos } = state;
  // The usual case in text on one line: a comma and the next item right behind it.
  if (bytes[pos] === COMMA && (bytes[pos + 1] === QUOTE || bytes[pos + 1]! > SLASH) && bytes[pos + 1] !== close) {
    state.pos = pos + 1;
    return true;
  }
  const byte = peek(state);
  if (byte === COMMA) {
    const comma = state.pos++;
    if (peek(state) !== close) return true;
    if (state.strict) throw fail(state, "json-syntax", comma, "strict JSON has no comma behind the last item");
    return false;
  }
  if (byte === close) return false;
  throw unexpected(state, `',' or '${String.fromCharCode(close)}'`);
}
