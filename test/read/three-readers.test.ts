import { describe, expect, it } from "vitest";
import { type GateOptions, read, type Schema, toObject } from "../../src/index.js";
import { corpusRows, corpusSchema, readBytes } from "../support/corpus.js";
import { fixtures } from "../support/fixtures.js";
import { plainOf } from "./plain-of.js";

/** Larger buffers are read at some places of memory only. */
const SMALL = 20_000;

/** The buffer inside a larger one full of 0xA5, so that its first byte stands at `place`. */
function moved(bytes: Uint8Array, place: number): Uint8Array {
  const memory = new Uint8Array(bytes.length + 64).fill(0xa5);
  memory.set(bytes, place);
  return memory.subarray(place, place + bytes.length);
}

/** That `toJSON` says the same as `toObject` is in to-object.test.ts. */
function check(schema: Schema, bytes: Uint8Array, options: GateOptions): void {
  const expected = toObject(schema, bytes, { ...options, enums: "number" });
  const step = bytes.length <= SMALL ? 1 : 5;
  for (let place = 0; place < 16; place += step) {
    const here = moved(bytes, place);
    expect(plainOf(read(schema, here, options)), `views at byteOffset ${place}`).toEqual(expected);
    expect(toObject(schema, here, { ...options, enums: "number" }), `values at byteOffset ${place}`).toEqual(expected);
  }
}

describe("views and plain values agree wherever in memory the bytes are", () => {
  it.each(fixtures())("$name", ({ schema, data, options }) => {
    check(schema, data, options);
  });

  it.each(
    corpusRows("buffer", "size-prefixed").filter(
      ({ expectedStrict, expectedVerify, verify }) => (expectedStrict ?? expectedVerify ?? verify) === "accept",
    ),
  )("corpus: $name", (row) => {
    const options = { rootType: row.rootType, sizePrefixed: row.kind === "size-prefixed" };
    check(corpusSchema(row.schemaFull), readBytes(row.data), options);
  });
});
