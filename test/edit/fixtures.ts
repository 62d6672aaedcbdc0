import { fromObject } from "../../src/index.js";
import { randomValue } from "../property/value-arbitrary.js";
import { type Fixture, fixtureSchema } from "../support/fixtures.js";

/** Buffers with a random value of the schema that has every kind of field; the same ones each time. */
export function richFixtures(count: number): Fixture[] {
  const schema = fixtureSchema("hostile/hostile.full.bfbs");
  return Array.from({ length: count }, (_, seed) => {
    const pick = picker(seed + 1);
    const numbers = Array.from({ length: 600 }, () => pick(0x10000));
    const sizePrefixed = seed % 3 === 2;
    const data = fromObject(schema, randomValue(schema, schema.rootTable!, numbers)!, { sizePrefixed });
    return { name: `hostile/random-${seed}`, schema, data, options: { rootType: undefined, sizePrefixed } };
  });
}

/** Numbers that look random, the same ones for the same seed. */
export function picker(seed: number): (max: number) => number {
  let state = seed;
  return (max) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * max);
  };
}
