import { BaseType, baseTypeName, isFloat, isInteger, isScalar, scalarInfo } from "../model/base-type.js";
import { CONVERSION_NAMES, convertNumber } from "../text/conversion.js";
import { lacksHexExponent, parseInteger, parseReal } from "../text/number-literal.js";
import { isIdentifierStart } from "../text/scanner.js";
import { isVectorType, type TypeDraft } from "./drafts.js";
import { laterError, semanticError } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { enumTextValue } from "./resolve-enum-text.js";
import type { ValueSyntax } from "./syntax.js";

/** A field's default. */
export interface DefaultValue {
  readonly integer: bigint;
  readonly real: number;
  /** A string's default. */
  readonly text: string | undefined;
  readonly isNull: boolean;
  /** What flatc keeps of it is the text "0", which is how it says that there is no default. */
  readonly isZeroText: boolean;
}

/** What counts when nothing is written. */
export const NO_DEFAULT: DefaultValue = { integer: 0n, real: 0, text: undefined, isNull: false, isZeroText: true };

/** Turns a written default into a value of the type, or throws what is wrong with it. */
export function resolveDefault(resolution: Resolution, type: TypeDraft, value: ValueSyntax): DefaultValue {
  if (value.kind === "call") return realDefault(type, value);
  if (isScalar(type.baseType)) return scalarDefault(resolution, type, value);
  if (type.baseType === BaseType.String && value.kind === "string") {
    return { ...NO_DEFAULT, text: value.text, isZeroText: value.text === "0" };
  }
  if (isVectorType(type) && value.kind === "vector") return { ...NO_DEFAULT, isZeroText: false };
  throw semanticError(value.mark, `${describe(value)} can't be the default of ${describeType(type)}${expected(type)}`);
}

function scalarDefault(resolution: Resolution, type: TypeDraft, value: ValueSyntax): DefaultValue {
  const { baseType } = type;
  const { kind, mark } = value;
  const isWord = kind === "identifier" || kind === "string";
  if (kind === "string" && !value.isPlainString) {
    throw semanticError(mark, `${describe(value)} can't be a number: escapes and other alphabets don't belong in one`);
  }
  if (isWord && baseType === BaseType.Bool && (value.text === "true" || value.text === "false")) {
    return integerDefault(value.text === "true" ? 1n : 0n);
  }
  if (isWord && value.text === "null") return { ...NO_DEFAULT, isNull: true, isZeroText: false };
  if (isFloat(baseType)) return realDefault(type, value);
  if (isWord && baseType !== BaseType.Bool && isIdentifierStart(value.text.charCodeAt(0))) {
    return integerDefault(inRange(type, enumTextValue(resolution, type, value), value));
  }
  if (kind === "float" || kind === "vector") {
    const hint = kind === "float" ? ": an integer field takes whole numbers" : "";
    throw semanticError(mark, `${describe(value)} can't be the default of ${describeType(type)}${hint}`);
  }
  const number = parseInteger(trimEnd(value));
  if (number === undefined) throw laterError(value.endMark, `${describe(value)} is no whole number`);
  return integerDefault(inRange(type, BigInt(number), value));
}

function integerDefault(integer: bigint): DefaultValue {
  return { ...NO_DEFAULT, integer, isZeroText: integer === 0n };
}

function inRange(type: TypeDraft, value: bigint, { endMark }: ValueSyntax): bigint {
  const info = scalarInfo(type.baseType)!;
  // flatc keeps a bool's default as the byte it is.
  const max = type.baseType === BaseType.Bool ? 255n : info.max;
  if (value >= info.min && value <= max) return value;
  throw laterError(endMark, `${value} doesn't fit into ${info.name}: it takes ${info.min} to ${max}`);
}

function realDefault(type: TypeDraft, value: ValueSyntax): DefaultValue {
  const real = value.kind === "call" ? callValue(type, value) : plainValue(type, value, value);
  return { ...NO_DEFAULT, real, isZeroText: value.kind !== "call" && trimEnd(value) === "0" };
}

/** A number without function around it. What is no number is found at the end of `whole`. */
function plainValue(type: TypeDraft, value: ValueSyntax, whole: ValueSyntax): number {
  const { kind, mark } = value;
  const text = trimEnd(value);
  const isBadString = kind === "string" && (!value.isPlainString || text.includes(")"));
  if (kind === "vector" || isBadString) throw semanticError(mark, `${describe(value)} is no number`);
  if (kind !== "float" && lacksHexExponent(text)) {
    throw semanticError(
      mark,
      `a hex number for a ${baseTypeName(type.baseType)} needs an exponent of two, as in ${text}p0`,
    );
  }
  const real = parseReal(text);
  if (real === undefined) throw laterError(whole.endMark, `${describe(value)} is no number`);
  return real;
}

function callValue(type: TypeDraft, call: ValueSyntax): number {
  const { text, mark, endMark, argument } = call;
  if (!isFloat(type.baseType)) {
    const hint = text === "null" ? "; put a space between null and the attributes" : "";
    throw semanticError(mark, `the function ${text}() gives a floating-point number, not ${describeType(type)}${hint}`);
  }
  if (argument === undefined) return 0;
  const value = argument.kind === "call" ? callValue(type, argument) : plainValue(type, argument, call);
  const result = convertNumber(text, value);
  if (result !== undefined) return result;
  throw laterError(endMark, `there is no function ${text}(): there are ${CONVERSION_NAMES.join(", ")}`);
}

/** Blanks behind a number in quotes don't count. */
function trimEnd({ kind, text }: ValueSyntax): string {
  if (kind !== "string") return text;
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--;
  return end === 0 ? text : text.slice(0, end);
}

function describe({ kind, text }: ValueSyntax): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  if (kind === "vector") return "[]";
  return kind === "string" ? JSON.stringify(shown) : `'${shown}'`;
}

function describeType(type: TypeDraft): string {
  if (type.baseType === BaseType.Union) return `the union ${type.enum?.name}`;
  if (type.baseType === BaseType.Obj) return `the ${type.object?.isStruct ? "struct" : "table"} ${type.object?.name}`;
  if (isInteger(type.baseType) && type.enum !== undefined) return `the enum ${type.enum.name}`;
  return `a ${baseTypeName(type.baseType)}`;
}

function expected(type: TypeDraft): string {
  if (type.baseType === BaseType.String) return ": it takes a string in quotes";
  return isVectorType(type) ? ": it takes only []" : "";
}
