import { describe, expect, it } from "vitest";
import { Regions } from "../../src/verify/lint-regions.js";
import { viewOf } from "../../src/wire/view.js";

type Part = readonly [start: number, end: number, what: string];

/** What is told of parts of a buffer of `byteLength` bytes, all 0 but those named. */
function notes(byteLength: number, parts: readonly Part[], nonZero: readonly number[] = []): string[] {
  const bytes = new Uint8Array(byteLength);
  for (const pos of nonZero) bytes[pos] = 1;
  const regions = new Regions();
  for (const [start, end, what] of parts) regions.add(start, end, what);
  const told: string[] = [];
  regions.report(viewOf(bytes), byteLength, true, (code, pos, message) => told.push(`${code} ${pos} ${message}`));
  return told;
}

const HEADER: Part = [0, 4, "the header"];

describe("the parts of a buffer", () => {
  it("may touch, and have zeros between them", () => {
    expect(notes(16, [[8, 12, "b"], HEADER, [4, 8, "a"], [14, 16, "c"]], [0, 4, 11, 14])).toEqual([]);
  });

  it.each([0, 2, 4, 8])("overlap nothing where they are empty: at %i", (pos) => {
    expect(notes(8, [HEADER, [4, 8, "a"], [pos, pos, "nothing"]])).toEqual([]);
  });

  it("that begin together are told of in the same words, in whatever order they were met", () => {
    const [short, long]: [Part, Part] = [
      [4, 8, "short"],
      [4, 12, "long"],
    ];
    const expected = ["regions-overlap 4 long at 4 overlaps short at 4"];
    expect(notes(12, [HEADER, short, long])).toEqual(expected);
    expect(notes(12, [HEADER, long, short])).toEqual(expected);
  });

  it("are compared with the first of those that reach as far", () => {
    expect(notes(12, [[4, 12, "a"], [6, 12, "b"], [8, 12, "c"], [9, 10, "d"], HEADER])).toEqual([
      "regions-overlap 6 b at 6 overlaps a at 4",
      "regions-overlap 8 c at 8 overlaps a at 4",
      "regions-overlap 9 d at 9 overlaps a at 4",
    ]);
  });

  it("are told of when bytes between them aren't zero, at the first", () => {
    expect(notes(16, [HEADER, [12, 16, "a"]], [4])).toEqual([
      "padding-not-zero 4 8 bytes at 4 belong to nothing but aren't zero",
    ]);
    expect(notes(16, [HEADER, [12, 16, "a"]], [11, 9])).toEqual([
      "padding-not-zero 9 8 bytes at 4 belong to nothing but aren't zero",
    ]);
  });
});

describe("the end of a buffer", () => {
  it("may be as many zeros as alignment can leave, 31", () => {
    expect(notes(4 + 31, [HEADER])).toEqual([]);
    expect(notes(4 + 32, [HEADER])).toEqual(["trailing-bytes 4 32 bytes at the end belong to nothing"]);
  });

  it.each([4, 6])("may not be anything but zeros: byte %i", (pos) => {
    expect(notes(7, [HEADER], [pos])).toEqual(["trailing-bytes 4 3 bytes at the end belong to nothing"]);
  });
});
