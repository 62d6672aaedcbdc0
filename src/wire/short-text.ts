/** More units than this are faster through TextDecoder. */
export const SHORT_TEXT = 32;

/**
 * The string of the first `count` UTF-16 units of `units`, at most SHORT_TEXT.
 *
 * One call with all units makes a flat string at once (12 units: 45 ns); appending unit by unit costs three times
 * that, and TextDecoder's call alone as much (bench/read, "short strings"). Names are short, so the lengths up to 12
 * have a call of their own and the others go by an array.
 */
export function shortText(u: Uint16Array, count: number): string {
  switch (count) {
    case 0:
      return "";
    case 1:
      return chars(u[0]!);
    case 2:
      return chars(u[0]!, u[1]!);
    case 3:
      return chars(u[0]!, u[1]!, u[2]!);
    case 4:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!);
    case 5:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!);
    case 6:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!);
    case 7:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!);
    case 8:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!, u[7]!);
    case 9:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!, u[7]!, u[8]!);
    case 10:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!, u[7]!, u[8]!, u[9]!);
    case 11:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!, u[7]!, u[8]!, u[9]!, u[10]!);
    case 12:
      return chars(u[0]!, u[1]!, u[2]!, u[3]!, u[4]!, u[5]!, u[6]!, u[7]!, u[8]!, u[9]!, u[10]!, u[11]!);
    default: {
      const units = arrays[count]!;
      for (let index = 0; index < count; index++) units[index] = u[index]!;
      return chars.apply(null, units);
    }
  }
}

const chars = String.fromCharCode;
/** Scratch memory, one array of each length: an array that never changes its length stays fast. */
const arrays: readonly number[][] = Array.from({ length: SHORT_TEXT + 1 }, (_, length) =>
  new Array<number>(length).fill(0),
);
