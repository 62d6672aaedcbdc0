import { describe, expect, it } from "vitest";
import {
  FLEXBUFFER_TYPE,
  Memo,
  nestedType,
  STRING_TYPE,
  STRING_VECTOR_TYPE,
  tableType,
  tableVectorType,
  unionTypesType,
  unionValuesType,
} from "../../src/verify/memo.js";

/** What a memo tells of a place, or undefined. */
function recall(memo: Memo, pos: number, type: number): number[] | undefined {
  return memo.find(pos, type) ? [memo.height, memo.visits, memo.bytes] : undefined;
}

/** Asked for anew by each test, since mutations are only there while one runs. */
const allTypes = () => [
  ...[tableType, tableVectorType, nestedType, unionValuesType, unionTypesType].flatMap((typeOf) =>
    [0, 1, 65_534, 65_535].map(typeOf),
  ),
  STRING_TYPE,
  STRING_VECTOR_TYPE,
  FLEXBUFFER_TYPE,
];

describe("a memo", () => {
  it("knows nothing at first, not even of position 0", () => {
    const memo = new Memo(10_000);
    for (const type of allTypes()) expect(recall(memo, 0, type)).toBeUndefined();
  });

  it("tells every type at one position from the others", () => {
    expect(new Set(allTypes()).size).toBe(allTypes().length);
    const memo = new Memo(1_000_000);
    for (const [at, type] of allTypes().entries()) {
      expect(recall(memo, 64, type)).toBeUndefined();
      memo.add(64, type, at, at + 100, at + 1000);
    }
    for (const [at, type] of allTypes().entries()) expect(recall(memo, 64, type)).toEqual([at, at + 100, at + 1000]);
    expect(recall(memo, 68, allTypes()[0]!)).toBeUndefined();
  });

  it("tells types apart that hash alike", () => {
    for (const type of allTypes()) {
      const memo = new Memo(0);
      memo.add(64, type, 1, 2, 3);
      const found = allTypes().filter((other) => recall(memo, 64, other) !== undefined);
      expect(found).toEqual([type]);
    }
  });

  it("remembers heights, visits and bytes up to 32 bits, and nothing larger", () => {
    const memo = new Memo(1_000_000);
    const most = 0xffffffff;
    memo.add(most, STRING_TYPE, 1000, most, most);
    expect(recall(memo, most, STRING_TYPE)).toEqual([1000, most, most]);
    memo.add(most + 1, STRING_TYPE, 0, 1, 1);
    memo.add(4, STRING_TYPE, 0, most + 1, 1);
    memo.add(8, STRING_TYPE, 0, 1, most + 1);
    for (const pos of [most + 1, 0, 4, 8]) expect(recall(memo, pos, STRING_TYPE)).toBeUndefined();
  });

  it("remembers values and types of unions as pairs, each with its last partner", () => {
    const memo = new Memo(1_000_000);
    const most = 0xffffffff;
    const known = (values: number, types: number, union: number) => {
      const visits = memo.findUnions(values, types, union);
      return visits < 0 ? undefined : [memo.height, visits, memo.bytes];
    };
    expect(known(64, 32, 0)).toBeUndefined();
    memo.addUnions(64, 32, 0, 1, 2, 3);
    memo.addUnions(64, 32, 65_535, 1000, most, most);
    memo.addUnions(32, 64, 0, 4, 5, 6);
    expect([known(64, 32, 0), known(64, 32, 65_535), known(32, 64, 0)]).toEqual([
      [1, 2, 3],
      [1000, most, most],
      [4, 5, 6],
    ]);
    memo.addUnions(64, 36, 0, 7, 8, 9);
    expect([known(64, 32, 0), known(64, 36, 0), known(32, 64, 0)]).toEqual([undefined, [7, 8, 9], [4, 5, 6]]);
    memo.addUnions(68, 36, 0, 0, 0, 0);
    expect([known(64, 36, 0), known(68, 36, 0), known(64, 32, 1)]).toEqual([undefined, [0, 0, 0], undefined]);
    for (const [values, types, visits, bytes] of [
      [most + 1, 4, 0, 0],
      [4, most + 1, 0, 0],
      [4, 8, most + 1, 0],
      [12, 16, 0, most + 1],
    ] as const) {
      memo.addUnions(values, types, 0, 1, visits, bytes);
      expect(known(values, types, 0)).toBeUndefined();
    }
  });

  it("takes a place that is known anew", () => {
    const memo = new Memo(0);
    for (let at = 0; at < 16; at++) memo.add(4 * at, STRING_TYPE, 0, 1, at);
    let known = 0;
    for (let at = 0; at < 16; at++) if (recall(memo, 4 * at, STRING_TYPE)?.[2] === at) known++;
    // A cache of 16 entries, four of which are looked at: it may forget, but not much, and never the newest.
    expect(known).toBeGreaterThan(8);
    expect(recall(memo, 60, STRING_TYPE)).toEqual([0, 1, 15]);
    for (let at = 16; at < 64; at++) {
      memo.add(4 * at, STRING_TYPE, 0, 1, at);
      expect(recall(memo, 4 * at, STRING_TYPE)).toEqual([0, 1, at]);
    }
  });

  it.each([
    [0, 256],
    [1_023, 256],
    [1_024, 512],
    [2_047, 512],
    [2_048, 1_024],
    [1_000_000, 262_144],
  ])("of a buffer of %i bytes takes %i, at most half as many from some bytes on", (byteLength, total) => {
    expect(new Memo(byteLength).total).toBe(total);
    expect(new Memo(byteLength, 5_000).total).toBe(total + 5_000);
  });

  it("keeps hundreds of places in a buffer of some kilobytes", () => {
    const memo = new Memo(64 * 1024);
    for (let at = 0; at < 600; at++) memo.add(100 + 4 * at, tableType(at % 7), at % 5, at, 2 * at);
    let known = 0;
    for (let at = 0; at < 600; at++) {
      const found = recall(memo, 100 + 4 * at, tableType(at % 7));
      if (found !== undefined) expect(found).toEqual([at % 5, at, 2 * at]);
      if (found !== undefined) known++;
    }
    expect(known).toBeGreaterThan(550);
  });
});
