import type { Scanner } from "../text/scanner.js";
import { TokenKind } from "../text/scanner.js";
import { parseType } from "./parse-type.js";
import { parseAttributes, parseValue } from "./parse-value.js";
import type { FieldSyntax, ObjectSyntax } from "./syntax.js";
import { describeToken, expectName, expectSymbol, isSymbol, syntaxError, unexpected } from "./token-stream.js";

/** Reads a table or struct behind its first word, handing it to `keep` as soon as it has a name. */
export function parseObject(
  scanner: Scanner,
  isStruct: boolean,
  docs: readonly string[],
  keep: (object: ObjectSyntax) => void,
  recover: (parse: () => void) => boolean,
): void {
  const name = expectName(scanner, `the name of the ${isStruct ? "struct" : "table"}`);
  const object: ObjectSyntax = {
    kind: "object",
    isStruct,
    name,
    nameMark: scanner.end,
    docs,
    attributes: [],
    fields: [],
    isBroken: false,
  };
  keep(object);
  parseAttributes(scanner, object.attributes);
  expectSymbol(scanner, "{", "before the fields");
  while (!isSymbol(scanner, "}")) {
    if (!recover(() => parseField(scanner, object))) object.isBroken = true;
  }
  object.closeMark = scanner.end;
  scanner.next();
  object.endMark = scanner.end;
}

function parseField(scanner: Scanner, object: ObjectSyntax): void {
  const { docs, value: name, end: mark } = scanner;
  if (scanner.kind !== TokenKind.Identifier) throw unexpected(scanner, "expected a field's name or '}'");
  const field: FieldSyntax = { name, mark, docs, attributes: [] };
  // Its name counts even when no token can be read behind it.
  object.fields.push(field);
  scanner.next();
  expectSymbol(scanner, ":", `and a type behind the field's name '${name}'`);
  field.type = parseType(scanner);
  field.typeMark = scanner.end;
  if (isSymbol(scanner, "=")) {
    scanner.next();
    parseValue(scanner, (value) => {
      field.value = value;
    });
  }
  parseAttributes(scanner, field.attributes);
  field.endMark = scanner.end;
  if (!isSymbol(scanner, ";")) throw missingSemicolon(scanner, field);
  scanner.next();
}

function missingSemicolon(scanner: Scanner, field: FieldSyntax) {
  const got = describeToken(scanner);
  if (isSymbol(scanner, "=") && field.attributes.length > 0) {
    return syntaxError(scanner, `expected ';' behind the attributes, got '=': a default stands before the attributes`);
  }
  const hint = scanner.kind === TokenKind.Symbol && scanner.value === "," ? ": every field ends with ';'" : "";
  return syntaxError(scanner, `expected ';' at the end of the field '${field.name}', got ${got}${hint}`);
}
