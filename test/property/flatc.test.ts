import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FromJSONOptions,
  fromJSON,
  fromObject,
  parseSchema,
  type Schema,
  type ToJSONOptions,
  toJSON,
  verify,
} from "../../src/index.js";
import { FlatbufferError } from "../../src/wire/error.js";
import { type Change, damagedText, someChanges } from "../support/damaged-text.js";
import { Flatc } from "../support/flatc.js";
import { attempt, isMeant } from "../support/flatc-differences.js";
import { schemaTextArbitrary } from "./schema-arbitrary.js";
import { randomValue } from "./value-arbitrary.js";

/** How many random values; a campaign takes 10,000 and more. */
const numRuns = Number(process.env["RUNS"] ?? 200);
const parameters = { numRuns, endOnFailure: process.env["SHRINK"] === undefined };

const someNumbers = fc.array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 400, size: "max" });

/** What flatc can't print (64-bit vectors), sorts by chance (equal keys) or hashes by accident (null) left out. */
function schemaTexts(embedded: boolean): fc.Arbitrary<string> {
  return schemaTextArbitrary({ wide: false, decoration: false, embedded }).map((text) =>
    text.replace(/\bkey, |\(key\)/g, "").replace(/ = null (?=\([^)]*hash)/g, " "),
  );
}

function bufferOf(schema: Schema, numbers: readonly number[]): Uint8Array | undefined {
  const value = randomValue(schema, schema.rootTable!, numbers);
  return value === undefined ? undefined : fromObject(schema, value);
}

const PRINTS: readonly (readonly [flags: readonly string[], options: ToJSONOptions])[] = [
  [["--strict-json"], {}],
  [["--strict-json", "--defaults-json"], { defaults: true }],
  [["--strict-json", "--natural-utf8"], { ascii: false }],
  [[], { quoteKeys: false }],
];
const BUILDS: readonly (readonly [flags: readonly string[], options: FromJSONOptions])[] = [
  [[], {}],
  [["--force-defaults"], { forceDefaults: true }],
  [["--unknown-json"], { unknownFields: "ignore" }],
];

describe("beside flatc 25.12.19, random values of random schemas", () => {
  const flatc = new Flatc();

  it("print the same, and that text builds the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        schemaTexts(true),
        someNumbers,
        fc.constantFrom(...PRINTS),
        async (text, numbers, [flags, options]) => {
          const schema = parseSchema(text);
          const bytes = bufferOf(schema, numbers);
          if (bytes === undefined) return;
          const printed = await flatc.print(text, bytes, flags);
          const theirs = textOf(printed.bytes);
          const ours = toJSON(schema, bytes, { style: "flatc", ...options });
          if (text.includes("flexbuffer")) {
            // In there flatc shows the sign of a nan (decision 30), and both print blobs as they are, which is no text.
            expect(withoutSigns(ours), printed.message).toBe(withoutSigns(escaped(theirs)));
            return;
          }
          expect(ours, printed.message).toBe(escaped(theirs));
          const built = await flatc.build(text, ours);
          // It can't read its own nan in nested buffers.
          if (!built.ok && /cannot parse value starting with: nan/.test(built.message)) return;
          expect(built.ok, built.message).toBe(true);
          expect(Buffer.compare(built.bytes, fromJSON(schema, ours))).toBe(0);
        },
      ),
      parameters,
    );
  }, 3_600_000);

  it("print the same when bytes are changed that verification doesn't mind", async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        schemaTexts(false),
        someNumbers,
        someChanges,
        fc.constantFrom(...PRINTS),
        async (text, numbers, changes, [flags, options]) => {
          const schema = parseSchema(text);
          const bytes = bufferOf(schema, numbers);
          if (bytes === undefined) return;
          const odd = withOtherBytes(schema, bytes, changes);
          if (Buffer.compare(odd, bytes) !== 0) changed++;
          const { ok, message, bytes: theirs } = await flatc.print(text, odd, flags);
          // A union of a type that the schema doesn't know: flatc gives up (decision 30).
          if (!ok && message.includes("unknown enum value")) return;
          expect(toJSON(schema, odd, { style: "flatc", ...options }), message).toBe(escaped(textOf(theirs)));
        },
      ),
      parameters,
    );
    expect(changed).toBeGreaterThan(numRuns / 10);
  }, 3_600_000);

  it("are taken or refused alike when their text is damaged", async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        schemaTexts(false),
        someNumbers,
        someChanges,
        fc.constantFrom(...BUILDS),
        async (text, numbers, changes, [flags, options]) => {
          const schema = parseSchema(text);
          const bytes = bufferOf(schema, numbers);
          if (bytes === undefined) return;
          const json = damagedText(toJSON(schema, bytes, { defaults: changes.length > 1, indent: 1 }), WORDS, changes);
          const theirs = await flatc.build(text, json, flags);
          const ours = attempt(() => fromJSON(schema, json, options));
          if (isMeant(json, theirs, ours)) return;
          const isRefused = ours instanceof FlatbufferError;
          const said = `${theirs.message}\n${isRefused ? ours.message : ""}\n${text}\n${json}`;
          expect(isRefused, said).toBe(!theirs.ok);
          if (isRefused) return;
          taken++;
          expect(Buffer.compare(theirs.bytes, ours), said).toBe(0);
        },
      ),
      parameters,
    );
    expect(taken).toBeGreaterThan(numRuns / 20);
  }, 3_600_000);
});

function textOf(utf8: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8);
}

/** Control characters, which flatc prints raw with `--natural-utf8` (decision 30). */
function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, (one) => {
    const isKept = one === "\n" || one > "~";
    return isKept ? one : `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

function withoutSigns(text: string): string {
  return text.replaceAll("-nan", "nan");
}

const WORDS = [
  ..."null true false 0 1 -1 255 256 65536 1.5 .5 1. 1e3 nan -nan inf +inf 0x10 0x1p3 -0 +5 99999999999999999999".split(
    " ",
  ),
  ..."{ } [ ] , : {} [] // /**/ rad( sin(1) $ . - ( ' \" 'b' V0 V1 M0 NONE hp0 Enum0.V0".split(" "),
  ..."0 1.5 a V0 Enum0.V0 M0 NONE hp0 name1 \\u00e9 \\x41 \\ud83d \\n".split(" ").map((text) => `"${text}"`),
  ...['""', '"V0 V1"'],
  ...["/* a\n b */", "// c\n", "\n", '"hp0_type":', '"__proto__1": 1,', '"hp2":null,'],
];

/** The bytes with some of them flipped, cleared or set, one after the other as long as they verify. */
function withOtherBytes(schema: Schema, bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  let good = bytes;
  for (const { what, at, other } of changes) {
    for (let step = 0; step < 10; step++) {
      const next = good.slice();
      const place = (at + step * 7919) % next.length;
      next[place] = [other, ~other, 0, 0xff, next[place]! ^ (1 << (other & 7))][what]!;
      if (verify(schema, next).ok) good = next;
    }
  }
  return good;
}
