import { describe, it } from "vitest";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { checkFlexBuffer } from "../../src/flexbuffers/check.js";
import { flexToValue } from "../../src/flexbuffers/value.js";
import { View } from "../../src/wire/view.js";
import { budgetFor, bytesOf, codeOf, eventsOf, hexOf } from "./events.js";

const MARGIN = 16;
const CODES = new Set(["ok", "flexbuffer-invalid", "depth-limit", "visit-limit", "apparent-size-limit"]);

const seeds: [what: string, bytes: Uint8Array][] = [
  ["a string", bytesOf("0568656c6c6f00 06 14 01")],
  ["a map of a vector and a string", bytesOf("6100030102030404046200017800020f0702010211092814042401")],
  ["maps in a vector", bytesOf("610001030101010104010a0101010204020a042424042801")],
  ["doubles and wide numbers", built((builder) => [builder.float(0.1), builder.int(2n ** 60n), builder.string("é")])],
  ["every kind of vector", built(vectors)],
  [
    "numbers out of line",
    built((builder) => [builder.indirectInt(-5), builder.indirectFloat(0.5), builder.blob(bytesOf("0102"))]),
  ],
];

describe("damaged FlexBuffers", () => {
  it.each(seeds)("made of %s by cutting: only FlatbufferErrors, no read outside", (_what, seed) => {
    for (let start = 0; start <= seed.length; start++) {
      for (let end = start; end <= seed.length; end++) attack(seed.slice(start, end));
    }
  });

  it.each(seeds)(
    "made of %s by changing any byte to any other: only FlatbufferErrors, no read outside",
    (_what, seed) => {
      for (let pos = 0; pos < seed.length; pos++) {
        for (let value = 0; value < 256; value++) {
          const bytes = seed.slice();
          bytes[pos] = value;
          attack(bytes);
        }
      }
    },
  );

  it("of random bytes with a plausible end: only FlatbufferErrors, no read outside", () => {
    let state = 12345;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 4000; round++) {
      const bytes = Uint8Array.from({ length: 3 + random(40) }, () => (random(3) === 0 ? random(256) : random(12)));
      bytes[bytes.length - 1] = 2 ** random(4);
      bytes[bytes.length - 2] = random(38) * 4 + random(4);
      attack(bytes);
    }
  });
});

/** Checks and reads the bytes as they stand between poisoned neighbours. Plain comparisons: there are 40,000 of these. */
function attack(bytes: Uint8Array): void {
  const outcome = judge(surrounded(bytes, 0xa5), bytes.length);
  // The neighbours must not matter: whatever a read outside found would differ.
  if (outcome !== judge(surrounded(bytes, 0x00), bytes.length)) throw new Error(`reads outside: ${hexOf(bytes)}`);
  const [strict, native, read] = outcome.split(" ");
  const isFine = (strict !== "ok" || native === "ok") && (native !== "ok" || read === "ok");
  if (!isFine || !CODES.has(native!) || !CODES.has(read!)) throw new Error(`${outcome}: ${hexOf(bytes)}`);
}

/** The verdicts of both profiles and of a walk, then what the walk told. */
function judge(outer: Uint8Array, byteLength: number): string {
  const window = { view: View.on(outer), start: MARGIN, end: MARGIN + byteLength };
  let events: string[] = [];
  const read = codeOf(() => {
    events = eventsOf(outer, MARGIN, MARGIN + byteLength);
  });
  const strict = codeOf(() => checkFlexBuffer(window, budgetFor(byteLength)));
  const budget = budgetFor(byteLength);
  const { visitsLeft, bytesLeft } = budget;
  const native = codeOf(() => {
    const depthLeft = checkFlexBuffer(window, budget, { profile: "native" });
    // What passes must be readable within what the check has spent.
    const spent = { visitsLeft: visitsLeft - budget.visitsLeft, bytesLeft: bytesLeft - budget.bytesLeft };
    eventsOf(outer, MARGIN, MARGIN + byteLength, { ...budget, ...spent, depthLeft });
  });
  const value = codeOf(() => flexToValue(window.view, window.start, window.end));
  return [strict, native, read, value, ...events].join(" ");
}

function surrounded(bytes: Uint8Array, poison: number): Uint8Array {
  const outer = new Uint8Array(bytes.length + 2 * MARGIN).fill(poison);
  outer.set(bytes, MARGIN);
  return outer;
}

function built(push: (builder: FlexBuilder) => unknown): Uint8Array {
  const builder = new FlexBuilder();
  builder.startVector();
  push(builder);
  builder.endVector();
  return builder.finish();
}

function vectors(builder: FlexBuilder): void {
  for (const kind of ["typed", "tuple"] as const) {
    builder.startVector();
    builder.int(1);
    builder.int(2);
    builder.endVector(kind);
  }
  builder.startVector();
  builder.keyValue("k");
  builder.endVector("typed");
  builder.startVector();
  builder.bool(true);
  builder.endVector("typed");
}
