import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EditChange, edit, fromObject, parseSchema, toObject, verify } from "../../src/index.js";
import { picker } from "../edit/fixtures.js";
import { KINDS } from "../edit/kinds.js";
import { applyToPlain, spotsOf } from "../edit/reference.js";
import { schemaTextArbitrary } from "./schema-arbitrary.js";
import { NO_VALUE, type Plain, RandomValues, randomValue } from "./value-arbitrary.js";

const numRuns = Number(process.env["RUNS"] ?? 300);
const kinds = Object.entries(KINDS);

describe("a random change of a random buffer", () => {
  it("is the change applied to its values, and nothing else; so are several in a row", () => {
    let checked = 0;
    const someNumbers = fc.array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 400, size: "max" });
    fc.assert(
      fc.property(schemaTextArbitrary(), someNumbers, fc.nat(), (schemaText, numbers, seed) => {
        const schema = parseSchema(schemaText);
        const root = schema.rootTable!;
        const value = randomValue(schema, root, numbers);
        if (value === undefined) return;
        const bytes = fromObject(schema, value);
        const pick = picker(seed);
        let expected: Plain = value;
        const changes: EditChange[] = [];
        for (let at = 0; at < 4; at++) {
          const change = randomChange();
          if (change === undefined) continue;
          changes.push(change);
          expected = applyToPlain(schema, root, expected, change);
          // One at a time, too: vectors with a key are put in order at the end of a call.
          if (changes.length > 1) continue;
          const once = edit(schema, bytes, change);
          expect(verify(schema, once)).toMatchObject({ ok: true });
          expect(toObject(schema, once, { defaults: false })).toEqual(expected);
          checked++;
        }
        if (schemaText.includes("(key")) return;
        const all = edit(schema, bytes, changes);
        expect(verify(schema, all)).toMatchObject({ ok: true });
        expect(toObject(schema, all, { defaults: false })).toEqual(expected);

        function randomChange(): EditChange | undefined {
          const spots = spotsOf(schema, root, expected);
          const random = new RandomValues(schema, pick);
          for (let tries = 0; tries < 40 && spots.length > 0; tries++) {
            try {
              const change = kinds[pick(kinds.length)]![1](spots[pick(spots.length)]!, random, schema);
              if (change !== undefined) return change;
            } catch (error) {
              // The schema has no finite value for what would be given.
              if (error !== NO_VALUE) throw error;
            }
          }
          return undefined;
        }
      }),
      { numRuns, endOnFailure: process.env["SHRINK"] === undefined },
    );
    expect(checked).toBeGreaterThan(numRuns / 2);
    if (numRuns > 1000) console.log(`${checked} of ${numRuns} buffers were changed`);
  }, 3_600_000);
});
