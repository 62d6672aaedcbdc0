import { describe, expect, it } from "vitest";
import {
  MAX_FIXED_DOUBLE_BYTES,
  MAX_FIXED_FLOAT_BYTES,
  writeFixedDouble,
  writeFixedFloat,
} from "../../src/text/write-fixed-float.js";
import { fixedReference } from "./number-references.js";
import { ofDouble, ofFloat, printer, uint32s } from "./printed.js";

const printDouble = printer(ofDouble(writeFixedDouble), MAX_FIXED_DOUBLE_BYTES);
const printFloat = printer(ofFloat(writeFixedFloat), MAX_FIXED_FLOAT_BYTES);
const DOUBLE = new Float64Array(1);
const DOUBLE_BITS = new BigUint64Array(DOUBLE.buffer);

function checkDouble(value: number): void {
  const printed = printDouble(value);
  if (printed !== fixedReference(value, 12)) expect(printed).toBe(fixedReference(value, 12));
}

function checkFloat(value: number): void {
  value = Math.fround(value);
  const printed = printFloat(value);
  if (printed !== fixedReference(value, 6)) expect(printed).toBe(fixedReference(value, 6));
}

function doubleOf(bits: bigint): number {
  DOUBLE_BITS[0] = BigInt.asUintN(64, bits);
  return DOUBLE[0]!;
}

describe("writeFixedFloat", () => {
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [0.1, "0.1"],
    [123456.789, "123456.789062"],
    [16777217, "16777216.0"],
    [1e10, "10000000000.0"],
    [0.00000051, "0.000001"],
    [2.5e-6, "0.000002"],
    [-1e-20, "-0.0"],
    [0.5078125, "0.507812"],
    [0.50781255, "0.507813"],
    [0.9999995, "1.0"],
    [4194303.9999999, "4194304.0"],
    [3.4028234663852886e38, "340282346638528859811704183484516925440.0"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("prints %s as %s", (value, text) => {
    expect(printFloat(value)).toBe(text);
  });

  it("rounds every tie to even: odd multiples of 2^-7 end in a 5 at the seventh decimal", () => {
    for (let k = 1; k < 100000; k += 2) checkFloat(k / 128);
  });

  it("is exact on random floats of every magnitude", () => {
    const next = uint32s(7);
    const float = new Float32Array(1);
    const bits = new Uint32Array(float.buffer);
    for (let i = 0; i < 20000; i++) {
      bits[0] = next();
      if (Number.isFinite(float[0])) checkFloat(float[0]!);
      checkFloat(next() / 2 ** (next() % 60));
    }
  });
});

describe("writeFixedDouble", () => {
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [-1, "-1.0"],
    [0.30000000000000004, "0.3"],
    [123456789.12345679, "123456789.123456791043"],
    [0.0001220703125, "0.000122070312"],
    [1e-12, "0.000000000001"],
    [5e-13, "0.0"],
    [5.000000000000001e-13, "0.000000000001"],
    [-1e-20, "-0.0"],
    [5e-324, "0.0"],
    [0.9999999999995, "0.999999999999"],
    [0.9999999999995001, "1.0"],
    [999.9999999999999, "1000.0"],
    [4503599627370495.5, "4503599627370495.5"],
    [9007199254740991, "9007199254740991.0"],
    [9007199254740992, "9007199254740992.0"],
    [1e22, "10000000000000000000000.0"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("prints %s as %s", (value, text) => {
    expect(printDouble(value)).toBe(text);
  });

  it("rounds every tie to even: odd multiples of 2^-13 end in a 5 at the thirteenth decimal", () => {
    for (let k = 1; k < 100000; k += 2) checkDouble(k / 8192);
  });

  it("decides next to a tie by the last bit", () => {
    for (let k = 1; k < 20000; k += 2) {
      DOUBLE[0] = k / 8192;
      const bits = DOUBLE_BITS[0]!;
      checkDouble(doubleOf(bits - 1n));
      checkDouble(doubleOf(bits + 1n));
    }
  });

  it("isn't misled by products that only become ties when they are rounded: thirteen decimals and a 5 at the end", () => {
    expect(printDouble(0.9429135559785)).toBe("0.942913555979");
    expect(printDouble(0.7061992981015)).toBe("0.706199298101");
    expect(printDouble(0.6964963617865)).toBe("0.696496361786");
    expect(printDouble(0.8814905646655)).toBe("0.881490564666");
    for (let k = 1; k < 20000; k++) checkDouble((k * 499_979 * 10 + 5) / 1e13);
  });

  it("prints all digits of every power of two, and of its neighbours", () => {
    for (let exponent = 0n; exponent < 2047n; exponent++) {
      for (const step of [-1n, 0n, 1n]) if (exponent > 0n) checkDouble(doubleOf((exponent << 52n) + step));
    }
    expect(printDouble(Number.MAX_VALUE)).toBe(`${BigInt(Number.MAX_VALUE)}.0`);
    expect(printDouble(-Number.MAX_VALUE)).toBe(`-${BigInt(Number.MAX_VALUE)}.0`);
  });

  it("is exact on random doubles of every magnitude", () => {
    const next = uint32s(8);
    for (let i = 0; i < 12000; i++) {
      const value = doubleOf((BigInt(next()) << 32n) | BigInt(next()));
      if (Number.isFinite(value)) checkDouble(value);
      checkDouble((next() + next() / 2 ** 32) / 10 ** (next() % 22));
      checkDouble(next() / 2 ** (next() % 60));
    }
  });
});
