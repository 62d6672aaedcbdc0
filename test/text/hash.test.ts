import { describe, expect, it } from "vitest";
import { type HashName, hashBytes } from "../../src/text/hash.js";

const hash = (name: HashName, text: string) => {
  const bytes = new TextEncoder().encode(`<${text}>`);
  return hashBytes(name, bytes, 1, bytes.length - 1);
};

describe("hashBytes agrees with flatc", () => {
  it.each<[HashName, bigint]>([
    ["fnv1a_32", 1335831723n],
    ["fnv1_32", 3069866343n],
    ["fnv1a_64", BigInt.asUintN(64, -7307811276060410197n)],
    ["fnv1_64", 5166396678891262055n],
  ])("%s of hello", (name, expected) => {
    expect(hash(name, "hello")).toBe(expected);
  });

  it("folds 32 bits into 16", () => {
    expect(hash("fnv1a_16", "hello")).toBe((1335831723n >> 16n) ^ (1335831723n & 0xffffn));
    expect(hash("fnv1_16", "hello")).toBe((3069866343n >> 16n) ^ (3069866343n & 0xffffn));
  });

  it("starts from the basis for no text, and stops at a NUL", () => {
    expect(hash("fnv1a_32", "")).toBe(0x811c9dc5n);
    expect(hash("fnv1a_64", "")).toBe(0xcbf29ce484222645n);
    expect(hash("fnv1a_32", "a\0b")).toBe(hash("fnv1a_32", "a"));
  });
});
