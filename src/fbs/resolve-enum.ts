import { BaseType, isInteger, scalarInfo } from "../model/base-type.js";
import { compareUtf8 } from "../text/compare-utf8.js";
import { parseInteger } from "../text/number-literal.js";
import { type EnumDraft, type EnumValDraft, fullName, NO_TYPE, plainType, qualify, type TypeDraft } from "./drafts.js";
import { guard, laterError, semanticError, warn } from "./problems.js";
import type { Resolution } from "./resolution.js";
import { resolveAttributes } from "./resolve-attributes.js";
import { resolveObject, resolveType } from "./resolve-type.js";
import { complete } from "./symbols.js";
import type { EnumSyntax, EnumValSyntax } from "./syntax.js";

/** Takes in an enum or union with its values. */
export function resolveEnumDeclaration(resolution: Resolution, syntax: EnumSyntax): void {
  const { problems, file } = resolution;
  const declared = begin(resolution, syntax);
  const isWhole = guard(problems, file, () => resolveBody(resolution, declared, syntax));
  if (!isWhole || syntax.endMark === undefined) declared.isBroken = true;
  declared.numbers = new Set(declared.values.map(({ value }) => value));
}

function begin(resolution: Resolution, { name, isUnion, docs, nameMark }: EnumSyntax): EnumDraft {
  const { symbols, namespace, problems, file, declarationFile } = resolution;
  const declared: EnumDraft = {
    name,
    namespace,
    isUnion,
    isBroken: false,
    underlying: isUnion ? BaseType.UType : BaseType.Int,
    values: [],
    valuesByName: new Map(),
    numbers: new Set(),
    attributes: new Map(),
    docs,
    declarationFile,
    index: -1,
  };
  const full = qualify(namespace, name);
  if (symbols.enums.has(full)) {
    guard(problems, file, () => {
      throw semanticError(nameMark, `the enum or union '${full}' is declared already`);
    });
  } else symbols.enums.set(full, declared);
  return declared;
}

function resolveBody(resolution: Resolution, declared: EnumDraft, syntax: EnumSyntax): void {
  if (syntax.underlying !== undefined) setUnderlying(resolution, declared, syntax);
  declared.attributes = resolveAttributes(resolution, syntax.attributes);
  if (syntax.attributesMark === undefined) return;
  const isBitFlags = declared.attributes.has("bit_flags");
  if (isBitFlags && scalarInfo(declared.underlying)?.isSigned === true) {
    warn(resolution.problems, resolution.file, syntax.attributesMark, "bit_flags go better with an unsigned type");
  }
  if (declared.attributes.has("force_align")) throw semanticError(syntax.attributesMark, "an enum has no force_align");
  // Generated code counts on an enum that has values, so an empty one gets one.
  if (syntax.isUnion || syntax.isEmpty) addValue(declared, noneValue());
  for (const value of syntax.values) resolveValue(resolution, declared, value);
  if (syntax.endMark === undefined) return;
  if (isBitFlags) shiftFlags(declared, syntax.endMark);
  sortValues(resolution, declared, syntax.endMark);
  if (!complete(resolution.symbols, declared)) {
    throw semanticError(syntax.endMark, `'${fullName(declared)}' is declared already`);
  }
}

function setUnderlying(resolution: Resolution, declared: EnumDraft, syntax: EnumSyntax): void {
  const { baseType } = resolveType(resolution, syntax.underlying!);
  if (!isInteger(baseType) || baseType === BaseType.Bool) {
    const what = `the type behind '${declared.name}' must be an integer type such as byte or ushort`;
    throw laterError(syntax.underlyingMark, what);
  }
  declared.underlying = baseType;
  if (declared.isUnion && baseType !== BaseType.UByte && syntax.underlyingMark !== undefined) {
    const message = `flatc reads and writes the type of a union as one byte whatever stands here; its C++ code does not`;
    warn(resolution.problems, resolution.file, syntax.underlyingMark, message);
  }
}

function resolveValue(resolution: Resolution, declared: EnumDraft, syntax: EnumValSyntax): void {
  const type = declared.isUnion ? memberType(resolution, syntax) : NO_TYPE;
  const previous = declared.values.at(-1)?.value;
  const written = syntax.value === undefined ? undefined : writtenValue(declared, syntax);
  const attributes = resolveAttributes(resolution, syntax.attributes);
  const value = written ?? (previous === undefined ? 0n : previous + 1n);
  const { min, max, name } = scalarInfo(declared.underlying)!;
  if (value < min || value > max) {
    throw laterError(
      syntax.endMark,
      `${value}, the value of '${syntax.name}', doesn't fit into ${name}: ${min} to ${max}`,
    );
  }
  // A member's dots can't be in a name.
  const memberName = syntax.name.replaceAll(".", "_");
  if (declared.valuesByName.has(memberName)) {
    throw laterError(syntax.endMark, `'${declared.name}' has a value '${memberName}' already`);
  }
  addValue(declared, { name: memberName, value, type, attributes, docs: syntax.docs });
}

function memberType(resolution: Resolution, syntax: EnumValSyntax): TypeDraft {
  if (syntax.type === undefined) {
    return { ...plainType(BaseType.Obj), object: resolveObject(resolution, syntax.name, syntax.nameMark) };
  }
  const type = resolveType(resolution, syntax.type);
  if (type.baseType === BaseType.Obj || type.baseType === BaseType.String) return type;
  throw laterError(
    syntax.typeMark,
    `a union's members are tables, structs and strings; '${syntax.name}' is none of them`,
  );
}

/** A value as written: it must be a 64-bit integer before it is compared with the enum's type. */
function writtenValue(declared: EnumDraft, { value, name }: EnumValSyntax): bigint {
  const number = parseInteger(value!.text);
  const { min, max } = scalarInfo(declared.underlying === BaseType.ULong ? BaseType.ULong : BaseType.Long)!;
  const wide = number === undefined ? undefined : BigInt(number);
  if (wide !== undefined && wide >= min && wide <= max) return wide;
  throw semanticError(value!.mark, `${value!.text}, the value of '${name}', doesn't fit into 64 bits`);
}

/** Turns bit numbers into bits. */
function shiftFlags(declared: EnumDraft, mark: number): void {
  const info = scalarInfo(declared.underlying)!;
  const bits = BigInt(info.size * 8);
  for (const value of declared.values) {
    const number = BigInt.asUintN(64, value.value);
    if (info.isSigned && number === bits - 1n) {
      throw semanticError(mark, `'${value.name}' would be the sign: bit_flags want an unsigned type`);
    }
    if (number >= bits) {
      throw semanticError(
        mark,
        `'${value.name}' is bit ${value.value}, but ${info.name} has only the bits 0 to ${bits - 1n}`,
      );
    }
    value.value = 1n << number;
  }
}

/**
 * Sorts by value, equal ones by name. flatc refuses a second name for the smallest value only; where it doesn't, neither
 * do we.
 */
function sortValues({ problems, file }: Resolution, declared: EnumDraft, mark: number): void {
  declared.values.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : compareUtf8(a.name, b.name)));
  for (let at = 1; at < declared.values.length; at++) {
    const [one, other] = [declared.values[at - 1]!, declared.values[at]!];
    if (one.value !== other.value) continue;
    const reason = `'${one.name}' and '${other.name}' of '${declared.name}' both have the value ${one.value}`;
    if (one.value === declared.values[0]!.value) throw semanticError(mark, reason);
    warn(problems, file, mark, `${reason}; loadSchema will refuse that`);
  }
}

function noneValue(): EnumValDraft {
  return { name: "NONE", value: 0n, type: NO_TYPE, attributes: new Map(), docs: [] };
}

function addValue(declared: EnumDraft, value: EnumValDraft): void {
  declared.values.push(value);
  declared.valuesByName.set(value.name, value);
}
