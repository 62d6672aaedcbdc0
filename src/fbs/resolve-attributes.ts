import { compareUtf8 } from "../text/compare-utf8.js";
import { parseInteger } from "../text/number-literal.js";
import type { Attributes, AttributeValue } from "./drafts.js";
import { laterError, semanticError, warn } from "./problems.js";
import type { Resolution } from "./resolution.js";
import type { AttributeSyntax, ValueSyntax } from "./syntax.js";

const NO_VALUE: AttributeValue = Object.freeze({ text: "0", isString: false });

/**
 * The attributes of a declaration, sorted by name as a .bfbs keeps them. Throws for one that nobody declared and for a
 * value that is neither a string nor a 32-bit integer; warns of one given twice, where the first counts.
 */
export function resolveAttributes(resolution: Resolution, list: readonly AttributeSyntax[]): Attributes {
  const attributes: Attributes = new Map();
  for (const { name, mark, afterMark, value } of list) {
    if (!resolution.attributes.has(name)) throw semanticError(mark, undeclared(name));
    if (afterMark === undefined) break;
    const isRepeated = attributes.has(name);
    if (isRepeated) {
      warn(resolution.problems, resolution.file, afterMark, `the attribute '${name}' is given twice; the first counts`);
    }
    const resolved = value === undefined ? NO_VALUE : attributeValue(name, value);
    if (!isRepeated) attributes.set(name, resolved);
  }
  return new Map([...attributes].sort(([a], [b]) => compareUtf8(a, b)));
}

function attributeValue(name: string, { kind, text, mark, endMark }: ValueSyntax): AttributeValue {
  if (kind === "string") return { text, isString: true };
  if (kind !== "integer") {
    throw semanticError(mark, `the value of the attribute '${name}' must be a string in quotes or a whole number`);
  }
  const value = parseInteger(text);
  if (typeof value !== "number" || value < -(2 ** 31) || value >= 2 ** 31) {
    throw laterError(endMark, `the attribute '${name}' takes 32-bit integers, ${text} is none`);
  }
  return { text: String(value), isString: false };
}

function undeclared(name: string): string {
  if (name === "default") {
    return "a default isn't an attribute: write it behind the type, as in 'mana: short = 150;'";
  }
  return `the attribute '${name}' isn't declared: write 'attribute "${name}";' before its first use`;
}
