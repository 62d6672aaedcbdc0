import { describe, expect, it, vi } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { FlatbufferError } from "../../src/wire/error.js";

/** Looks at characters and at pieces of text, counted instead of timed: the same on every machine. */
function work(text: string): number {
  const looks = vi.spyOn(String.prototype, "charCodeAt");
  const slices = vi.spyOn(String.prototype, "slice");
  try {
    parseSchema(text);
  } catch (error) {
    if (!(error instanceof FlatbufferError)) throw error;
  } finally {
    vi.restoreAllMocks();
  }
  const sliced = slices.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  return looks.mock.calls.length + sliced;
}

const many = (count: number, piece: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => piece(at)).join("\n");

describe("the work for a text grows with its length", () => {
  it.each([
    [
      "tables that use the ones after them",
      (n: number) => many(n, (at) => `table T${at} { a: T${(at + 1) % n}; b: int = 5; }`),
    ],
    ["fields of one table", (n: number) => `table T {${many(n, (at) => `field_${at}: string (deprecated);`)}}`],
    ["values of one enum", (n: number) => `enum E : int {${many(n, (at) => `V${at} = ${at * 2},`)}}`],
    [
      "structs, each in the next",
      (n: number) => `struct S0 { a: byte; }\n${many(n, (at) => `struct S${at + 1} { a: S${at % 50}; }`)}`,
    ],
    ["namespaces", (n: number) => many(n, (at) => `namespace n${at}.m; table T { a: T; }`)],
    ["lines of comment", (n: number) => `${many(n, () => "/// line")}\ntable T {}`],
    ["mistakes", (n: number) => `table T {${many(n, () => "a: int = 1.5;")}}`],
    ["open parentheses", (n: number) => "(".repeat(n * 10)],
    ["open quotes", (n: number) => '"'.repeat(n * 10)],
    ["slashes", (n: number) => "/".repeat(n * 10)],
    ["comments inside comments", (n: number) => "/* ".repeat(n * 10)],
  ])("%s", (_, make) => {
    const [small, large] = [work(make(300)), work(make(1200))];
    expect(small).toBeGreaterThan(0);
    expect(large / small).toBeLessThan(4.6);
  });
});

describe("a megabyte of schema", () => {
  it("with twenty thousand tables is parsed, saved and read back in full", () => {
    const text = many(20_000, (at) => `table T${at} { a: int = ${at}; b: [T${(at + 7) % 20_000}]; }`);
    expect(text.length).toBeGreaterThan(800_000);
    const schema = parseSchema(text);
    expect(schema.objectList).toHaveLength(20_000);
    expect(schema.bytes.length).toBeGreaterThan(1_000_000);
  });
});
