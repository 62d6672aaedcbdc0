import { decodeUtf8, findInvalidUtf8 } from "../wire/utf8.js";
import { stringLength } from "./follow.js";
import type { PlainWalk } from "./plain-walk.js";

/** Longer strings are remembered by position, so that one that many places share is made once. */
const LONG = 64;

/** The string at `pos`. Throws `string-out-of-range`; `invalid-utf8` unless the rules say what to make of it. */
export function plainString(walk: PlainWalk, pos: number): string {
  const { source } = walk;
  const length = stringLength(source, pos);
  if (length > LONG) return longString(walk, pos, length);
  walk.charge(length, pos);
  const { recentStrings: recent } = walk;
  if (recent?.data !== source.data) return decode(walk, pos + 4, pos + 4 + length);
  const slot = recent.slotOf(pos, length);
  return recent.find(slot, pos, length) ?? recent.keep(slot, pos, decode(walk, pos + 4, pos + 4 + length));
}

function longString(walk: PlainWalk, pos: number, length: number): string {
  // Nested buffers count positions anew; the place in the memory of the whole buffer is the same for both.
  const place = walk.view.bytes.byteOffset + pos;
  const known = walk.longStrings.get(place);
  walk.charge(known === undefined ? length : 0, pos);
  if (known !== undefined) return known;
  const text = decode(walk, pos + 4, pos + 4 + length);
  walk.longStrings.set(place, text);
  return text;
}

function decode({ view: { bytes }, rules }: PlainWalk, start: number, end: number): string {
  return rules.invalidUtf8 === "escape"
    ? escaped(bytes, start, end)
    : decodeUtf8(bytes, start, end, rules.invalidUtf8 === "replace");
}

/** Valid UTF-8 as it is, any other byte as `\xFF`. */
function escaped(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  while (start < end) {
    const bad = findInvalidUtf8(bytes, start, end);
    if (bad < 0) return text + decodeUtf8(bytes, start, end);
    text += `${decodeUtf8(bytes, start, bad)}\\x${bytes[bad]!.toString(16).toUpperCase().padStart(2, "0")}`;
    start = bad + 1;
  }
  return text;
}
