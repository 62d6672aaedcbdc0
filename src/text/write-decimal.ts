import { DIGITS4, leadingZeroChars, trailingZeroChars } from "./digits.js";

/**
 * Lays out up to seventeen decimal digits as JavaScript prints a number, without the sign, and returns the position
 * behind them: `120`, `0.00012`, `1.2e-7`, `1e+21`. Touches at most 25 bytes.
 *
 * `head` and `tail` are eight digits each; the very first digit may be 0, the second may not. `last` is the
 * seventeenth digit, or 0 for none. Zeros at the end are dropped. `pointPos` is how many of the digits stand before
 * the decimal point: with 12 in front, 0.12 has 0 and 0.012 has -1.
 */
export function writeDecimal17(
  view: DataView,
  pos: number,
  head: number,
  tail: number,
  last: number,
  pointPos: number,
): number {
  head = head | 0;
  tail = tail | 0;
  const head0 = (head / 10000) | 0;
  const tail0 = (tail / 10000) | 0;
  const word0 = WORDS4[head0]!;
  const word1 = WORDS4[head - head0 * 10000]!;
  const word2 = WORDS4[tail0]!;
  const word3 = WORDS4[tail - tail0 * 10000]!;
  // With a 0 in front everything moves one byte to the left. No branch: nobody could predict it.
  const short = (head - 10000000) >>> 31;
  const first4 = (word0 >>> (8 * short)) | ((word1 << 24) & -short);
  pointPos -= short;
  const digits = beginDecimal(view, pos, first4, pointPos) - short;
  view.setUint32(digits + 4, word1, true);
  view.setUint32(digits + 8, word2, true);
  view.setUint32(digits + 12, word3, true);
  view.setUint8(digits + 16, 48 + last);
  let zeros = trailingZeroChars(word3);
  if (zeros === 4) {
    zeros += trailingZeroChars(word2);
    if (zeros === 8) zeros += trailingZeroChars(word1);
    if (zeros === 12) zeros += trailingZeroChars(word0);
  }
  const more = -last >>> 31;
  return endDecimal(view, pos, 16 - short - zeros + (zeros + 1) * more, pointPos);
}

/** The same for up to nine digits: `last` is the ninth. */
export function writeDecimal9(view: DataView, pos: number, head: number, last: number, pointPos: number): number {
  head = head | 0;
  const head0 = (head / 10000) | 0;
  const word0 = WORDS4[head0]!;
  const word1 = WORDS4[head - head0 * 10000]!;
  const short = (head - 10000000) >>> 31;
  const first4 = (word0 >>> (8 * short)) | ((word1 << 24) & -short);
  pointPos -= short;
  const digits = beginDecimal(view, pos, first4, pointPos) - short;
  view.setUint32(digits + 4, word1, true);
  view.setUint8(digits + 8, 48 + last);
  let zeros = trailingZeroChars(word1);
  if (zeros === 4) zeros += trailingZeroChars(word0);
  const more = -last >>> 31;
  return endDecimal(view, pos, 8 - short - zeros + (zeros + 1) * more, pointPos);
}

// V8 folds a constant of this module into the code, typed array length and all; an imported one it looks up.
const WORDS4 = DIGITS4;

/**
 * Writes what stands before the digits and the first four digits, and returns where the digits begin. A point that
 * belongs among the first four is left room for; one further on costs a move, in `endDecimal`.
 */
function beginDecimal(view: DataView, pos: number, first4: number, pointPos: number): number {
  if (pointPos > 0 && pointPos <= 21) {
    view.setUint32(pos, first4, true);
    if (pointPos < 4) view.setUint32(pos + pointPos + 1, first4 >>> (8 * pointPos), true);
    return pos + 1;
  }
  if (pointPos <= 0 && pointPos > -6) {
    view.setUint32(pos, 0x30302e30, true);
    view.setUint32(pos + 4, 0x30303030, true);
    view.setUint32(pos + 2 - pointPos, first4, true);
    return pos + 2 - pointPos;
  }
  view.setUint32(pos + 1, first4, true);
  view.setUint16(pos, (first4 & 255) | 0x2e00, true);
  return pos + 1;
}

/** Writes the point among `count` digits, zeros up to the point, or the exponent; returns the end. */
function endDecimal(view: DataView, pos: number, count: number, pointPos: number): number {
  if (pointPos > 0 && pointPos <= 21) {
    if (pointPos > 3) moveDigits(view, pos, Math.min(count, pointPos));
    if (count > pointPos) {
      view.setUint8(pos + pointPos, 46);
      return pos + count + 1;
    }
    for (let i = count; i < pointPos; i++) view.setUint8(pos + i, 48);
    return pos + pointPos;
  }
  if (pointPos <= 0 && pointPos > -6) return pos + 2 - pointPos + count;
  pos += count === 1 ? 1 : count + 1;
  const exponent = pointPos - 1;
  const sign = exponent >> 31;
  const word = WORDS4[(exponent ^ sign) - sign]!;
  const skip = leadingZeroChars(word);
  view.setUint16(pos, 0x2b65 - 0x200 * sign, true);
  view.setUint32(pos + 2, word >>> (8 * skip), true);
  return pos + 6 - skip;
}

/** Moves the digits behind the first four, of `count` in all, one byte to the left, over the room left for the point. */
function moveDigits(view: DataView, pos: number, count: number): void {
  let i = 4;
  for (; i + 4 <= count; i += 4) view.setUint32(pos + i, view.getUint32(pos + i + 1));
  for (; i < count; i++) view.setUint8(pos + i, view.getUint8(pos + i + 1));
}
