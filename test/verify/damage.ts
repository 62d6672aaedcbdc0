import { type Fixture, fixtures } from "../support/fixtures.js";

/** Together they have every kind of field, sharing, nested and FlexBuffers data, and what newer writers leave. */
const NAMES = [
  "hostile/honest",
  "union-vectors/mixed",
  "nested/in-nested",
  "wide/all",
  "recursive/shared-branch",
  "keys/forced",
  "evolution/from-new",
  "monster/prefixed",
  "unions/type-without-value",
  "unions/unknown-member",
  "unions/struct",
  "enums/outside",
  "flexbuffers/deep",
  "structs/one-of-each",
];

/** Small buffers of fixtures/ to damage. */
export const victims: readonly Fixture[] = fixtures().filter(({ name }) => NAMES.includes(name));

/** What to do to a word of 16 bits. */
export const CHANGES: readonly (readonly [name: string, change: (word: number) => number])[] = [
  ["bit 0 flipped", (word) => word ^ 1],
  ["2 more", (word) => word + 2],
  ["all bits set", () => 0xffff],
  ["0", () => 0],
];

/** The buffer with one word changed, for every word; always in the same memory. */
export function* damaged(bytes: Uint8Array, change: (word: number) => number): Generator<Uint8Array> {
  const copy = bytes.slice();
  const data = new DataView(copy.buffer);
  for (let pos = 0; pos + 2 <= copy.length; pos += 2) {
    const word = data.getUint16(pos, true);
    data.setUint16(pos, change(word), true);
    if (data.getUint16(pos, true) !== word) yield copy;
    data.setUint16(pos, word, true);
  }
}
