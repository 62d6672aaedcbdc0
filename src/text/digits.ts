/**
 * The ASCII digits of 0000 to 9999, one little-endian 32-bit word per number: the first digit is the lowest byte.
 * Four digits cost one load and one store: `view.setUint32(pos, DIGITS4[n]!, true)`. 40 KB.
 */
export const DIGITS4: Uint32Array = /* @__PURE__ */ makeDigits4();

/** How many of the four characters of a {@link DIGITS4} word are leading zeros; at most 3, so that 0 keeps its one digit. */
export function leadingZeroChars(word: number): number {
  // '0' is 0x30, so a word of zeros turns into 0; the set bit in the last character stops the count there.
  const marks = (word ^ 0x30303030) | 0x01000000;
  return (31 - Math.clz32(marks & -marks)) >>> 3;
}

/** How many of the four characters of a {@link DIGITS4} word are trailing zeros, 0 to 4. */
export function trailingZeroChars(word: number): number {
  return Math.clz32(word ^ 0x30303030) >>> 3;
}

function makeDigits4(): Uint32Array {
  const words = new Uint32Array(10000);
  for (let n = 0; n < 10000; n++) {
    const thousands = Math.floor(n / 1000);
    const hundreds = Math.floor(n / 100) % 10;
    const tens = Math.floor(n / 10) % 10;
    words[n] = 0x30303030 + thousands + hundreds * 0x100 + tens * 0x10000 + (n % 10) * 0x1000000;
  }
  return words;
}
