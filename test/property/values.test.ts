import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  edit,
  fromJSON,
  fromObject,
  parseSchema,
  type Schema,
  type ToJSONOptions,
  toJSON,
  toJSONBytes,
  toObject,
  verify,
} from "../../src/index.js";
import { schemaTextArbitrary } from "./schema-arbitrary.js";
import { randomValue } from "./value-arbitrary.js";

const numRuns = Number(process.env["RUNS"] ?? 300);

const someNumbers = fc.array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 600, size: "max" });

/**
 * A failure is told as it was found, with the schema's text and the numbers that made the value; SHRINK=1 makes it small,
 * which takes minutes.
 */
const parameters = { numRuns, endOnFailure: process.env["SHRINK"] === undefined };

describe("what random values found hard", () => {
  it("prints a union's struct of less than 4 bytes that is the last thing in the buffer", () => {
    const schema = parseSchema("struct S { a: ubyte; b: ubyte; } union U { S } table T { u: U; } root_type T;");
    const bytes = fromObject(schema, { u_type: "S", u: { a: 1, b: 2 } });
    expect(toJSON(schema, bytes)).toBe('{"u_type":"S","u":{"a":1,"b":2}}');
  });

  it.each(["-0", "100000000000000000000", "-73786976294838210000"])(
    "reads %s in a FlexBuffer back as the float that it was",
    (text) => {
      const schema = parseSchema("table T { f: [ubyte] (flexbuffer); } root_type T;");
      const bytes = fromObject(schema, { f: Number(text) });
      expect(toJSON(schema, bytes)).toBe(`{"f":${text}}`);
      expect(fromJSON(schema, `{"f":${text}}`)).toEqual(bytes);
    },
  );

  it("counts a null that comes when the list of fields under way is full", () => {
    const depth = 40;
    const schema = parseSchema("table T { a: int = null; b: T; } root_type T;");
    const text = `${'{"a":null,"b":'.repeat(depth)}{"a":null}${"}".repeat(depth)}`;
    expect(toJSON(schema, fromJSON(schema, text))).toBe(`${'{"b":'.repeat(depth)}{}${"}".repeat(depth)}`);
  });
});

describe("a random value of a random schema", () => {
  it("is built, verified, read back the same, and its text makes the text again", () => {
    let checked = 0;
    fc.assert(
      fc.property(schemaTextArbitrary(), someNumbers, fc.boolean(), (schemaText, numbers, sizePrefixed) => {
        const schema = parseSchema(schemaText);
        const value = randomValue(schema, schema.rootTable!, numbers);
        if (value === undefined) return;
        checked++;
        const options = { sizePrefixed };
        const bytes = fromObject(schema, value, options);
        expect(verify(schema, bytes, options)).toMatchObject({ ok: true });
        // Once more, when the layouts of its tables are known.
        for (let again = 0; again < 3; again++) expect(fromObject(schema, value, options)).toEqual(bytes);
        expect(toObject(schema, bytes, { ...options, defaults: false })).toEqual(value);
        // With its defaults filled in it reads the same. (A default that is NaN equals nothing, so it gets stored.)
        const full = toObject<object>(schema, bytes, { ...options, vectors: "typed" });
        expect(toObject(schema, fromObject(schema, full, options), { ...options, vectors: "typed" })).toEqual(full);
        // No change: the same values.
        const copy = edit(schema, bytes, [], options);
        expect(toObject(schema, copy, { ...options, defaults: false })).toEqual(value);
        expect(copy.length).toBeLessThan(bytes.length * 1.5 + 64);

        expectFixpoint(schema, bytes, { style: "plain", ...options });
        const numbersOnly = { defaults: true, enums: "number", indent: 2 } as const;
        expectFixpoint(schema, bytes, { style: "plain", ...numbersOnly, ...options });
        // Text can't tell a FlexBuffer's 2^53 as a float from the integer, which alone gets quotes; and flatc writes its
        // blobs as they are.
        if (schemaText.includes("flexbuffer")) return;
        expectFixpoint(schema, bytes, { style: "plain", int64: "string", ...options });
        // flatc's six decimals round, some values to their default, which isn't stored; but only once.
        const rounded = fromJSON(schema, toJSON(schema, bytes, { style: "flatc", ...options }), options);
        expectFixpoint(schema, rounded, { style: "flatc", defaults: true, ...options });
      }),
      parameters,
    );
    expect(checked).toBeGreaterThan(numRuns / 2);
    if (numRuns > 1000) console.log(`${checked} of ${numRuns} schemas have a finite value`);
  }, 3_600_000);
});

/** Text that was read is printed the same. (That plain text loses nothing besides, the values above have shown.) */
function expectFixpoint(
  schema: Schema,
  bytes: Uint8Array,
  options: ToJSONOptions & { style: "plain" | "flatc"; sizePrefixed: boolean },
): void {
  const text = toJSON(schema, bytes, options);
  const again = fromJSON(schema, text, { sizePrefixed: options.sizePrefixed });
  expect(verify(schema, again, options)).toMatchObject({ ok: true });
  expect(toJSON(schema, again, options)).toBe(text);
  expect(new TextDecoder().decode(toJSONBytes(schema, again, options))).toBe(text);
}
