import { View } from "../wire/view.js";

/**
 * The same text in UTF-16 (little-endian), of the UTF-8 in the first `length` bytes, which is known to be valid. Engines
 * decode text that is not all ASCII slowly (V8: 150 to 250 MB/s); from here a string is one copy away.
 *
 * Written behind the text if there is room, which costs no fresh memory.
 */
export function utf8ToUtf16(source: View, length: number): Uint8Array {
  const { data } = source;
  const end = length;
  const need = 2 * length + 8;
  const start = 8 * Math.ceil(length / 8);
  const target = start + need <= source.byteLength ? source.window(start, need) : View.on(new Uint8Array(need));
  const out = target.data;
  let at = 0;
  let pos = 0;
  while (at < end) {
    let special = 0;
    for (; at + 4 <= end; at += 4, pos += 8) {
      const word = data.getInt32(at, true);
      out.setInt32(pos, (word & 0xff) | ((word & 0xff00) << 8), true);
      out.setInt32(pos + 4, ((word >>> 16) & 0xff) | ((word >>> 8) & 0xff0000), true);
      special = word & 0x80808080;
      if (special !== 0) break;
    }
    if (at >= end) break;
    // The ASCII before the first byte that is none is written already.
    const plain = special === 0 ? 0 : (31 - Math.clz32(special & -special)) >>> 3;
    at += plain;
    pos += 2 * plain;
    const first = data.getUint8(at);
    if (first < 0x80) {
      out.setUint16(pos, first, true);
      at += 1;
    } else if (first < 0xe0) {
      out.setUint16(pos, (first & 0x1f) * 64 + (data.getUint8(at + 1) & 0x3f), true);
      at += 2;
    } else if (first < 0xf0) {
      const low = (data.getUint8(at + 1) & 0x3f) * 64 + (data.getUint8(at + 2) & 0x3f);
      out.setUint16(pos, (first & 0x0f) * 4096 + low, true);
      at += 3;
    } else {
      const high = (first & 0x07) * 4096 + (data.getUint8(at + 1) & 0x3f) * 64 + (data.getUint8(at + 2) & 0x3f);
      // A code point less 0x10000 in two halves of ten bits.
      out.setUint16(pos, 0xd7c0 + (high >>> 4), true);
      pos += 2;
      out.setUint16(pos, 0xdc00 + (high & 0x0f) * 64 + (data.getUint8(at + 3) & 0x3f), true);
      at += 4;
    }
    pos += 2;
  }
  return target.bytes.subarray(0, pos);
}
