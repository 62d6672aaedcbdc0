/**
 * The value of a hexadecimal floating-point number, or undefined when the rest of `text` from `start` (behind `0x`)
 * isn't one: hex digits with at most one point, then `p`, a decimal exponent of two, and the end. Rounded once, to the
 * nearest float32 when `single`, else to the nearest double; ties to even. Unsigned.
 */
export function parseHexFloat(text: string, start: number, single: boolean): number | undefined {
  let mantissa = 0n;
  let exponent = 0;
  let digits = 0;
  let seenPoint = false;
  let pos = start;
  for (; pos < text.length; pos++) {
    const code = text.charCodeAt(pos);
    if (code === DOT && !seenPoint) {
      seenPoint = true;
      continue;
    }
    const digit = hexValue(code);
    if (digit < 0) break;
    digits++;
    if (seenPoint) exponent -= 4;
    if (mantissa < KEPT) mantissa = mantissa * 16n + BigInt(digit);
    else {
      // Beyond 64 bits a digit can only break a tie: keep one bit that says "a little more".
      exponent += 4;
      if (digit !== 0) mantissa |= 1n;
    }
  }
  const power = digits === 0 ? undefined : parseExponent(text, pos);
  if (power === undefined) return undefined;
  return round(mantissa, exponent + power, single ? 24 : 53, single ? -149 : -1074, single ? 128 : 1024);
}

const DOT = 0x2e;
const KEPT = 1n << 64n;

/** `p`, an optional sign and decimal digits to the end of the text. */
function parseExponent(text: string, pos: number): number | undefined {
  if ((text.charCodeAt(pos) | 0x20) !== 0x70) return undefined;
  const sign = text.charCodeAt(pos + 1);
  const first = sign === 0x2b || sign === 0x2d ? pos + 2 : pos + 1;
  if (first === text.length) return undefined;
  let value = 0;
  for (let index = first; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    value = Math.min(value * 10 + digit, 1e12);
  }
  return sign === 0x2d ? -value : value;
}

/** mantissa x 2^exponent with `precision` bits, no bit below 2^lowest, infinite from 2^highest on. */
function round(mantissa: bigint, exponent: number, precision: number, lowest: number, highest: number): number {
  if (mantissa === 0n) return 0;
  const bits = mantissa.toString(2).length;
  if (bits + exponent > highest) return Number.POSITIVE_INFINITY;
  if (bits + exponent < lowest) return 0;
  const drop = Math.max(bits - precision, lowest - exponent, 0);
  if (drop > 0) {
    const width = BigInt(drop);
    const rest = mantissa & ((1n << width) - 1n);
    const half = 1n << (width - 1n);
    mantissa >>= width;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n;
  }
  // Two steps, because 2^scale alone may lie outside of what a double holds.
  const scale = exponent + drop;
  const halfScale = Math.trunc(scale / 2);
  const value = Number(mantissa) * 2 ** halfScale * 2 ** (scale - halfScale);
  return value >= 2 ** (highest - 1) * 2 ? Number.POSITIVE_INFINITY : value;
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
