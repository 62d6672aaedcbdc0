// Stands in until src/text has the writers.
export function writeShortestFloat(out: DataView, pos: number, value: number): number {
  if (Object.is(value, -0)) return put(out, pos, "-0");
  for (let digits = 1; digits < 10; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return put(out, pos, String(Number(text)));
  }
  return put(out, pos, String(value));
}
export function writeShortestDouble(out: DataView, pos: number, value: number): number {
  return put(out, pos, Object.is(value, -0) ? "-0" : String(value));
}
export function writeFixedFloat(out: DataView, pos: number, value: number): number {
  return put(out, pos, fixed(value, 6));
}
export function writeFixedDouble(out: DataView, pos: number, value: number): number {
  return put(out, pos, fixed(value, 12));
}
const BITS = new DataView(new ArrayBuffer(8));
function fixed(value: number, decimals: number): string {
  BITS.setFloat64(0, value);
  const bits = BITS.getBigUint64(0);
  const sign = bits >> 63n ? "-" : "";
  let exponent = Number((bits >> 52n) & 0x7ffn);
  let mantissa = bits & 0xfffffffffffffn;
  if (exponent === 0) exponent = 1;
  else mantissa |= 1n << 52n;
  exponent -= 1075;
  let scaled = mantissa * 10n ** BigInt(decimals);
  if (exponent >= 0) scaled <<= BigInt(exponent);
  else {
    const shift = BigInt(-exponent);
    const half = 1n << (shift - 1n);
    const rest = scaled & ((1n << shift) - 1n);
    scaled >>= shift;
    if (rest > half || (rest === half && scaled & 1n)) scaled += 1n;
  }
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, -decimals);
  const part = digits.slice(-decimals).replace(/0+$/, "") || "0";
  return `${sign}${whole}.${part}`;
}
function put(out: DataView, pos: number, text: string): number {
  for (let i = 0; i < text.length; i++) out.setUint8(pos + i, text.charCodeAt(i));
  return pos + text.length;
}
