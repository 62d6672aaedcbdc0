import { createRandom } from "./random.mjs";

/** JSON text of a `fair.Numbers`: 4 MB of buffer in eight vectors. */
export function numbersText(seed = 2) {
  const random = createRandom(seed);
  const vectors = {
    whole: vector(180_000, (i) => (i % 3 === 0 ? random.word() - 0x80000000 : random.below(2000) - 100)),
    real: vector(90_000, () => (random.real() * 2 - 1) * 10 ** (random.below(20) - 8)),
    measured: vector(90_000, () => ((random.real() * 2 - 1) * 4000).toFixed(random.below(4))),
    bytes: vector(600_000, () => random.below(256)),
    huge: vector(60_000, (i) => (BigInt(random.word()) << BigInt(i % 32)) - (1n << 48n)),
    single: vector(60_000, () => Math.fround((random.real() * 2 - 1) * 10 ** (random.below(12) - 5))),
    sampled: vector(60_000, () => ((random.real() * 2 - 1) * 50).toFixed(2)),
    ports: vector(200_000, () => random.below(65_536)),
  };
  return object(vectors);
}

/** JSON text of a `fair.Structs`: 3.6 MB of buffer in two vectors. */
export function structsText(seed = 3) {
  const random = createRandom(seed);
  const decimal = (range, decimals) => ((random.real() * 2 - 1) * range).toFixed(decimals);
  let time = 1_700_000_000_000_000_000n;
  return object({
    places: vector(100_000, () => `{"x":${decimal(100, 3)},"y":${decimal(100, 3)},"z":${decimal(10, 2)}}`),
    readings: vector(100_000, (i) => {
      time += BigInt(random.below(100_000));
      const level = random.below(200) - 100;
      return `{"time":${time},"sensor":${i},"level":${level},"flags":${i % 4},"value":${decimal(30, 3)}}`;
    }),
  });
}

function vector(count, make) {
  return `[${Array.from({ length: count }, (_, i) => make(i)).join(",")}]`;
}

function object(fields) {
  return `{${Object.entries(fields)
    .map(([key, text]) => `"${key}":${text}`)
    .join(",")}}`;
}
