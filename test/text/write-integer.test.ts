import { describe, expect, it } from "vitest";
import {
  MAX_INTEGER_BYTES,
  writeInt32,
  writeInt64,
  writeSafeInteger,
  writeUint32,
  writeUint64,
} from "../../src/text/write-integer.js";
import { printer, uint32s } from "./printed.js";

const int32 = printer(writeInt32, MAX_INTEGER_BYTES);
const uint32 = printer(writeUint32, MAX_INTEGER_BYTES);
const safe = printer(writeSafeInteger, MAX_INTEGER_BYTES);

let low = 0;
let high = 0;
const unsigned64 = printer((view, pos) => writeUint64(view, pos, low, high), MAX_INTEGER_BYTES);
const signed64 = printer((view, pos) => writeInt64(view, pos, low, high), MAX_INTEGER_BYTES);

/** Checks a 64-bit pattern as unsigned and as signed, from halves a caller may have read as uint32 or as int32. */
function check64(pattern: bigint): void {
  for (const size of [BigInt.asUintN, BigInt.asIntN]) {
    low = Number(size(32, pattern));
    high = Number(size(32, pattern >> 32n));
    const printed = `${unsigned64(0)} ${signed64(0)}`;
    const expected = `${BigInt.asUintN(64, pattern)} ${BigInt.asIntN(64, pattern)}`;
    if (printed !== expected) expect(printed).toBe(expected);
  }
}

/** Every power of two and of ten below 2^64 with its neighbours, where digit counts, halves and carries change. */
function edges(): bigint[] {
  const found: bigint[] = [];
  for (let power = 1n; power < 1n << 64n; power *= 2n) found.push(power - 1n, power, power + 1n);
  for (let power = 1n; power < 1n << 64n; power *= 10n) found.push(power - 1n, power, power + 1n, power * 9n - 1n);
  for (let high = 1n; high < 1n << 32n; high *= 3n) found.push(high << 32n, (high << 32n) - 1n);
  found.push((1n << 64n) - 1n, 0x0123456789abcdefn, 0xfedcba9876543210n);
  return found.map((value) => BigInt.asUintN(64, value));
}

describe("integer writers", () => {
  it("print every number of up to five digits", () => {
    for (let n = 0; n < 100000; n++) if (uint32(n) !== String(n)) expect(uint32(n)).toBe(String(n));
    for (let n = 0; n < 100000; n++) if (int32(-n) !== String(-n)) expect(int32(-n)).toBe(String(0 - n));
  });

  it("print 32-bit edges, both signs", () => {
    for (const edge of edges()) {
      const value = Number(BigInt.asUintN(32, edge));
      expect(uint32(value)).toBe(String(value));
      expect(int32(value | 0)).toBe(String(value | 0));
      expect(int32(-value | 0)).toBe(String(-value | 0));
    }
  });

  it("print 64-bit edges, both signs, from halves read signed or unsigned", () => {
    for (const edge of edges()) {
      check64(edge);
      check64(-edge);
    }
  });

  it("print random 64-bit integers of every length", () => {
    const next = uint32s(20);
    for (let i = 0; i < 20000; i++) {
      const value = ((BigInt(next()) << 32n) | BigInt(next())) >> BigInt(i % 64);
      check64(value);
      check64(~value);
    }
  });

  it("print quotients that the double of a 64-bit integer gets wrong by one", () => {
    // Multiples of 10^8 near 2^64 and their neighbours: the nearest double lies on the other side of the multiple.
    for (let k = 0n; k < 2000n; k++) {
      const value = (184467440737n - k) * 100000000n;
      for (const step of [-1n, 0n, 1n]) check64(value + step);
    }
  });

  it("print whole doubles up to 2^53 - 1", () => {
    for (const edge of edges()) {
      const value = Number(BigInt.asUintN(53, edge));
      expect(safe(value)).toBe(String(value));
    }
    expect(safe(Number.MAX_SAFE_INTEGER)).toBe("9007199254740991");
  });
});
