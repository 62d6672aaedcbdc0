/**
 * Applies one of the conversion functions that schema text and JSON allow around a number (`deg rad sin cos tan asin
 * acos atan`), or gives undefined for any other name. Computed in double precision.
 *
 * flatc passes the result on as text with 12 decimals; so the result is rounded to that here.
 */
export function convertNumber(name: string, value: number): number | undefined {
  const convert = CONVERSIONS.get(name);
  return convert === undefined ? undefined : roundTo12Decimals(convert(value));
}

/** The names `convertNumber` knows. */
export const CONVERSION_NAMES: readonly string[] = ["deg", "rad", "sin", "cos", "tan", "asin", "acos", "atan"];

const CONVERSIONS: ReadonlyMap<string, (value: number) => number> = new Map([
  ["deg", (value) => (value / Math.PI) * 180],
  ["rad", (value) => (value * Math.PI) / 180],
  ["sin", Math.sin],
  ["cos", Math.cos],
  ["tan", Math.tan],
  ["asin", Math.asin],
  ["acos", Math.acos],
  ["atan", Math.atan],
]);

/** What comes back when C prints a double with 12 decimals and reads it again. Ties go to the even digit, as in C. */
function roundTo12Decimals(value: number): number {
  if (Number.isNaN(value)) return Number.NaN; // the positive one
  // Zero keeps its sign; doubles from 2^53 on have no decimals; infinity has none.
  if (value === 0 || !(Math.abs(value) < 2 ** 53)) return value;
  const scaled = value * 8192;
  // Halfway between two decimals lie exactly the odd multiples of 2^-13, where toFixed would round away from zero.
  if (!Number.isInteger(scaled) || scaled % 2 === 0) return Number(value.toFixed(12));
  const twice = BigInt(Math.abs(scaled)) * 5n ** 12n;
  const below = twice / 2n;
  const units = below % 2n === 0n ? below : below + 1n;
  return Math.sign(value) * Number(`${units}e-12`);
}
