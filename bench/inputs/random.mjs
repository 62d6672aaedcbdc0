/** Small seeded generator (xorshift, 32 bits): the same inputs on every machine and in every run. */
export function createRandom(seed) {
  let state = seed >>> 0 || 1;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return {
    /** 0 to 2^32 - 1. */
    word,
    /** 0 to `end` - 1. */
    below: (end) => word() % end,
    /** 0 <= x < 1, with all 53 bits in use. */
    real: () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000,
    chance: (probability) => word() / 0x100000000 < probability,
    pick: (list) => list[word() % list.length],
  };
}
