import { describe, expect, it } from "vitest";
import { createMemo, recall, remember } from "../../src/flexbuffers/memo.js";

describe("a memo", () => {
  it("tells only of the very type at the very position, also when it is crowded", () => {
    const memo = createMemo(0);
    for (let pos = 0; pos < 20_000; pos++) {
      for (const packed of [0x24, 0x28]) {
        const known = recall(memo, packed, pos);
        expect(known).toBe(-1);
        remember(memo, packed, pos, { visits: pos, byteLength: packed, height: 3 });
        const index = recall(memo, packed, pos);
        expect([memo.visits[index], memo.byteLengths[index], memo.heights[index]]).toEqual([pos, packed, 3]);
      }
    }
  });

  it("stays within the bytes it was made for and 64 KiB, and within 26 MiB", () => {
    for (const byteLength of [0, 100, 1e5, 1e7, 2 ** 31]) {
      const { keys, visits, byteLengths, heights } = createMemo(byteLength);
      const bytes = keys.byteLength + visits.byteLength + byteLengths.byteLength + heights.byteLength;
      expect(bytes).toBeLessThanOrEqual(Math.min(byteLength + 65536, 26 * 2 ** 20));
    }
  });
});
