import { printable } from "./printable.js";

/**
 * The faulty line of a text with a caret under the column, as two indented lines; none when there is no such line.
 * Long lines are cut around the column.
 *
 * @param line 1-based.
 * @param column 1-based, in characters (code points); without it there is no caret.
 */
export function excerpt(text: Uint8Array, line: number, column: number | undefined): string[] {
  const found = lineOf(text, line);
  if (found === undefined) return [];
  const characters = [...new TextDecoder().decode(found)];
  const caret = column === undefined ? 0 : Math.min(column - 1, characters.length);
  const start = Math.max(0, caret - CONTEXT);
  const before = printable(characters.slice(start, caret).join(""));
  const after = printable(characters.slice(caret, caret + CONTEXT).join(""));
  const shown = `  ${before}${after}`.trimEnd();
  return column === undefined ? [shown] : [shown, `  ${" ".repeat([...before].length)}^`];
}

/** Characters shown on each side of the column. */
const CONTEXT = 60;
/** A line longer than this is not decoded: it is a file without line breaks. */
const MAX_LINE_BYTES = 1_000_000;

function lineOf(text: Uint8Array, line: number): Uint8Array | undefined {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const lineFeed = text.indexOf(0x0a, start);
    if (lineFeed < 0) return undefined;
    start = lineFeed + 1;
  }
  const lineFeed = text.indexOf(0x0a, start);
  const end = lineFeed < 0 ? text.length : lineFeed;
  if (end - start > MAX_LINE_BYTES) return undefined;
  return text.subarray(start, text[end - 1] === 0x0d ? end - 1 : end);
}
