import { afterAll, describe, expect, it } from "vitest";
import { type EditChange, edit, isFlatbufferError, toObject, verify } from "../../src/index.js";
import { type Plain, RandomValues } from "../property/value-arbitrary.js";
import { fixtures } from "../support/fixtures.js";
import { picker, richFixtures } from "./fixtures.js";
import { KINDS } from "./kinds.js";
import { applyToPlain, spotsOf } from "./reference.js";

const all = [...richFixtures(16), ...fixtures()];
/** By kind: on how many buffers it was done. */
const done = new Map(Object.keys(KINDS).map((name) => [name, 0]));

describe.each(all)("$name", ({ name, schema, data, options: gate }) => {
  const { rootType } = gate;
  const root = rootType === undefined ? schema.rootTable! : schema.object(rootType)!;
  const options = { ...gate, unknownFields: "drop" } as const;
  const shown = { ...options, defaults: false };
  // Data of a newer schema can't be kept; that it is told has tests of its own.
  const whole = edit(schema, data, [], options);
  const before = toObject<Plain>(schema, whole, shown);
  const spots = spotsOf(schema, root, before);

  it.each(Object.entries(KINDS))("%s", (kindName, kind) => {
    const random = new RandomValues(schema, picker(name.length * 31 + kindName.length));
    const changes = spots.flatMap((spot) => kind(spot, random, schema) ?? []);
    if (changes.length > 0) done.set(kindName, done.get(kindName)! + 1);
    for (const change of someOf(changes)) {
      const bytes = editUnlessDeep(() => edit(schema, whole, change, gate), change);
      if (bytes === undefined) continue;
      expect(verify(schema, bytes, gate)).toMatchObject({ ok: true });
      expect(toObject(schema, bytes, shown), JSON.stringify(change.path)).toEqual(
        applyToPlain(schema, root, before, change),
      );
      expect(toObject(schema, whole, shown)).toEqual(before);
    }
  });
});

afterAll(() => {
  const rare = [...done].filter(([, count]) => count < 10).map(([kind, count]) => `${kind}: ${count}`);
  expect(done.size).toBeGreaterThanOrEqual(20);
  expect(rare).toEqual([]);
});

/** One fixture is as deep as buffers may be; nothing goes below that. */
function editUnlessDeep(make: () => Uint8Array, { path }: EditChange): Uint8Array | undefined {
  try {
    return make();
  } catch (error) {
    if (isFlatbufferError(error) && error.code === "depth-limit" && path.length > 60) return undefined;
    throw error;
  }
}

/** The first, the last, and some between. */
function someOf<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / 6));
  return items.filter((_, at) => at % step === 0 || at === items.length - 1);
}
