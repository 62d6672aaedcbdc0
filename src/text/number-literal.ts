import { parseHexFloat } from "./hex-float.js";
import { roundToFloat32 } from "./round-to-float32.js";

/**
 * The integer that a whole text spells, or undefined when it spells none: optional blanks, one optional sign, then
 * decimal digits (leading zeros mean nothing) or `0x` and hex digits. Schema text and JSON share these spellings.
 *
 * A number when that is exact, a bigint beyond 2^53. Above 10^20 every value is the same: too large for any type,
 * so that a long text costs no more than reading it.
 */
export function parseInteger(text: string): number | bigint | undefined {
  let pos = skipBlanks(text, 0);
  const first = text.charCodeAt(pos);
  const isNegative = first === MINUS;
  if (isNegative || first === PLUS) pos++;
  const isHex = text.charCodeAt(pos) === ZERO && (text.charCodeAt(pos + 1) | 0x20) === LOWER_X;
  if (isHex) pos += 2;
  const end = isHex ? skipHexDigits(text, pos) : skipDigits(text, pos);
  if (end === pos || end !== text.length) return undefined;
  while (pos < end - 1 && text.charCodeAt(pos) === ZERO) pos++;
  const length = end - pos;
  if (length <= (isHex ? 13 : 15)) {
    const magnitude = isHex ? Number.parseInt(text.slice(pos), 16) : digitsToNumber(text, pos, end);
    return isNegative && magnitude !== 0 ? -magnitude : magnitude;
  }
  const magnitude = length > (isHex ? 16 : 20) ? TOO_LARGE : BigInt(isHex ? `0x${text.slice(pos)}` : text.slice(pos));
  return isNegative ? -magnitude : magnitude;
}

/**
 * The double nearest to the number that a whole text spells, or undefined when it spells none: optional blanks, one
 * optional sign, then a decimal number (`1`, `.5`, `5.`, `1e3`), a hex number with its mandatory binary exponent
 * (`0x1.8p1`), or `inf`, `infinity`, `nan` in any letter case. Numbers beyond the range become infinite or zero.
 */
export function parseReal(text: string): number | undefined {
  return parseAs(text, false);
}

/**
 * The float32 nearest to the number that a whole text spells, held in a double; spellings as `parseReal`. Rounded once:
 * `Math.fround(parseReal(text))` rounds twice and is one step off for some texts of more than 17 digits.
 */
export function parseReal32(text: string): number | undefined {
  return parseAs(text, true);
}

/** Whether a text is a hex number without the exponent that a floating-point field wants: `0x1F`, `-0x1.8`. */
export function lacksHexExponent(text: string): boolean {
  let pos = 0;
  while (pos < text.length && !isDigit(text.charCodeAt(pos)) && text.charCodeAt(pos) !== DOT) pos++;
  if (text.charCodeAt(pos) !== ZERO || (text.charCodeAt(pos + 1) | 0x20) !== LOWER_X) return false;
  for (let index = pos + 2; index < text.length; index++) {
    if ((text.charCodeAt(index) | 0x20) === LOWER_P) return false;
  }
  return true;
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const LOWER_P = 0x70;
const LOWER_X = 0x78;
const TOO_LARGE = 10n ** 20n;

function parseAs(text: string, single: boolean): number | undefined {
  const blanks = skipBlanks(text, 0);
  const first = text.charCodeAt(blanks);
  const isNegative = first === MINUS;
  const start = isNegative || first === PLUS ? blanks + 1 : blanks;
  const magnitude = parseMagnitude(text, start, single);
  // NaN has a sign bit that engines keep; FlatBuffers always writes the positive one.
  return magnitude === undefined || !isNegative || Number.isNaN(magnitude) ? magnitude : -magnitude;
}

function parseMagnitude(text: string, start: number, single: boolean): number | undefined {
  const first = text.charCodeAt(start);
  if (!isDigit(first) && first !== DOT) return wordValue(text, start);
  if (first === ZERO && (text.charCodeAt(start + 1) | 0x20) === LOWER_X) return parseHexFloat(text, start + 2, single);
  if (!isDecimal(text, start)) return undefined;
  const decimal = text.slice(start);
  const value = Number(decimal);
  return single ? roundToFloat32(decimal, value) : value;
}

/** `inf`, `infinity` and `nan`, which C reads in any letter case. */
function wordValue(text: string, start: number): number | undefined {
  const length = text.length - start;
  if (length !== 3 && length !== 8) return undefined;
  const word = text.slice(start).toLowerCase();
  if (word === "nan") return Number.NaN;
  return word === "inf" || word === "infinity" ? Number.POSITIVE_INFINITY : undefined;
}

/** Whether the rest of the text is digits with at most one point among them and perhaps an exponent behind. */
function isDecimal(text: string, start: number): boolean {
  const point = skipDigits(text, start);
  let pos = point;
  if (text.charCodeAt(pos) === DOT) pos = skipDigits(text, pos + 1);
  const digits = pos - start - (pos > point ? 1 : 0);
  if (digits === 0) return false;
  if ((text.charCodeAt(pos) | 0x20) === LOWER_E) {
    const sign = text.charCodeAt(pos + 1);
    const exponent = sign === PLUS || sign === MINUS ? pos + 2 : pos + 1;
    pos = skipDigits(text, exponent);
    if (pos === exponent) return false;
  }
  return pos === text.length;
}

function digitsToNumber(text: string, start: number, end: number): number {
  let value = 0;
  for (let pos = start; pos < end; pos++) value = value * 10 + (text.charCodeAt(pos) - ZERO);
  return value;
}

/** The blanks that C skips in front of a number: space, tab, line feed, vertical tab, form feed, carriage return. */
function skipBlanks(text: string, pos: number): number {
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code !== 0x20 && !(code >= 0x09 && code <= 0x0d)) return pos;
    pos++;
  }
}

function skipDigits(text: string, pos: number): number {
  while (isDigit(text.charCodeAt(pos))) pos++;
  return pos;
}

function skipHexDigits(text: string, pos: number): number {
  for (;;) {
    const code = text.charCodeAt(pos);
    const lower = code | 0x20;
    if (!isDigit(code) && !(lower >= 0x61 && lower <= 0x66)) return pos;
    pos++;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
