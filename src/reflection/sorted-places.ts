import { compareUtf8 } from "../text/compare-utf8.js";

/** By place in `names`: place after sorting by name as FlatBuffers does, byte by byte. */
export function sortedPlaces(names: readonly string[]): Int32Array {
  const order = names.map((_, index) => index);
  order.sort((a, b) => compareUtf8(names[a]!, names[b]!) || a - b);
  const places = new Int32Array(names.length);
  for (const [place, index] of order.entries()) places[index] = place;
  return places;
}
