import { BaseType } from "../model/base-type.js";
import { parseInteger } from "../text/number-literal.js";
import { type Scanner, TokenKind } from "../text/scanner.js";
import type { TypeSyntax } from "./syntax.js";
import { checkNesting, describeToken, expectPath, expectSymbol, isSymbol, syntaxError } from "./token-stream.js";

/** Reads a type: a scalar, `string`, a name, or one of those in brackets, perhaps with a length. */
export function parseType(scanner: Scanner, depth = 0): TypeSyntax {
  if (scanner.kind === TokenKind.Identifier) {
    const baseType = BUILTIN_TYPES.get(scanner.value);
    if (baseType === undefined) return parseTypeName(scanner);
    scanner.next();
    return { kind: "builtin", baseType };
  }
  if (!isSymbol(scanner, "[")) throw syntaxError(scanner, `expected a type, got ${describeToken(scanner)}`);
  checkNesting(scanner, depth);
  scanner.next();
  const element = parseType(scanner, depth + 1);
  if (element.kind === "vector" || element.kind === "array") {
    throw syntaxError(scanner, "a vector can't hold vectors: put the inner one into a table and make a vector of that");
  }
  const length = isSymbol(scanner, ":") ? parseLength(scanner) : 0;
  expectSymbol(scanner, "]", "behind the type of the elements");
  return length > 0 ? { kind: "array", element, length } : { kind: "vector", element };
}

/** Reads the name of a type, without looking whether it is a built-in one. */
export function parseTypeName(scanner: Scanner): TypeSyntax {
  const name = expectPath(scanner, "the name of a type");
  return { kind: "name", name, mark: scanner.end };
}

/** The words that mean a type wherever a type is expected; everywhere else they are names like any other. */
export const BUILTIN_TYPES: ReadonlyMap<string, BaseType> = new Map<string, BaseType>([
  ["bool", BaseType.Bool],
  ["byte", BaseType.Byte],
  ["int8", BaseType.Byte],
  ["ubyte", BaseType.UByte],
  ["uint8", BaseType.UByte],
  ["short", BaseType.Short],
  ["int16", BaseType.Short],
  ["ushort", BaseType.UShort],
  ["uint16", BaseType.UShort],
  ["int", BaseType.Int],
  ["int32", BaseType.Int],
  ["uint", BaseType.UInt],
  ["uint32", BaseType.UInt],
  ["long", BaseType.Long],
  ["int64", BaseType.Long],
  ["ulong", BaseType.ULong],
  ["uint64", BaseType.ULong],
  ["float", BaseType.Float],
  ["float32", BaseType.Float],
  ["double", BaseType.Double],
  ["float64", BaseType.Double],
  ["string", BaseType.String],
]);

/** `: 3` inside of brackets. */
function parseLength(scanner: Scanner): number {
  scanner.next();
  if (scanner.kind !== TokenKind.Integer) {
    throw syntaxError(scanner, `the length of a fixed array is a whole number, got ${describeToken(scanner)}`);
  }
  const length = parseInteger(scanner.value);
  if (typeof length !== "number" || length < 1 || length > 0xffff) {
    throw syntaxError(scanner, `the length of a fixed array lies between 1 and 65535, got ${scanner.value}`);
  }
  scanner.next();
  return length;
}
