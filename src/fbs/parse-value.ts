import { type Scanner, TokenKind } from "../text/scanner.js";
import type { AttributeSyntax, ValueSyntax } from "./syntax.js";
import { checkNesting, expectSymbol, isSymbol, unexpected } from "./token-stream.js";

/**
 * Reads a value: a number, a string, a name (with a sign, perhaps), a function around a value, or `[]`.
 *
 * Hands the value to `keep` as soon as its first token is known: a text that breaks off later may still be wrong here.
 */
export function parseValue(scanner: Scanner, keep: (value: ValueSyntax) => void, depth = 0): void {
  let sign = "";
  if (isSymbol(scanner, "+") || isSymbol(scanner, "-")) {
    sign = scanner.value;
    scanner.next();
  }
  const kind = valueKind(scanner);
  if (kind === undefined) throw unexpected(scanner, "expected a value");
  const value: ValueSyntax = {
    kind,
    text: sign + scanner.value,
    mark: scanner.end,
    isPlainString: kind === "string" && scanner.isPlainString,
  };
  keep(value);
  if (kind === "call") parseCall(scanner, value, depth);
  else {
    scanner.next();
    if (kind === "vector") expectSymbol(scanner, "]", "right behind '[': a vector's default can only be empty");
  }
  value.endMark = scanner.end;
}

/** Reads `(name, name: value)` if it stands in front, adding to `attributes`. */
export function parseAttributes(scanner: Scanner, attributes: AttributeSyntax[]): void {
  if (!isSymbol(scanner, "(")) return;
  do {
    scanner.next();
    if (scanner.kind !== TokenKind.Identifier && scanner.kind !== TokenKind.String) {
      throw unexpected(scanner, "expected the name of an attribute");
    }
    const attribute: AttributeSyntax = { name: scanner.value, mark: scanner.end };
    attributes.push(attribute);
    scanner.next();
    attribute.afterMark = scanner.end;
    if (isSymbol(scanner, ":")) {
      scanner.next();
      parseValue(scanner, (value) => {
        attribute.value = value;
      });
    } else if (isSymbol(scanner, "=")) {
      throw unexpected(scanner, "expected ',' or ')' behind an attribute (its value follows ':')");
    }
  } while (isSymbol(scanner, ","));
  expectSymbol(scanner, ")", "or ',' behind an attribute");
}

function valueKind(scanner: Scanner): ValueSyntax["kind"] | undefined {
  switch (scanner.kind) {
    case TokenKind.Identifier:
      // A function's parenthesis must touch its name: `null (key)` is a value and attributes, `null(key)` a call.
      return scanner.text.charAt(scanner.end) === "(" ? "call" : "identifier";
    case TokenKind.String:
      return "string";
    case TokenKind.Integer:
      return "integer";
    case TokenKind.Float:
      return "float";
    default:
      return isSymbol(scanner, "[") ? "vector" : undefined;
  }
}

function parseCall(scanner: Scanner, value: ValueSyntax, depth: number): void {
  checkNesting(scanner, depth);
  scanner.next();
  expectSymbol(scanner, "(", "behind a function's name");
  parseValue(
    scanner,
    (argument) => {
      value.argument = argument;
    },
    depth + 1,
  );
  expectSymbol(scanner, ")", "behind a function's argument");
}
