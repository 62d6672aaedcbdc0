/** By place in `names`: place after sorting by name as FlatBuffers does, byte by byte. */
export function sortedPlaces(names: readonly string[]): Int32Array {
  const order = names.map((_, index) => index);
  order.sort((a, b) => compareNames(names[a]!, names[b]!) || a - b);
  const places = new Int32Array(names.length);
  for (const [place, index] of order.entries()) places[index] = place;
  return places;
}

/** Compares as the UTF-8 bytes would: by code point, which only differs from JavaScript's order beyond U+FFFF. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x === y) continue;
    const xIsSurrogate = x >= 0xd800 && x <= 0xdfff;
    const yIsSurrogate = y >= 0xd800 && y <= 0xdfff;
    if (xIsSurrogate !== yIsSurrogate) return xIsSurrogate ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
