const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Where the low 32 bits of a float64 stand when a `Float64Array(1)` is looked at as an `Int32Array`. */
export const LOW_WORD: 0 | 1 = LITTLE_ENDIAN ? 0 : 1;

/** Where its high 32 bits stand: sign, exponent and the first 20 bits of the fraction. */
export const HIGH_WORD: 0 | 1 = LITTLE_ENDIAN ? 1 : 0;
