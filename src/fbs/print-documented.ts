import type { Documented } from "../model/schema.js";
import { parseInteger } from "../text/number-literal.js";
import type { Printing } from "./print-schema.js";
import { quote } from "./quote.js";

/** Writes doc comments, one `///` line each. */
export function printDocs({ lines }: Printing, { documentation }: Documented, indent: string): void {
  for (const text of documentation) {
    // A .bfbs may hold line breaks and zeros here, which a comment can't.
    for (const line of text.split(/[\r\n]+/)) lines.push(`${indent}///${line.replaceAll("\0", "\ufffd")}`);
  }
}

/** ` (name, name: value)`, or nothing. */
export function printAttributes(attributes: ReadonlyMap<string, string>): string {
  if (attributes.size === 0) return "";
  return ` (${[...attributes].map(([name, text]) => printAttribute(name, text)).join(", ")})`;
}

function printAttribute(name: string, text: string): string {
  const word = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quote(name);
  // Without a value an attribute has the value "0"; an id of 0 is better said.
  if (text === "0" && name !== "id") return word;
  return `${word}: ${isPlainInteger(name, text) ? text : quote(text)}`;
}

/** Whether a value can stand without quotes and still be kept as this text. */
function isPlainInteger(name: string, text: string): boolean {
  if (name === "nested_flatbuffer") return false;
  const value = parseInteger(text);
  return typeof value === "number" && String(value) === text && value >= -(2 ** 31) && value < 2 ** 31;
}
