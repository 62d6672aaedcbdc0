import { writeAscii } from "./write-ascii.js";
import { writeDecimal9 } from "./write-decimal.js";
import { writeUint32 } from "./write-integer.js";

/**
 * Writes the shortest decimal text that reads back to the float32 at `at` of `data`, laid out as JavaScript prints numbers, and
 * returns the position behind it: 0.1f is `0.1`, 16777216f `16777216`, the largest float `3.4028235e+38`, -0 `-0`.
 * Among texts of that length it is the nearest to the value, and at a tie the one with an even last digit. It reads
 * back rounded straight to a float32 as well as by way of a double.
 * NaN and infinities come out as `NaN`, `Infinity` and `-Infinity`; a caller that wants other words asks first.
 * Touches at most `MAX_SHORTEST_BYTES`.
 *
 * The way of `writeShortestDouble`, with the value m * 2^q (m < 2^24) and V = m * 2^q / 10^j. Here two factors do,
 * and nothing is left to the engine: no float32 comes nearer to a decision than MARGIN without meeting it exactly
 * (all 2^31 were compared with another printer), and a boundary that is met belongs to even mantissas.
 */
export function writeShortestFloat(view: DataView, pos: number, data: DataView, at: number): number {
  const bits = data.getInt32(at, true);
  const exponent = (bits >>> 23) & 0xff;
  view.setUint8(pos, 45);
  pos -= bits >> 31;
  const size = Math.abs(data.getFloat32(at, true));
  if (size === 0) {
    view.setUint8(pos, 48);
    return pos + 1;
  }
  if (exponent >= 127 && exponent < 151) {
    const whole = Math.floor(size);
    if (whole === size) return writeUint32(view, pos, whole >>> 0);
  }
  const fraction = bits & 0x7fffff;
  if (exponent === 255 && fraction !== 0) return writeAscii(view, pos + (bits >> 31), "NaN");
  if (exponent === 255) return writeAscii(view, pos, "Infinity");
  // The one float32 whose shortest text, 7.038531e-26, a reader that goes by way of a double (JSON.parse, then
  // Math.fround) takes for its neighbour.
  if (fraction === 0x2e43fd && exponent === 43) return writeAscii(view, pos, "7.0385307e-26");
  const row = exponent * 4;
  if (UNITS[row] === 0) makeUnit(exponent);
  const half = UNITS[row + 2]!;
  const m = exponent === 0 ? fraction : fraction + 0x800000;

  const product = m * UNITS[row]!;
  const whole = Math.floor(product);
  const rest = product - whole + m * UNITS[row + 1]!;
  const carry = Math.floor(rest);
  const part = rest - carry;
  const margin = MARGIN * (1 - 2 * (m & 1));
  // The lower neighbour of a power of two is only half as far away, but for the smallest normal float.
  const isPower = fraction === 0 && exponent > 1;
  const aboveLow = part - (isPower ? half * 0.5 : half);
  const aboveHigh = part - (1 - half);
  const isLow = +(aboveLow < margin);
  const isHigh = +(aboveHigh > -margin);
  const isTenth = 1 - isLow - isHigh;
  let tenth = Math.floor(part * 10 + 0.5);
  if (part * 10 + 0.5 === tenth) tenth -= tenth & 1;
  if (isPower && isTenth === 1) {
    if (tenth * 0.1 < aboveLow) tenth++;
    // 2^-103, 2^-70, 2^-60 and 2^93: no tenth lies within their narrow bounds, a hundredth does.
    if (tenth * 0.1 > part + half) return writeAscii(view, pos, size.toPrecision(8));
  }

  let head = ((whole + carry) | 0) + isHigh;
  let last = (tenth | 0) & -isTenth;
  let pointPos = UNITS[row + 3]!;
  while (head < 1000000) {
    head = head * 10 + last;
    last = 0;
    pointPos--;
  }
  return writeDecimal9(view, pos, head, last, pointPos);
}

const MARGIN = 2 ** -40;

// Per biased exponent: 2^q / 10^j in two parts, its half, and where the decimal point stands. Filled on demand.
const UNITS = new Float64Array(255 * 4);

/** Fills the row of one exponent. The first part has 29 bits, so that its product with a mantissa is exact. */
function makeUnit(exponent: number): void {
  const binary = Math.max(exponent, 1) - 150;
  const power = Math.floor(binary * Math.log10(2)) + 1;
  // The unit times 2^80.
  const scaled =
    binary >= 0
      ? (1n << BigInt(binary + 80)) / 10n ** BigInt(power)
      : ((10n ** BigInt(-power)) << 80n) >> BigInt(-binary);
  const part1 = (scaled >> 51n) << 51n;
  const row = exponent * 4;
  UNITS[row] = Number(part1) * 2 ** -80;
  UNITS[row + 1] = Number(scaled - part1) * 2 ** -80;
  UNITS[row + 2] = Number(scaled) * 2 ** -81;
  UNITS[row + 3] = power + 8;
}
