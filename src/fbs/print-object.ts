import { BaseType, baseTypeName, isFloat, isScalar, scalarSize } from "../model/base-type.js";
import { namespaceOf, resolveName } from "../model/resolve-name.js";
import type { EnumDef, FieldDef, FieldType, ObjectDef, Schema } from "../model/schema.js";
import { compareUtf8 } from "../text/compare-utf8.js";
import { printAttributes, printDocs } from "./print-documented.js";
import { isObjectType, lastPart } from "./print-order.js";
import type { Printing } from "./print-schema.js";
import { quote } from "./quote.js";
import { spell, useName } from "./spelling.js";

/** Writes a table or struct. */
export function printObject(printing: Printing, object: ObjectDef): void {
  const { lines, schema } = printing;
  const namespace = namespaceOf(object.name);
  printDocs(printing, object, "");
  const word = object.isStruct ? "struct" : "table";
  lines.push(`${word} ${lastPart(object.name)}${printAttributes(objectAttributes(schema, object))} {`);
  for (const field of object.fields) {
    if (isUnionType(object, field)) continue;
    printDocs(printing, field, "  ");
    const type = printFieldType(printing, field.type, namespace);
    const written = object.isStruct ? "" : printDefault(printing, field);
    const attributes = fieldAttributes(field);
    const nested = attributes.get("nested_flatbuffer");
    if (nested !== undefined) {
      useName(printing.spelling, nested, namespace, resolveName(schema.objects, namespace, nested));
    }
    lines.push(`  ${field.name}: ${type}${written}${printAttributes(attributes)};`);
  }
  lines.push("}");
}

/** Whether a field is the one that comes with a union and says which member it has. */
function isUnionType(object: ObjectDef, { name, id, type }: FieldDef): boolean {
  const isTag = type.baseType === BaseType.UType || type.element === BaseType.UType;
  const union = object.fields[id + 1];
  return isTag && union !== undefined && `${union.name}_type` === name;
}

function printFieldType(printing: Printing, type: FieldType, namespace: string): string {
  const { baseType, element, fixedLength } = type;
  const isList = baseType === BaseType.Vector || baseType === BaseType.Vector64 || baseType === BaseType.Array;
  const inner = printInnerType(printing, type, isList ? element : baseType, namespace);
  if (!isList) return inner;
  return baseType === BaseType.Array ? `[${inner}:${fixedLength}]` : `[${inner}]`;
}

function printInnerType(printing: Printing, type: FieldType, baseType: BaseType, namespace: string): string {
  const { schema, spelling } = printing;
  if (type.index < 0) return baseTypeName(baseType);
  const named = isObjectType(type) ? schema.objectList[type.index]! : schema.enumList[type.index]!;
  return spell(spelling, named, namespace);
}

/** ` = value`, or nothing when the default is what it is without a word. */
function printDefault(printing: Printing, field: FieldDef): string {
  const { type, optional, required, defaultString } = field;
  const { baseType } = type;
  if (isScalar(baseType)) return optional ? " = null" : printScalarDefault(printing.schema, field);
  const isString = baseType === BaseType.String;
  if (!isString && baseType !== BaseType.Vector && baseType !== BaseType.Vector64) return "";
  const hasDefault = defaultString !== undefined || (!optional && !required);
  if (hasDefault) return isString ? ` = ${quote(defaultString ?? "")}` : " = []";
  // The schema says that some string or vector has a default, but none shows one: it was one that changes nothing.
  if (!printing.owesDefault || (!isString && optional)) return "";
  printing.owesDefault = false;
  if (!isString) return " = []";
  return optional ? ' = "0"' : ' = ""';
}

function printScalarDefault({ enumList }: Schema, { type, defaultInteger, defaultReal }: FieldDef): string {
  if (isFloat(type.baseType)) {
    if (Object.is(defaultReal, -0)) return " = -0.0";
    return defaultReal === 0 ? "" : ` = ${printReal(defaultReal)}`;
  }
  if (defaultInteger === 0n) return lostDefault(enumList[type.index], type);
  if (type.baseType === BaseType.Bool && defaultInteger === 1n) return " = true";
  const name = type.index < 0 ? undefined : enumeratorName(enumList[type.index]!, defaultInteger);
  return ` = ${name ?? defaultInteger}`;
}

/**
 * A .bfbs holds 0 where the default is 2^63 or more. An enum's field that says so of an enum without 0 gives it away.
 */
function lostDefault(declared: EnumDef | undefined, { baseType }: FieldType): string {
  if (declared === undefined || baseType !== BaseType.ULong || declared.isBitFlags) return "";
  if (declared.values.some(({ value }) => value === 0n)) return "";
  const large = declared.values.find(({ value }) => value >= 2n ** 63n);
  return large === undefined ? "" : ` = ${large.name}`;
}

function enumeratorName({ values }: EnumDef, value: bigint): string | undefined {
  const found = values.find((one) => one.value === value)?.name;
  // As a default this word means something else.
  return found === "null" ? undefined : found;
}

function printReal(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}

/** The attributes of a table or struct, and the one that a .bfbs without builtin attributes shows by its effect. */
function objectAttributes({ objectList }: Schema, object: ObjectDef): ReadonlyMap<string, string> {
  if (!object.isStruct || object.attributes.has("force_align")) return object.attributes;
  const natural = Math.max(1, ...object.fields.map(({ type }) => naturalAlign(objectList, type)));
  return natural === object.minAlign
    ? object.attributes
    : new Map([...object.attributes, ["force_align", String(object.minAlign)]]);
}

function naturalAlign(objectList: readonly ObjectDef[], type: FieldType): number {
  const baseType = type.baseType === BaseType.Array ? type.element : type.baseType;
  return baseType === BaseType.Obj ? objectList[type.index]!.minAlign : scalarSize(baseType);
}

/** A field's attributes, and those that a .bfbs without builtin attributes shows by their effects. */
function fieldAttributes(field: FieldDef): ReadonlyMap<string, string> {
  const { type, attributes } = field;
  const isString = type.baseType === BaseType.String;
  const isWide = type.baseType === BaseType.Vector64;
  const shown: [string, boolean][] = [
    ["deprecated", field.deprecated],
    ["key", field.key],
    ["offset64", field.offset64 && !isWide],
    // A string that is a key is required without saying so.
    ["required", field.required && !(isString && field.key)],
    ["vector64", isWide],
  ];
  const missing = shown.filter(([name, isShown]) => isShown && !attributes.has(name));
  if (missing.length === 0) return attributes;
  const all = [...attributes, ...missing.map(([name]) => [name, "0"] as const)];
  return new Map(all.sort(([a], [b]) => compareUtf8(a, b)));
}
