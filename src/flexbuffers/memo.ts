/**
 * What a check remembers of containers, strings and keys that passed: what they cost and how high they are. A cache of
 * fixed size in which a newcomer takes the place of another with the same hash; forgetting costs time, never safety.
 */
export interface Memo {
  /** `pos * 256 + packed type + 1`; 0 where nothing is remembered. */
  readonly keys: Float64Array;
  readonly visits: Float64Array;
  readonly byteLengths: Float64Array;
  readonly heights: Uint16Array;
  readonly shift: number;
}

/** An empty memo; its 26 bytes an entry stay within `byteLength` + 64 KiB. */
export function createMemo(byteLength: number): Memo {
  const bits = Math.min(MAX_BITS, Math.floor(Math.log2((byteLength + 65536) / 26)));
  const capacity = 2 ** bits;
  return {
    keys: new Float64Array(capacity),
    visits: new Float64Array(capacity),
    byteLengths: new Float64Array(capacity),
    heights: new Uint16Array(capacity),
    shift: 32 - bits,
  };
}

/** Index of what is remembered about `packed` at `pos`, or -1. */
export function recall(memo: Memo, packed: number, pos: number): number {
  const index = hash(memo, packed, pos);
  return memo.keys[index] === pos * 256 + packed + 1 ? index : -1;
}

/** Remembers what `packed` at `pos` costs each time it is shown. */
export function remember(
  memo: Memo,
  packed: number,
  pos: number,
  cost: { visits: number; byteLength: number; height: number },
): void {
  const index = hash(memo, packed, pos);
  memo.keys[index] = pos * 256 + packed + 1;
  memo.visits[index] = cost.visits;
  memo.byteLengths[index] = cost.byteLength;
  memo.heights[index] = cost.height;
}

/** 2^20 entries are 26 MiB; data with more shared containers than that is checked in part more than once. */
const MAX_BITS = 20;

function hash(memo: Memo, packed: number, pos: number): number {
  return Math.imul(pos * 256 + packed, 0x9e3779b1) >>> memo.shift;
}
