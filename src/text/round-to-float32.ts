/**
 * The float32 nearest to an unsigned decimal number, given its text and the double nearest to it.
 *
 * Rounding that double again is right unless it lies exactly between two float32 values; only then the text decides.
 */
export function roundToFloat32(decimal: string, value: number): number {
  const single = Math.fround(value);
  if (single === value || Number.isNaN(value)) return single;
  if (single === Number.POSITIVE_INFINITY) {
    return value === FLOAT32_OVERFLOW && compareDecimal(decimal, value) < 0 ? MAX_FLOAT32 : single;
  }
  const other = value > single ? neighbour(single, 1) : neighbour(single, -1);
  // Both differences are exact: all three are multiples of half a step, few bits apart.
  if (value - single !== other - value) return single;
  const order = compareDecimal(decimal, value);
  if (order === 0) return single;
  return order > 0 === other > single ? other : single;
}

const MAX_FLOAT32 = 3.4028234663852886e38;
/** Half a step above the largest float32: from here on C rounds to infinity. */
const FLOAT32_OVERFLOW = 3.4028235677973366e38;
/** A double between two float32 values has fewer significant decimal digits than this. */
const DECIDING_DIGITS = 200;

const bits = new DataView(new ArrayBuffer(4));

/** The next float32 above (1) or below (-1) a positive one. */
function neighbour(single: number, step: 1 | -1): number {
  bits.setFloat32(0, single);
  bits.setUint32(0, bits.getUint32(0) + step);
  return bits.getFloat32(0);
}

/** Whether the decimal number is below (-1), at (0) or above (1) a double within float32's range. */
function compareDecimal(decimal: string, value: number): number {
  const [mantissa, power = "0"] = decimal.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa!.split(".");
  const digits = whole + fraction;
  const first = digits.search(/[1-9]/);
  if (first < 0) return value === 0 ? 0 : -1;
  let kept = digits.slice(first, first + DECIDING_DIGITS);
  let exponent = Number(power) - fraction.length + (digits.length - first - kept.length);
  if (/[1-9]/.test(digits.slice(first + DECIDING_DIGITS))) {
    kept += "1";
    exponent -= 1;
  }
  let left = BigInt(kept);
  // value = right x 2^-150 exactly: float32 midpoints are multiples of half the smallest subnormal.
  let right = BigInt(value * 2 ** 75 * 2 ** 75);
  left *= 1n << 150n;
  if (exponent >= 0) left *= 10n ** BigInt(exponent);
  else right *= 10n ** BigInt(-exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}
