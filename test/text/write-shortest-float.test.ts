import { describe, expect, it } from "vitest";
import { MAX_SHORTEST_BYTES } from "../../src/text/write-shortest-double.js";
import { writeShortestFloat } from "../../src/text/write-shortest-float.js";
import { isShortestFloat, shortestFloatReference } from "./number-references.js";
import { ofFloat, printer, uint32s } from "./printed.js";

const print = printer(ofFloat(writeShortestFloat), MAX_SHORTEST_BYTES);
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

function floatOf(bits: number): number {
  BITS[0] = bits;
  return FLOAT[0]!;
}

function check(value: number): void {
  if (!Number.isFinite(value)) return;
  const printed = print(value);
  if (!isShortestFloat(printed, value)) expect(printed).toBe(shortestFloatReference(value));
}

describe("writeShortestFloat", () => {
  it.each([
    [0, "0"],
    [-0, "-0"],
    [0.1, "0.1"],
    [-12.34, "-12.34"],
    [1 / 3, "0.33333334"],
    [16777216, "16777216"],
    [16777217, "16777216"],
    [33554434, "33554432"],
    [33554436, "33554436"],
    [123456789, "123456790"],
    [2097152.25, "2097152.2"],
    [2097152.75, "2097152.8"],
    [1e21, "1e+21"],
    [1e20, "100000000000000000000"],
    [0.000001, "0.000001"],
    [1e-7, "1e-7"],
    [3.4028234663852886e38, "3.4028235e+38"],
    [1.1754943508222875e-38, "1.1754944e-38"],
    [1.401298464324817e-45, "1e-45"],
    [2.802596928649634e-45, "3e-45"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ])("prints %s as %s", (value, text) => {
    expect(print(value)).toBe(text);
  });

  it("prints every power of two, and the four that need one digit more than their spacing", () => {
    for (let exponent = -149; exponent < 128; exponent++) {
      expect(print(2 ** exponent)).toBe(shortestFloatReference(2 ** exponent));
    }
    expect([-103, -70, -60, 93].map((exponent) => print(2 ** exponent))).toEqual([
      "9.8607613e-32",
      "8.4703295e-22",
      "8.6736174e-19",
      "9.9035203e+27",
    ]);
  });

  it("prints the shortest and nearest text at both ends of every exponent", () => {
    for (let exponent = 0; exponent < 255; exponent++) {
      for (let step = -40; step < 40; step++) check(floatOf((exponent << 23) + step));
    }
  });

  it("prints the shortest and nearest text of random bits", () => {
    const next = uint32s(4);
    for (let i = 0; i < 20000; i++) {
      check(floatOf(next()));
    }
  });

  it("prints the shortest and nearest text of decimals and of whole numbers beyond 2^24", () => {
    const next = uint32s(5);
    for (let i = 0; i < 20000; i++) {
      check(Math.fround((next() % 1000000) / 10 ** (next() % 7)));
      check(Math.fround(next() * 2 ** (next() % 30)));
    }
  });

  it("prints a text that reads back by way of a double too, where the shortest would not", () => {
    expect(Math.fround(7.038531e-26)).not.toBe(floatOf(0x15ae43fd));
    expect(print(floatOf(0x15ae43fd))).toBe("7.0385307e-26");
    expect(print(-floatOf(0x15ae43fd))).toBe("-7.0385307e-26");
  });

  it("rounds a double to a float32 first", () => {
    const next = uint32s(6);
    for (let i = 0; i < 1000; i++) {
      const value = next() / next();
      expect(print(value)).toBe(print(Math.fround(value)));
    }
  });
});
