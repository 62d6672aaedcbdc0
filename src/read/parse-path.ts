import { FlatbufferError } from "../wire/error.js";

/** A path in parts: names of fields and indexes of elements. */
export type PathParts = readonly (string | number)[];

/**
 * The parts of a path: names with dots between, indexes in brackets (`weapons[1].damage`, `path[-1].x`). A name that
 * has a dot or bracket itself stands in brackets and quotes, as a JSON string: `["odd.name"].x`.
 *
 * Throws `invalid-path` for other text, and for parts that are neither strings nor whole numbers.
 */
export function parsePath(path: string | PathParts): PathParts {
  if (typeof path === "string") return parseText(path);
  if (!Array.isArray(path)) throw invalidPath(path, "a path is a string or an array of names and indexes");
  for (const part of path) {
    if (typeof part === "string" || Number.isInteger(part)) continue;
    throw invalidPath(path, "the parts of a path are names and whole numbers");
  }
  return path;
}

/** The error for a path; `why` says what is wrong with it. */
export function invalidPath(path: unknown, why: string): FlatbufferError {
  const text = typeof path === "string" ? path : pathText(path);
  return new FlatbufferError("invalid-path", `${JSON.stringify(text)}: ${why}`, { path: text });
}

/** Parts as text. */
export function pathText(parts: unknown): string {
  if (!Array.isArray(parts)) return typeof parts;
  let text = "";
  for (const part of parts) {
    if (typeof part === "number") text += `[${part}]`;
    else if (typeof part !== "string") text += `[${typeof part}]`;
    else if (part === "" || /[.[\]"]/.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}

function parseText(text: string): PathParts {
  const parts: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "[") {
      at = parseBrackets(text, at, parts);
      continue;
    }
    if (parts.length > 0 && text[at++] !== ".") throw invalidPath(text, `expected "." or "[" at ${at - 1}`);
    const end = endOfName(text, at);
    if (end === at) throw invalidPath(text, `expected a name at ${at}`);
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

function endOfName(text: string, start: number): number {
  let end = start;
  while (end < text.length && !'.[]"'.includes(text[end]!)) end++;
  return end;
}

/** Reads `[12]`, `[-1]` or `["name"]` and gives where it ends. */
function parseBrackets(text: string, start: number, parts: (string | number)[]): number {
  if (text[start + 1] === '"') return parseQuoted(text, start + 1, parts);
  const close = text.indexOf("]", start);
  const digits = text.slice(start + 1, Math.max(close, start + 1));
  if (close < 0 || !/^-?\d{1,10}$/.test(digits)) throw invalidPath(text, `expected an index and "]" at ${start + 1}`);
  parts.push(Number(digits));
  return close + 1;
}

function parseQuoted(text: string, start: number, parts: (string | number)[]): number {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  if (text[end + 1] !== "]") throw invalidPath(text, `expected '"]' after the name at ${start}`);
  try {
    parts.push(JSON.parse(text.slice(start, end + 1)) as string);
  } catch {
    throw invalidPath(text, `the name in quotes at ${start} is no JSON string`);
  }
  return end + 2;
}
