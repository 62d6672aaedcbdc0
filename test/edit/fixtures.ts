import { readFileSync } from "node:fs";
import { fromObject, loadSchema, type Schema } from "../../src/index.js";
import { randomValue } from "../property/value-arbitrary.js";

/** A buffer to change. */
export interface Fixture {
  readonly name: string;
  readonly schema: Schema;
  readonly data: Uint8Array;
  readonly rootType: string | undefined;
  readonly sizePrefixed: boolean;
}

interface Row {
  readonly name: string;
  readonly schemaFull: string;
  readonly data: string;
  readonly rootType: string | null;
  readonly sizePrefixed: boolean;
}

/** All buffers of fixtures/. */
export function fixtures(): Fixture[] {
  const { rows } = JSON.parse(readFileSync("fixtures/index.json", "utf8")) as { rows: Row[] };
  return rows.map(({ name, schemaFull, data, rootType, sizePrefixed }) => ({
    name,
    schema: schemaAt(schemaFull),
    data: bytesAt(data),
    rootType: rootType ?? undefined,
    sizePrefixed,
  }));
}

/** Buffers with a random value of the schema that has every kind of field; the same ones each time. */
export function richFixtures(count: number): Fixture[] {
  const schema = schemaAt("hostile/hostile.full.bfbs");
  return Array.from({ length: count }, (_, seed) => {
    const pick = picker(seed + 1);
    const numbers = Array.from({ length: 600 }, () => pick(0x10000));
    const sizePrefixed = seed % 3 === 2;
    const data = fromObject(schema, randomValue(schema, schema.rootTable!, numbers)!, { sizePrefixed });
    return { name: `hostile/random-${seed}`, schema, data, rootType: undefined, sizePrefixed };
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

const schemas = new Map<string, Schema>();

function schemaAt(path: string): Schema {
  const known = schemas.get(path) ?? loadSchema(bytesAt(path));
  schemas.set(path, known);
  return known;
}

/** A file of fixtures/. */
export function bytesAt(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`fixtures/${path}`));
}
