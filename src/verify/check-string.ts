import { findInvalidUtf8 } from "../wire/utf8.js";
import { STRING_TYPE } from "./memo.js";
import type { Walk } from "./walk.js";

/** Checks the string at `pos`: length, range, terminator, UTF-8. */
export function checkString(walk: Walk, pos: number): void {
  const { memo } = walk;
  if (memo.find(pos, STRING_TYPE)) {
    walk.chargeMany(memo.visits, memo.bytes, pos);
    return;
  }
  const { data, base, end } = walk;
  if (pos + 4 > end) {
    walk.fail("string-out-of-range", pos, `the length of a string at ${pos} lies beyond the end, ${end}`);
    return;
  }
  if (((pos - base) & 3) !== 0) {
    walk.fail("string-misaligned", pos, `a string starts at ${pos - base}, which is no multiple of 4`);
    return;
  }
  const length = data.getUint32(pos, true);
  const textEnd = pos + 4 + length;
  if (textEnd > end) {
    walk.fail("string-out-of-range", pos, `a string of ${length} bytes at ${pos} doesn't fit before the end, ${end}`);
    return;
  }
  walk.charge(length + 5, pos);
  // The native verifier, too, wants one zero byte behind the text, inside the buffer.
  if (textEnd >= end || walk.bytes[textEnd] !== 0) {
    const found = textEnd >= end ? "the buffer's end" : String(walk.bytes[textEnd]);
    walk.fail(
      "string-unterminated",
      textEnd,
      `expected the zero byte that ends a string at ${textEnd}, found ${found}`,
    );
    return;
  }
  if (walk.utf8) checkUtf8(walk, pos + 4, textEnd);
  memo.add(pos, STRING_TYPE, 0, 1, length + 5);
}

function checkUtf8(walk: Walk, start: number, end: number): void {
  const bad = findInvalidUtf8(walk.bytes, start, end);
  if (bad < 0) return;
  const byte = walk.bytes[bad]!.toString(16).padStart(2, "0");
  walk.fail("invalid-utf8", bad, `byte 0x${byte} at ${bad} is no part of valid UTF-8`);
}
