import { describe, expect, it } from "vitest";
import { fromObject, parseSchema, verify } from "../../src/index.js";

/** The same tables twice: writers sort by a key, so the buffers come from the schema without one. */
function schemas(type: string, holder: "table" | "struct", rest = "") {
  const text = (key: string) =>
    parseSchema(
      `enum Tone : short { Low = -5, Mid = 0, High = 7 } ${holder} E { before: ubyte; k: ${type}${rest} ${key}; }
       table R { list: [E]; } root_type R;`,
    );
  return { unsorted: text(""), keyed: text("(key)") };
}

function notes(type: string, holder: "table" | "struct", keys: readonly unknown[], rest = ""): unknown {
  const { unsorted, keyed } = schemas(type, holder, rest);
  const bytes = fromObject(unsorted, { list: keys.map((k) => (k === undefined ? {} : { before: 1, k })) });
  const result = verify(keyed, bytes, { lint: true });
  if (!result.ok) throw new Error(result.issues[0]!.message);
  return result.notes.map(({ code, path, message }) => `${code} ${path} ${message}`);
}

const unsortedAt = (index: number) => [
  `keys-unsorted root.list element ${index} has a smaller key than the one before; lookups by key will miss`,
];

const SCALARS: readonly (readonly [type: string, inOrder: readonly unknown[]])[] = [
  ["byte", [-128, -1, 1, 127]],
  ["ubyte", [1, 127, 128, 255]],
  ["short", [-32768, -1, 1, 32767]],
  ["ushort", [1, 32767, 32768, 65535]],
  ["int", [-(2 ** 31), -1, 1, 2 ** 31 - 1]],
  ["uint", [1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]],
  ["long", [-(2n ** 63n), -1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n]],
  ["ulong", [1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]],
  ["float", [Number.NEGATIVE_INFINITY, -1.5, 1.25, 1.5, Number.POSITIVE_INFINITY]],
  ["double", [Number.NEGATIVE_INFINITY, -1e-300, 0.1, 0.10000000000000002, 1e300]],
  ["Tone", ["Low", "Mid", "High"]],
];

describe("a vector's keys", () => {
  for (const holder of ["table", "struct"] as const) {
    it.each(SCALARS)(`of ${holder}s may be equal or go up, but not down: %s`, (type, inOrder) => {
      expect(notes(type, holder, inOrder)).toEqual([]);
      expect(notes(type, holder, [inOrder[1], inOrder[1]])).toEqual([]);
      for (let at = 1; at < inOrder.length; at++) {
        expect(notes(type, holder, [inOrder[at], inOrder[at - 1]])).toEqual(unsortedAt(1));
        expect(notes(type, holder, [inOrder[0], inOrder[at], inOrder[0]])).toEqual(unsortedAt(2));
      }
    });
  }

  it.each([
    ["int", "", [-1, undefined, 1], [undefined, -1]],
    ["int", " = 5", [4, undefined, 6], [undefined, 4]],
    ["long", " = -5", [-6n, undefined, -4n], [undefined, -6n]],
    ["ulong", " = 18446744073709551615", [2n ** 64n - 2n, undefined], [undefined, 1n]],
    ["float", " = 0.5", [0.25, undefined, 0.75], [undefined, 0.25]],
    ["double", " = -1", [-2, undefined, 0], [undefined, -2]],
  ])("that are absent count as their default: %s%s", (type, rest, inOrder, not) => {
    expect(notes(type, "table", inOrder, rest)).toEqual([]);
    expect(notes(type, "table", not, rest)).toEqual(unsortedAt(1));
  });

  it("that are strings go by their bytes, the shorter one first", () => {
    const inOrder = ["", "a", "ab", "abc", "abd", "b", "\u00e9", "\uffff", "\u{10000}"];
    expect(notes("string", "table", inOrder)).toEqual([]);
    for (let at = 1; at < inOrder.length; at++) {
      expect(notes("string", "table", [inOrder[at], inOrder[at - 1]])).toEqual(unsortedAt(1));
    }
  });

  it("say nothing where no field is the key", () => {
    const { unsorted } = schemas("int", "table");
    expect(verify(unsorted, fromObject(unsorted, { list: [{ k: 2 }, { k: 1 }] }), { lint: true })).toMatchObject({
      notes: [],
    });
  });
});
