import type { Scanner } from "../text/scanner.js";
import { TokenKind } from "../text/scanner.js";
import { parseType } from "./parse-type.js";
import { parseAttributes } from "./parse-value.js";
import type { EnumSyntax, EnumValSyntax } from "./syntax.js";
import {
  describeToken,
  expectName,
  expectPath,
  expectSymbol,
  isSymbol,
  syntaxError,
  unexpected,
} from "./token-stream.js";

/** Reads an enum or union behind its first word, handing it to `keep` as soon as it has a name. */
export function parseEnum(
  scanner: Scanner,
  isUnion: boolean,
  docs: readonly string[],
  keep: (declaration: EnumSyntax) => void,
  recover: (parse: () => void) => boolean,
): void {
  const name = expectName(scanner, `the name of the ${isUnion ? "union" : "enum"}`);
  const declaration: EnumSyntax = {
    kind: "enum",
    isUnion,
    name,
    nameMark: scanner.end,
    docs,
    attributes: [],
    values: [],
    isEmpty: false,
  };
  keep(declaration);
  if (isSymbol(scanner, ":")) {
    scanner.next();
    declaration.underlying = parseType(scanner);
    declaration.underlyingMark = scanner.end;
  } else if (!isUnion) {
    throw unexpected(scanner, `expected ':' and an integer type behind the enum's name, as in 'enum ${name} : byte'`);
  }
  parseAttributes(scanner, declaration.attributes);
  declaration.attributesMark = scanner.end;
  expectSymbol(scanner, "{", `before the ${isUnion ? "union's members" : "enum's values"}`);
  declaration.isEmpty = isSymbol(scanner, "}");
  let isWhole = true;
  do {
    isWhole = recover(() => parseEnumVals(scanner, declaration)) && isWhole;
  } while (!isSymbol(scanner, "}"));
  scanner.next();
  if (isWhole) declaration.endMark = scanner.end;
}

/** Values up to the closing brace. */
function parseEnumVals(scanner: Scanner, declaration: EnumSyntax): void {
  while (!isSymbol(scanner, "}")) {
    parseEnumVal(scanner, declaration);
    if (isSymbol(scanner, "}")) return;
    if (!isSymbol(scanner, ",")) throw missingComma(scanner, declaration.isUnion);
    scanner.next();
  }
}

function parseEnumVal(scanner: Scanner, declaration: EnumSyntax): void {
  const { isUnion } = declaration;
  const { docs } = scanner;
  const name = isUnion ? expectPath(scanner, "a type or '}'") : expectName(scanner, "a value's name or '}'");
  const value: EnumValSyntax = { name, nameMark: scanner.end, docs, attributes: [] };
  declaration.values.push(value);
  if (isUnion && isSymbol(scanner, ":")) {
    scanner.next();
    value.type = parseType(scanner);
    value.typeMark = scanner.end;
  }
  if (isSymbol(scanner, "=")) {
    scanner.next();
    if (scanner.kind !== TokenKind.Integer)
      throw unexpected(scanner, `expected a whole number as the value of '${name}'`);
    value.value = { kind: "integer", text: scanner.value, mark: scanner.end, isPlainString: false };
    scanner.next();
  }
  parseAttributes(scanner, value.attributes);
  value.endMark = scanner.end;
}

function missingComma(scanner: Scanner, isUnion: boolean) {
  const what = isUnion ? "a union's members" : "an enum's values";
  const got = describeToken(scanner);
  const hint =
    isSymbol(scanner, ";") || scanner.kind === TokenKind.Identifier ? `: ${what} are separated by commas` : "";
  return syntaxError(scanner, `expected ',' or '}' behind one of ${what}, got ${got}${hint}`);
}
