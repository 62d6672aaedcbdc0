import { BaseType, isFloat, isInteger, isScalar, scalarInfo } from "../model/base-type.js";
import type { FieldDef, ObjectDef, SchemaParts } from "../model/schema.js";
import { refuse } from "./rules.js";

const MAX_ARRAY_BYTES = 2 ** 31;

/** Types, defaults and marks of an object's fields (rules V2, V7, V9, V11, V12). */
export function validateFields(parts: SchemaParts, object: ObjectDef): void {
  let keys = 0;
  for (const field of object.fields) {
    const place = `${object.name}.${field.name}`;
    validateType(parts, object, field, place);
    validateUnion(object, field, place);
    validateDefault(field, place);
    validateMarks(object, field, place);
    if (field.key && ++keys > 1) refuse("V12", place, "is a second key; an object has one at most");
  }
}

function validateType(parts: SchemaParts, object: ObjectDef, field: FieldDef, place: string): void {
  const { baseType, element, index, fixedLength } = field.type;
  if (baseType === BaseType.Array) {
    if (!object.isStruct) refuse("V9", place, "is a fixed array outside a struct");
    if (fixedLength < 1) refuse("V9", place, "is an array without elements");
    validateNamed(parts, place, element, index, "array");
    const size = element === BaseType.Obj ? parts.objects[index]!.byteSize : (scalarInfo(element)?.size ?? 0);
    if (size * fixedLength > MAX_ARRAY_BYTES) refuse("V9", place, `is an array of ${size * fixedLength} bytes`);
    return;
  }
  if (fixedLength !== 0) refuse("V9", place, "has a fixed length, but is no array");
  if (object.isStruct && !isScalar(baseType) && baseType !== BaseType.Obj) {
    refuse("V2", place, "is in a struct, but neither scalar, struct nor array");
  }
  if (baseType === BaseType.Vector || baseType === BaseType.Vector64) {
    validateNamed(parts, place, element, index, baseType === BaseType.Vector64 ? "vector64" : "vector");
    return;
  }
  if (element !== BaseType.None) refuse("V2", place, "has an element type, but no elements");
  validateNamed(parts, place, baseType, index, object.isStruct ? "struct" : "table");
}

type Container = "table" | "struct" | "vector" | "vector64" | "array";

/** What may stand where, and that its index names a type of the right sort. */
function validateNamed(parts: SchemaParts, place: string, type: BaseType, index: number, where: Container): void {
  if (isScalar(type)) {
    validateEnumIndex(parts, place, type, index);
    return;
  }
  const inVector64 = where === "vector64" || where === "array";
  if (type === BaseType.Obj) {
    const target = parts.objects[index];
    if (target === undefined) refuse("V2", place, `names object ${index} of ${parts.objects.length}`);
    const mustBeStruct = inVector64 || where === "struct";
    if (mustBeStruct && !target.isStruct)
      refuse("V2", place, `holds the table ${target.name} where only structs can be`);
    return;
  }
  if (type === BaseType.Union && (where === "table" || where === "vector")) {
    if (parts.enums[index]?.isUnion !== true) refuse("V2", place, `names enum ${index}, which is no union`);
    return;
  }
  if (type === BaseType.String && (where === "table" || where === "vector")) return;
  refuse("V2", place, `has base type ${type}, which can't be in a ${where}`);
}

function validateEnumIndex(parts: SchemaParts, place: string, type: BaseType, index: number): void {
  if (type === BaseType.UType) {
    if (parts.enums[index]?.isUnion !== true) refuse("V2", place, `is a union's type, but enum ${index} is no union`);
    return;
  }
  if (index < 0) return;
  if (!isInteger(type)) refuse("V2", place, "is floating point, but names an enum");
  const enumDef = parts.enums[index];
  if (enumDef === undefined) refuse("V2", place, `names enum ${index} of ${parts.enums.length}`);
  if (enumDef.isUnion || enumDef.underlyingType.baseType !== type) {
    refuse("V2", place, `names the enum ${enumDef.name}, which has another type`);
  }
}

/** A union's value comes right after its type, a vector of values right after a vector of types (rule V7). */
function validateUnion(object: ObjectDef, field: FieldDef, place: string): void {
  const { baseType, element, index } = field.type;
  if (baseType !== BaseType.Union && element !== BaseType.Union) return;
  const type = object.fields[field.id - 1]?.type;
  const hasType =
    baseType === BaseType.Union
      ? type?.baseType === BaseType.UType
      : type?.baseType === BaseType.Vector && type.element === BaseType.UType;
  const name = `${field.name}_type`;
  if (!hasType || type?.index !== index || object.fields[field.id - 1]?.name !== name) {
    refuse("V7", place, `is a union, but no field ${name} with its type stands before it`);
  }
}

function validateDefault(field: FieldDef, place: string): void {
  const info = scalarInfo(field.type.baseType);
  const value = field.defaultInteger;
  if (info === undefined || isFloat(field.type.baseType)) {
    if (value !== 0n) refuse("V11", place, `has the default ${value}, but is no integer`);
    return;
  }
  if (value < info.min || value > info.max) {
    refuse("V11", place, `has the default ${value}; ${info.name} holds ${info.min} to ${info.max}`);
  }
}

function validateMarks(object: ObjectDef, field: FieldDef, place: string): void {
  const { baseType } = field.type;
  const scalar = isScalar(baseType);
  if (object.isStruct) {
    if (field.required || field.optional || field.deprecated || field.offset64) {
      refuse("V12", place, "is in a struct, where fields can't be required, optional, deprecated or 64-bit");
    }
    return;
  }
  if (field.required && scalar) refuse("V12", place, "is a required scalar; only other types can be required");
  if (field.required && field.optional) refuse("V12", place, "is both required and optional");
  // flatc marks every struct field of a table as optional, also one that is a key.
  if (field.key && field.optional && baseType !== BaseType.Obj) refuse("V12", place, "is a key, but optional");
  if (field.key && !scalar && baseType !== BaseType.String && baseType !== BaseType.Obj) {
    refuse("V12", place, "is a key, but neither scalar, string nor struct");
  }
  const isVector = baseType === BaseType.Vector || baseType === BaseType.Vector64;
  const mayBeFar = baseType === BaseType.String || (isVector && isFlatElement(field));
  if (field.offset64 && !mayBeFar)
    refuse("V12", place, "has a 64-bit offset, but is no string or vector of scalars or structs");
}

function isFlatElement({ type }: FieldDef): boolean {
  return isScalar(type.element) || type.element === BaseType.Obj;
}
