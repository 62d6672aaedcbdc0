import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lacksHexExponent, parseInteger, parseReal, parseReal32 } from "../../src/text/number-literal.js";

describe("parseInteger reads exactly what schema text and JSON call an integer", () => {
  const table: readonly (readonly [string, number | bigint | undefined])[] = [
    ["0", 0],
    ["-0", 0],
    ["007", 7],
    ["+5", 5],
    ["-5", -5],
    ["  12", 12],
    ["0x1F", 31],
    ["-0X10", -16],
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -9223372036854775808n],
    ["18446744073709551615", 18446744073709551615n],
    ["0xFFFFFFFFFFFFFFFF", 0xffffffffffffffffn],
    ["000000000000000000000000000000000001", 1],
    ["0x00000000000000000000000000000000a", 10],
    ["", undefined],
    [" ", undefined],
    ["-", undefined],
    ["--5", undefined],
    ["- 5", undefined],
    ["12 ", undefined],
    ["1.0", undefined],
    ["1e3", undefined],
    ["0x", undefined],
    ["0xg", undefined],
    ["0b1", undefined],
    ["1_000", undefined],
    ["١", undefined],
    ["null", undefined],
  ];
  it.each(table)("%j -> %s", (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it("gives back every 64-bit integer, in decimal and in hex", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        expect(BigInt(parseInteger(`${value}`)!)).toBe(value);
        const sign = value < 0n ? "-" : "";
        expect(BigInt(parseInteger(`${sign}0x${(value < 0n ? -value : value).toString(16)}`)!)).toBe(value);
      }),
    );
  });

  it("says too large for a million digits instead of computing them", () => {
    expect(parseInteger("9".repeat(1_000_000))).toBe(10n ** 20n);
    expect(parseInteger(`-0x${"f".repeat(1_000_000)}`)).toBe(-(10n ** 20n));
  });
});

describe("parseReal reads exactly what schema text and JSON call a number", () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ["1", 1],
    ["-1.5", -1.5],
    ["+.5", 0.5],
    ["5.", 5],
    ["5.e1", 50],
    ["1e-3", 0.001],
    ["1E+3", 1000],
    ["-0", -0],
    ["1e400", Number.POSITIVE_INFINITY],
    ["-1e400", Number.NEGATIVE_INFINITY],
    ["1e-400", 0],
    ["inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["+INF", Number.POSITIVE_INFINITY],
    ["NaN", Number.NaN],
    ["-nan", Number.NaN],
    ["0x1p0", 1],
    ["0x1.8p1", 3],
    ["-0X.8P-1", -0.25],
    ["0x1p-1074", 5e-324],
    ["0x1p-1075", 0],
    ["0x1.8p-1075", 5e-324],
    ["0x1.fffffffffffff8p1023", Number.POSITIVE_INFINITY],
    ["0x1.fffffffffffff7p1023", Number.MAX_VALUE],
    ["0x1p99999999999999999999", Number.POSITIVE_INFINITY],
    ["0x0p99999999999999999999", 0],
    ["0x1p-99999999999999999999", 0],
    ["", undefined],
    [".", undefined],
    ["-.", undefined],
    ["e5", undefined],
    ["1e", undefined],
    ["1e+", undefined],
    ["1.2.3", undefined],
    ["0x1", undefined],
    ["0x1.8", undefined],
    ["0xp1", undefined],
    ["0x.p1", undefined],
    ["0x1p", undefined],
    ["0x1p+", undefined],
    ["1 ", undefined],
    ["1f", undefined],
    ["0b1", undefined],
    ["infinit", undefined],
    ["nan(1)", undefined],
    ["pi", undefined],
  ];
  it.each(table)("%j -> %s", (text, value) => {
    expect(parseReal(text)).toBe(value);
  });

  it("never makes a NaN with a sign, which would be other bytes", () => {
    for (const text of ["-nan", "nan", "+NaN"]) {
      for (const value of [parseReal(text)!, parseReal32(text)!]) {
        word.setFloat64(0, value);
        expect(word.getUint32(0)).toBe(0x7ff80000);
      }
    }
  });

  it("gives back every double from its shortest text and from its hex text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseReal(shortest(value))).toBe(value);
        expect(parseReal(hexText(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parseReal32 rounds a text to float32 once", () => {
  it("is exact where two roundings differ", () => {
    // Halfway between two float32 values is 1 + 2^-24; the first text lies a hair above it, the second below.
    expect(parseReal32("1.000000059604644775390625000000000001")).toBe(1 + 2 ** -23);
    expect(parseReal32("1.000000059604644775390624999999999999")).toBe(1);
    expect(parseReal32("1.000000059604644775390625")).toBe(1);
    expect(parseReal32("340282356779733661637539395458142568447.99")).toBe(3.4028234663852886e38);
    expect(parseReal32("340282356779733661637539395458142568448")).toBe(Number.POSITIVE_INFINITY);
    expect(parseReal32(`0.${"0".repeat(45)}7006492321624085354618`)).toBe(0);
    expect(
      parseReal32(
        `7.00649232162408535461864791644958065640130970938257885878534141944895541342930300743319094181060791015625${"0".repeat(300)}1e-46`,
      ),
    ).toBe(2 ** -149);
    expect(parseReal32("0x1.000001p0")).toBe(1);
    expect(parseReal32(`0x1.000001${"0".repeat(40)}1p0`)).toBe(1 + 2 ** -23);
  });

  it("agrees with exact arithmetic on texts around halfway points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0x7f7ffffe }), fc.integer({ min: -2, max: 2 }), (bits, nudge) => {
        const [low, high] = [fromBits(bits), fromBits(bits + 1)];
        // (low + high) / 2 in units of 2^-150, which divides 10^-150: all digits are exact.
        const middle = (units(low) + units(high)) / 2n;
        const digits = (middle * 5n ** 150n).toString().padStart(151, "0");
        const exact = `${digits.slice(0, -150)}.${digits.slice(-150)}`;
        const text = nudge === 0 ? exact : nudge > 0 ? `${exact}${"0".repeat(nudge)}1` : decrement(digits);
        const even = bits % 2 === 0 ? low : high;
        expect(parseReal32(text)).toBe(nudge === 0 ? even : nudge > 0 ? high : low);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives back every float32 from its double's text", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(parseReal32(shortest(value))).toBe(value);
      }),
    );
  });
});

describe("lacksHexExponent tells hex integers from hex floats", () => {
  it.each([
    ["0x1", true],
    ["-0x1F", true],
    ["0x1.8", true],
    ["0x1p1", false],
    ["16", false],
    ["inf", false],
    ["", false],
  ])("%j -> %s", (text, lacks) => {
    expect(lacksHexExponent(text)).toBe(lacks);
  });
});

const word = new DataView(new ArrayBuffer(8));

function fromBits(bits: number): number {
  word.setUint32(0, bits);
  return word.getFloat32(0);
}

/** A float32 in units of 2^-150. */
function units(value: number): bigint {
  return BigInt(value * 2 ** 75 * 2 ** 75);
}

/** The decimal text of digits x 10^-150 minus a hair. */
function decrement(digits: string): string {
  const less = `${BigInt(digits) - 1n}`.padStart(151, "0");
  return `${less.slice(0, -150)}.${less.slice(-150)}9`;
}

function shortest(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function hexText(value: number): string {
  word.setFloat64(0, value);
  const bits = word.getBigUint64(0);
  const sign = bits >> 63n === 1n ? "-" : "";
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0");
  if (exponent === 0x7ff) return `${sign}inf`;
  return exponent === 0 ? `${sign}0x0.${fraction}p-1022` : `${sign}0x1.${fraction}p${exponent - 1023}`;
}
