/**
 * The value of a JSON text; integers that a number can't hold exactly become bigints. Throws SyntaxError for text that
 * is no JSON.
 */
export function parseExactJson(text: string): unknown {
  JSON.parse(text); // The marks below are only safe in text that is JSON.
  const marked = text.replace(TOKENS, (token, string?: string, colon?: string, integer?: string) => {
    if (string !== undefined) return colon === undefined ? `"s${string}"` : token;
    return integer === undefined || Number.isSafeInteger(Number(integer)) ? token : `"i${integer}"`;
  });
  return JSON.parse(marked, (_key, value: unknown) => {
    if (typeof value !== "string") return value;
    return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
  });
}

/** Strings, with the colon that makes them keys; numbers, integers apart. */
const TOKENS = /"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d+(?:\.\d+)?[eE][+-]?\d+|-?\d+\.\d+|(-?\d+)/g;
