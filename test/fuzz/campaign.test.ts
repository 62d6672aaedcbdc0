import { describe, expect, it } from "vitest";
import type { Schema } from "../../src/index.js";
import { programOf } from "../../src/program/compile.js";
import { corpusRows, corpusSchema, readBytes, readContainer } from "../support/corpus.js";
import { fixtures } from "../support/fixtures.js";
import { type Anatomy, anatomyOf } from "./anatomy.js";
import { mutate } from "./mutate.js";
import { checkPromises, newTally } from "./promises.js";
import { Random } from "./random.js";

/*
 * The sizes of a quick run. For the long one: CAMPAIGN=all npx vitest run test/fuzz (about a quarter of an hour);
 * it prints what it counted.
 */
const ALL = process.env["CAMPAIGN"] === "all";
const MUTATIONS = ALL ? 1_000_000 : 4_000;
const SEED = 20_261_122;

const TARGETS = [
  "hostile/honest",
  "monster/monster",
  "monster/small",
  "unions/table",
  "union-vectors/mixed",
  "recursive/tree",
  "nested/in-nested",
  "flexbuffers/deep",
  "structs/one-of-each",
  "strings/lengths",
  "wide/all",
  "keys/sorted",
];

/** Too large to change every byte, or as often as the others; large enough to have vtables that are known again. */
const LARGE = ["telemetry/armada"];
const LARGE_SHARE = 0.05;

interface Target {
  readonly name: string;
  readonly schema: Schema;
  readonly bytes: Uint8Array;
  readonly anatomy: Anatomy;
}

const targets = targetsOf(TARGETS);
const allTargets = [...targets, ...targetsOf(LARGE)];

function targetsOf(names: readonly string[]): Target[] {
  return fixtures()
    .filter(({ name, options }) => names.includes(name) && !options.sizePrefixed && options.rootType === undefined)
    .map(({ name, schema, data: bytes }) => {
      return { name, schema, bytes, anatomy: anatomyOf(programOf(schema), bytes, schema.rootTable!.index) };
    });
}

describe("the promises of SECURITY.md hold for damaged buffers", () => {
  it("has at least six fixtures to damage", () => {
    expect(targets.length).toBeGreaterThanOrEqual(6);
    expect(allTargets.length).toBe(targets.length + LARGE.length);
  });

  it.each(targets)(
    "$name: every truncation and single-byte changes",
    { timeout: 3_600_000 },
    ({ name, schema, bytes }) => {
      const tally = newTally();
      for (let length = 0; length < bytes.length; length++) checkPromises(schema, bytes.slice(0, length), {}, tally);
      const copy = bytes.slice();
      const step = ALL ? 1 : 211;
      for (let change = 0; change < bytes.length * 256; change += step) {
        const pos = Math.floor(change / 256);
        const byte = change % 256;
        if (bytes[pos] === byte) continue;
        copy[pos] = byte;
        checkPromises(schema, copy, {}, tally);
        copy[pos] = bytes[pos]!;
      }
      report(name, tally);
    },
  );

  it.each(allTargets)(
    "$name: structure-aware mutations",
    { timeout: 3_600_000 },
    ({ name, schema, bytes, anatomy }) => {
      const tally = newTally();
      const random = new Random(SEED);
      const count = Math.ceil((MUTATIONS / targets.length) * (LARGE.includes(name) ? LARGE_SHARE : 1));
      for (let run = 0; run < count; run++) checkPromises(schema, mutate(bytes, anatomy, random), {}, tally);
      expect(tally.buffers).toBe(count);
      report(name, tally);
    },
  );

  it("the buffers of the corpus, damaged and good", { timeout: 600_000 }, () => {
    const tally = newTally();
    for (const row of corpusRows("malformed-container", "malformed-container-size-prefixed")) {
      const options = { rootType: row.rootType, sizePrefixed: row.kind.endsWith("size-prefixed") };
      for (const { bytes } of readContainer(row)) checkPromises(corpusSchema(row.schemaFull), bytes, options, tally);
    }
    for (const row of corpusRows("buffer", "size-prefixed")) {
      const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
      checkPromises(corpusSchema(row.schemaFull), readBytes(row.data), options, tally);
    }
    report("corpus", tally);
  });
});

function report(name: string, tally: object): void {
  if (ALL) console.log(`${name}: ${JSON.stringify(tally)}`);
}
