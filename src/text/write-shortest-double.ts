import { DIGITS4, trailingZeroChars } from "./digits.js";
import { writeAscii } from "./write-ascii.js";
import { writeDecimal17 } from "./write-decimal.js";
import { writeSafeInteger, writeUint32 } from "./write-integer.js";

/** Bytes either shortest-float writer may touch from `pos` on; what lies behind the returned position is scratch. */
export const MAX_SHORTEST_BYTES = 26;

/**
 * Writes the shortest decimal text that reads back to the float64 at `at` of `data` and returns the position behind
 * it: what `String(value)` gives, except that -0 is `-0`. NaN and infinities come out as `NaN`, `Infinity` and
 * `-Infinity`; a caller that wants other words asks first.
 *
 * Three ways, by likelihood in real data: whole numbers, numbers with a few decimals, all others.
 */
export function writeShortestDouble(view: DataView, pos: number, data: DataView, at: number): number {
  const high = data.getInt32(at + 4, true);
  const exponent = (high >>> 20) & 0x7ff;
  const size = Math.abs(data.getFloat64(at, true));
  view.setUint8(pos, 45);
  pos -= high >> 31;
  if (size === 0) {
    view.setUint8(pos, 48);
    return pos + 1;
  }
  if (exponent >= 1004 && exponent < 1076) {
    const whole = Math.floor(size);
    if (whole === size) return writeSafeInteger(view, pos, whole);
    if (exponent < 1046) {
      // Below 2^23 and with at most 8 decimals there are at most 15 digits, so no two such decimals share a double,
      // and the correctly rounded quotient of two exact integers says whether this one reads back.
      const scaled = Math.floor(size * 1e8 + 0.5);
      if (scaled / 1e8 === size) return writeFewDecimals(view, pos, whole | 0, (scaled - whole * 1e8) | 0);
    }
  }
  return writeManyDigits(view, pos, data, at);
}

// V8 folds a constant of this module into the code, typed array length and all; an imported one it looks up.
const WORDS4 = DIGITS4;

function writeFewDecimals(view: DataView, pos: number, whole: number, decimals: number): number {
  pos = writeUint32(view, pos, whole);
  const first = (decimals / 10000) | 0;
  const second = decimals - first * 10000;
  const word0 = WORDS4[first]!;
  view.setUint8(pos, 46);
  view.setUint32(pos + 1, word0, true);
  if (second === 0) return pos + 5 - trailingZeroChars(word0);
  const word1 = WORDS4[second]!;
  view.setUint32(pos + 5, word1, true);
  return pos + 9 - trailingZeroChars(word1);
}

/**
 * The general way, exact but for the few values it hands on to the engine.
 *
 * With the value m * 2^q (m < 2^53) and the power j for which 2^q / 10^j is at least 0.1 and below 1, the text is
 * made of the digits of V = m * 2^q / 10^j, at most 16. A neighbour's territory begins half a unit, 2^q / 10^j / 2,
 * away from V. If a whole number lies nearer than that, it is the shortest text (with its zeros dropped); there is
 * at most one. If not, one more digit is needed and enough: the nearest tenth, never farther than 0.05.
 *
 * V is computed as whole number and rest from factors cut so that each product is exact (see `makeUnit`); the rest
 * is then off by less than 2^-49. What comes nearer to a bound or a tie than MARGIN is decided by the rule for exact
 * ones where it must be one, and left to the engine elsewhere.
 */
function writeManyDigits(view: DataView, pos: number, data: DataView, at: number): number {
  const high = data.getInt32(at + 4, true);
  const low = data.getInt32(at, true);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = high & 0xfffff;
  // Subnormals, NaN and infinities, and powers of two, whose lower neighbour is nearer than the upper one.
  if (exponent === 0 || exponent === 2047 || (fraction === 0 && low === 0)) return writeByEngine(view, pos, data, at);
  const row = exponent * 4;
  if (UNITS[row] === 0) makeUnit(exponent);
  const unit1 = UNITS[row]!;
  const unit2 = UNITS[row + 1]!;
  const half = UNITS[row + 3]!;

  const m1 = (fraction + 0x100000) * 32 + (low >>> 27);
  const m2 = (low & 0x7ffffff) * 2 ** -27;
  const product12 = m1 * unit2;
  const product21 = m2 * unit1;
  const whole12 = Math.floor(product12);
  const whole21 = Math.floor(product21);
  const rest = product12 - whole12 + (product21 - whole21) + (m2 * unit2 + (m1 + m2) * UNITS[row + 2]!);
  const carry = Math.floor(rest);
  const part = rest - carry;

  const aboveLow = part - half;
  const aboveHigh = part - (1 - half);
  const tenths = part * 10 + 0.5;
  // Numbers made of comparisons cost no branch, and these would be mispredicted half of the time.
  let isLow = +(aboveLow < 0);
  let isHigh = +(aboveHigh > 0);
  let tenth = Math.floor(tenths);
  const isClose = Math.abs(aboveLow) < MARGIN || Math.abs(aboveHigh) < MARGIN;
  const isTie = Math.abs(tenths - tenth - 0.5) > 0.5 - MARGIN;
  if (isClose || (isTie && isLow + isHigh === 0)) {
    if (exponent < FIRST_EXACT || exponent > LAST_EXACT) return writeByEngine(view, pos, data, at);
    const even = 1 - (low & 1);
    if (Math.abs(aboveLow) < MARGIN) isLow = even;
    if (Math.abs(aboveHigh) < MARGIN) isHigh = even;
    tenth = Math.floor(tenths + MARGIN);
    if (isTie) tenth -= tenth & 1;
  }
  const isTenth = 1 - isLow - isHigh;

  const digits = m1 * unit1 + whole12 + whole21 + carry + isHigh;
  const head = Math.floor(digits / 1e8);
  const tail = (digits - head * 1e8) | 0;
  return writeDecimal17(view, pos, head | 0, tail, (tenth | 0) & -isTenth, POINTS[exponent]!);
}

const MARGIN = 2 ** -45;

// From 2^-9 to 2^109 what comes nearer to a bound or a tie than MARGIN meets it: the distance is a multiple of 2^-44
// (fractions, j > -19) or of 5^-17 / 4 (whole numbers, j < 18).
const FIRST_EXACT = 1014;
const LAST_EXACT = 1131;

// Per biased exponent: three parts of the unit and its half, and where the decimal point stands. Filled on demand.
const UNITS = new Float64Array(2047 * 4);
const POINTS = new Int16Array(2047);

/**
 * Fills the row of one exponent, in about 10 us. The unit 2^q / 10^j is kept times 2^27 and in three parts: 26 bits
 * from 2^1 up, 27 bits from 2^-26 up, and the rest. The mantissa is taken as 26 bits and 27 bits below the point.
 * So the first product is a whole number below 2^53 and the next two have at most 53 bits: all three are exact.
 */
function makeUnit(exponent: number): void {
  const binary = exponent - 1075;
  const power = Math.floor(binary * Math.log10(2)) + 1;
  // The unit times 2^120.
  const scaled =
    binary >= 0
      ? (1n << BigInt(binary + 120)) / 10n ** BigInt(power)
      : ((10n ** BigInt(-power)) << 120n) >> BigInt(-binary);
  const part1 = (scaled >> 94n) << 94n;
  const part2 = ((scaled - part1) >> 67n) << 67n;
  const row = exponent * 4;
  UNITS[row] = Number(part1) * 2 ** -93;
  UNITS[row + 1] = Number(part2) * 2 ** -93;
  UNITS[row + 2] = Number(scaled - part1 - part2) * 2 ** -93;
  UNITS[row + 3] = Number(scaled) * 2 ** -121;
  POINTS[exponent] = power + 16;
}

/** What is too rare or too close to call: the engine's own text, behind the sign that stands already. */
function writeByEngine(view: DataView, pos: number, data: DataView, at: number): number {
  const value = data.getFloat64(at, true);
  // A NaN has no sign to show.
  if (Number.isNaN(value)) pos += data.getInt32(at + 4, true) >> 31;
  return writeAscii(view, pos, String(Math.abs(value)));
}
