/**
 * What the number writers are measured by: exact, slow, and sharing nothing with them but the layout rules of
 * JavaScript. Used by the tests here and by campaign-numbers.mjs.
 */

/** The shortest decimal text that reads back to the float32 `value`, the nearest such, ties to even. */
export function shortestFloatReference(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const size = Math.abs(value);
  for (let precision = 1; ; precision++) {
    const [digits, exponent] = size.toExponential(precision - 1).split("e");
    const middle = BigInt(digits!.replace(".", ""));
    const power = Number(exponent) - (precision - 1);
    let nearest: bigint | undefined;
    let least = 0n;
    for (const candidate of [middle - 1n, middle, middle + 1n]) {
      if (Math.fround(Number(`${candidate}e${power}`)) !== size) continue;
      const distance = distanceFromFloat(size, candidate, power);
      if (nearest === undefined || distance < least || (distance === least && candidate % 2n === 0n)) {
        nearest = candidate;
        least = distance;
      }
    }
    // At most nine digits, so their own double is printed with just these.
    if (nearest !== undefined) return (value < 0 ? "-" : "") + String(Number(`${nearest}e${power}`));
  }
}

/** |size - candidate * 10^power| times 2^149 * 10^60, exactly. */
function distanceFromFloat(size: number, candidate: bigint, power: number): bigint {
  const exact = BigInt(Math.trunc(size * 2 ** 120)) * 2n ** 29n * 10n ** 60n;
  const low = BigInt((size * 2 ** 120 - Math.trunc(size * 2 ** 120)) * 2 ** 29) * 10n ** 60n;
  const distance = exact + low - candidate * 10n ** BigInt(60 + power) * 2n ** 149n;
  return distance < 0n ? -distance : distance;
}

/**
 * True when `text` is what {@link shortestFloatReference} gives, found out in a tenth of the time where the nearest
 * decimals of that length and of one less settle it.
 */
export function isShortestFloat(text: string, value: number): boolean {
  const number = Number(text);
  if (Math.fround(number) !== value || (String(number) !== text && text !== "-0")) return false;
  const precision = text
    .replace(/e.*/, "")
    .replace(/^-?[0.]*|\./g, "")
    .replace(/0+$/, "").length;
  if (precision > 0 && Number(value.toPrecision(precision)) === number && !isPowerOfTwo(value)) {
    if (precision === 1 || Math.fround(Number(value.toPrecision(precision - 1))) !== value) return true;
  }
  return text === shortestFloatReference(value);
}

function isPowerOfTwo(value: number): boolean {
  FLOAT[0] = value;
  return (FLOAT_BITS[0]! & 0x7fffff) === 0;
}

/** `value` with `decimals` decimals, rounded as an exact value, ties to even; zeros at the end go, one digit stays. */
export function fixedReference(value: number, decimals: number): string {
  DOUBLE[0] = value;
  const bits = DOUBLE_BITS[0]!;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) + (biased === 0 ? 0n : 1n << 52n);
  const binary = Math.max(biased, 1) - 1075;
  const scaled = mantissa * 10n ** BigInt(decimals);
  let units = binary >= 0 ? scaled << BigInt(binary) : scaled >> BigInt(-binary);
  if (binary < 0) {
    const half = 1n << BigInt(-binary - 1);
    const rest = scaled - (units << BigInt(-binary));
    if (rest > half || (rest === half && units % 2n === 1n)) units++;
  }
  const digits = units.toString().padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${bits >> 63n ? "-" : ""}${digits.slice(0, -decimals)}.${fraction || "0"}`;
}

const FLOAT = new Float32Array(1);
const FLOAT_BITS = new Uint32Array(FLOAT.buffer);
const DOUBLE = new Float64Array(1);
const DOUBLE_BITS = new BigUint64Array(DOUBLE.buffer);
