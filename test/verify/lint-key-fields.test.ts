import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, type VerifyOptions } from "../../src/index.js";
import { verdict } from "./verdict.js";

/**
 * The notes for a list that was written by one schema and is read by another, with a key: writers sort by keys. Behind
 * the list comes a bool that is 2, the last note of a lint that went on to the end.
 */
function notes(written: string, read: string, list: readonly object[], options: VerifyOptions = {}): string[] {
  const parse = (types: string, late: string) =>
    parseSchema(`${types} table R { list: [E]; late: ${late}; } root_type R;`);
  const bytes = fromObject(parse(written, "ubyte"), { list, late: 2 });
  return verdict(parse(read, "bool"), bytes, { lint: true, ...options }).map((line) => line.replace(/ \d+$/, ""));
}

const LAST = "bool-not-0-or-1 root.late";
const UNSORTED = "keys-unsorted root.list";

describe("a key", () => {
  it("is a field of the elements' own type, not of the type behind it", () => {
    const two = (key: string) => `table E { x: int; y: int; } table F { k: int ${key}; }`;
    const list = [
      { x: 2, y: 2 },
      { x: 1, y: 1 },
    ];
    expect(notes(two(""), two("(key)"), list)).toEqual([LAST]);
  });

  it.each([
    ["an array", "", "[ubyte:2]", [2, 1], [1, 2]],
    ["a struct", "struct P { x: int; }", "P", { x: 2 }, { x: 1 }],
  ])("that is %s has no order that writers agree on", (_, types, type, more, less) => {
    const text = (key: string) => `${types} struct E { k: ${type} ${key}; }`;
    for (const list of [
      [more, less],
      [less, more],
    ]) {
      const elements = list.map((k) => ({ k }));
      expect(notes(text(""), text("(key)"), elements)).toEqual([LAST]);
    }
  });

  it.each([
    [2n ** 53n, [UNSORTED, LAST]],
    [2n ** 53n + 1n, [LAST]],
    [2n ** 53n + 2n, [LAST]],
  ])("that is absent counts as its default to the last of 64 bits: before %i", (k, expected) => {
    const text = (key: string) => `table E { k: long = 9007199254740993 ${key}; }`;
    expect(notes(text(""), text("(key)"), [{}, { k }])).toEqual(expected);
  });

  it("that is deprecated is nothing to the native profile, which doesn't verify it", () => {
    const text = (rest: string) => `table E { k: string ${rest}; }`;
    const list = [{ k: "b" }, { k: "a" }];
    expect(notes(text(""), text("(key, deprecated)"), list)).toEqual([UNSORTED, LAST]);
    expect(notes(text(""), text("(key, deprecated)"), list, { profile: "native" })).toEqual([LAST]);
  });
});
