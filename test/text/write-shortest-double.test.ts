import { describe, expect, it } from "vitest";
import { MAX_SHORTEST_BYTES, writeShortestDouble } from "../../src/text/write-shortest-double.js";
import { ofDouble, printer, uint32s } from "./printed.js";

const print = printer(ofDouble(writeShortestDouble), MAX_SHORTEST_BYTES);

/** expect() costs more than the writer: it is asked only about a difference. */
function check(value: number): void {
  const expected = Object.is(value, -0) ? "-0" : String(value);
  const printed = print(value);
  if (printed !== expected) expect(printed).toBe(expected);
}

const DOUBLE = new Float64Array(1);
const BITS = new BigUint64Array(DOUBLE.buffer);

function doubleOf(bits: bigint): number {
  BITS[0] = BigInt.asUintN(64, bits);
  return DOUBLE[0]!;
}

describe("writeShortestDouble", () => {
  it.each([
    [0, "0"],
    [-0, "-0"],
    [1, "1"],
    [-1.5, "-1.5"],
    [0.1, "0.1"],
    [12.5, "12.5"],
    [0.1 + 0.2, "0.30000000000000004"],
    [123456.789, "123456.789"],
    [8388607.12345678, "8388607.12345678"],
    [0.000001, "0.000001"],
    [0.0000015, "0.0000015"],
    [1e-7, "1e-7"],
    [1.5e-7, "1.5e-7"],
    [-1.2345e-100, "-1.2345e-100"],
    [9007199254740991, "9007199254740991"],
    [2 ** 53, "9007199254740992"],
    [2 ** 50 + 0.25, "1125899906842624.2"],
    [2 ** 50 + 0.75, "1125899906842624.8"],
    [123456789012345680000, "123456789012345680000"],
    [1e21, "1e+21"],
    [1.5e300, "1.5e+300"],
    [1e23, "1e+23"],
    [5e-324, "5e-324"],
    [2.2250738585072014e-308, "2.2250738585072014e-308"],
    [Number.MAX_VALUE, "1.7976931348623157e+308"],
    [2 ** -44, "5.684341886080802e-14"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ])("prints %s as %s", (value, text) => {
    expect(print(value)).toBe(text);
  });

  it("agrees with JavaScript at both ends of every exponent", () => {
    for (let exponent = 0n; exponent < 2047n; exponent++) {
      for (let step = -12n; step < 12n; step++) check(doubleOf((exponent << 52n) + step));
      check(doubleOf((exponent << 52n) + 0x5555555555555n));
    }
  });

  it("agrees with JavaScript on every one- and two-digit decimal of every power of ten, and its neighbours", () => {
    for (let power = -324; power < 309; power++) {
      for (let digits = 1; digits < 100; digits++) {
        DOUBLE[0] = Number(`${digits}e${power}`);
        const bits = BITS[0]!;
        if (Number.isFinite(DOUBLE[0])) for (const step of [-1n, 0n, 1n]) check(doubleOf(bits + step));
      }
    }
  });

  it("agrees with JavaScript on random bits", () => {
    const next = uint32s(1);
    for (let i = 0; i < 40000; i++) check(doubleOf((BigInt(next()) << 32n) | BigInt(next())));
  });

  it("agrees with JavaScript on decimals of every length", () => {
    const next = uint32s(2);
    for (let i = 0; i < 40000; i++) {
      const whole = Math.floor((next() / 2 ** 32) * 10 ** (next() % 17));
      check(whole / 10 ** (next() % 23));
      check(-whole * 10 ** (next() % 10));
    }
  });

  it("agrees with JavaScript on ties: fractions of powers of two, floats, whole numbers beyond 2^53", () => {
    const next = uint32s(3);
    const float = new Float32Array(1);
    for (let i = 0; i < 25000; i++) {
      check(next() / 2 ** (next() % 64));
      check((next() * 2 ** 21 + next() / 2 ** 11) / 2 ** (next() % 64));
      float[0] = (next() / 2 ** 32) * 10 ** ((next() % 20) - 8);
      check(float[0]);
      check((next() * 2 ** 21 + (next() >>> 11)) * 2 ** (next() % 60));
    }
  });

  it("can be used again after any value, in any order", () => {
    for (const value of [1e300, 1, 5e-324, 0.5, NaN, 1e21, -0, 0.30000000000000004]) check(value);
  });
});
