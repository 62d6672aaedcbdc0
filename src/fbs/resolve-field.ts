import { BaseType, isScalar } from "../model/base-type.js";
import { checkFieldAttributes } from "./check-field-attributes.js";
import {
  elementType,
  type FieldDraft,
  inlineAlign,
  inlineSize,
  isIncomplete,
  isStructType,
  isVectorType,
  type ObjectDraft,
  plainType,
  type TypeDraft,
} from "./drafts.js";
import { laterError, semanticError, warn } from "./problems.js";
import { Feature, type Resolution } from "./resolution.js";
import { resolveAttributes } from "./resolve-attributes.js";
import { type DefaultValue, NO_DEFAULT, resolveDefault } from "./resolve-default.js";
import { resolveType } from "./resolve-type.js";
import { findObject } from "./symbols.js";
import type { FieldSyntax, Mark } from "./syntax.js";

/** Adds a field to its table or struct; a union field brings a second one with it, which holds the type. */
export function resolveField(resolution: Resolution, object: ObjectDraft, syntax: FieldSyntax): void {
  checkName(resolution, syntax);
  if (syntax.type === undefined || syntax.typeMark === undefined) return;
  const type = resolveType(resolution, syntax.type);
  checkPlacement(object, type, syntax.typeMark);
  if (type.baseType === BaseType.Array) resolution.features |= Feature.FixedArrays;
  const typeField = unionTypeOf(type);
  if (typeField !== undefined && type.baseType !== BaseType.Union) resolution.features |= Feature.UnionVectors;
  const hidden = typeField && addField(object, `${syntax.name}_type`, typeField, syntax.typeMark);
  const field = addField(object, syntax.name, type, syntax.typeMark);
  const value = fieldDefault(resolution, object, type, syntax);
  field.defaultInteger = value.integer;
  field.defaultReal = value.real;
  if (value.text !== undefined && value.text !== "" && !value.isZeroText) field.defaultString = value.text;
  field.docs = syntax.docs;
  field.attributes = resolveAttributes(resolution, syntax.attributes);
  if (syntax.endMark === undefined) return;
  checkFieldAttributes(resolution, object, field, value, syntax.endMark);
  if (hidden !== undefined) followUnion(field, hidden, syntax.endMark);
}

function checkName(resolution: Resolution, { name, mark }: FieldSyntax): void {
  if (findObject(resolution.symbols, resolution.namespace, name) !== undefined) {
    throw semanticError(mark, `the field '${name}' has the name of a table or struct; generated code would clash`);
  }
  if (!isSnakeCase(name)) {
    warn(resolution.problems, resolution.file, mark, `field names are written in lower snake_case, '${name}' is not`);
  }
}

function checkPlacement(object: ObjectDraft, type: TypeDraft, mark: Mark): void {
  const isArray = type.baseType === BaseType.Array;
  if (!object.isStruct) {
    if (isArray)
      throw semanticError(mark, "a fixed array can only be in a struct: put it into one, and that into the table");
    return;
  }
  const inner = isArray ? elementType(type) : type;
  if (isIncomplete(inner)) {
    const name = inner.object?.name;
    throw semanticError(mark, `'${name}' must be declared before a struct can contain it: move its declaration up`);
  }
  // Whatever is wrong with the inner struct would show in the outer one's size.
  if (inner.object?.isBroken) object.isBroken = true;
  if (isScalar(inner.baseType) || isStructType(inner)) return;
  throw semanticError(mark, "a struct holds only scalars, enums, structs, and fixed arrays of those; use a table");
}

/** The type of the field that says which member a union has: one for a union, a vector for a vector of unions. */
function unionTypeOf(type: TypeDraft): TypeDraft | undefined {
  if (type.baseType === BaseType.Union) return { ...plainType(BaseType.UType), enum: type.enum };
  if (!isVectorType(type) || type.element !== BaseType.Union) return undefined;
  return { ...plainType(BaseType.Vector), element: BaseType.UType, enum: type.enum };
}

function addField(object: ObjectDraft, name: string, type: TypeDraft, mark: Mark): FieldDraft {
  if (object.fieldsByName.has(name)) {
    const isHidden = name.endsWith("_type") && type.enum?.isUnion === true && type.element !== BaseType.Union;
    const hint = isHidden ? " (a union takes that name for its type)" : "";
    throw semanticError(mark, `the field '${name}' already exists${hint}`);
  }
  const id = object.fields.length;
  const field: FieldDraft = {
    name,
    type,
    id,
    offset: object.isStruct ? placeInStruct(object, type, mark) : 4 + 2 * id,
    padding: 0,
    defaultInteger: 0n,
    defaultReal: 0,
    defaultString: undefined,
    deprecated: false,
    required: false,
    optional: false,
    key: false,
    offset64: false,
    attributes: new Map(),
    docs: [],
  };
  object.fields.push(field);
  object.fieldsByName.set(name, field);
  return field;
}

/** Reserves the bytes of the next field of a struct and returns where they begin. */
function placeInStruct(object: ObjectDraft, type: TypeDraft, mark: Mark): number {
  const alignment = inlineAlign(type);
  object.minAlign = Math.max(object.minAlign, alignment);
  padLastField(object, alignment);
  const offset = object.byteSize;
  object.byteSize += inlineSize(type);
  if (offset > 0xffff)
    throw semanticError(mark, `a struct's field can't lie behind its first 65536 bytes (at ${offset})`);
  return offset;
}

/** Pads a struct to a multiple of `alignment`; the padding belongs to its last field. */
export function padLastField(object: ObjectDraft, alignment: number): void {
  const rest = object.byteSize % alignment;
  const padding = rest === 0 ? 0 : alignment - rest;
  object.byteSize += padding;
  const last = object.fields.at(-1);
  if (last !== undefined) last.padding = padding;
}

function fieldDefault(resolution: Resolution, object: ObjectDraft, type: TypeDraft, syntax: FieldSyntax): DefaultValue {
  if (syntax.value === undefined) return NO_DEFAULT;
  const value = resolveDefault(resolution, type, syntax.value);
  const { endMark } = syntax.value;
  if (endMark === undefined) return value;
  if (object.isStruct && !value.isZeroText) throw laterError(endMark, "the fields of a struct have no defaults");
  if (type.baseType === BaseType.String || isVectorType(type)) resolution.features |= Feature.StringAndVectorDefaults;
  if (type.baseType === BaseType.String && value.isZeroText) {
    warn(resolution.problems, resolution.file, endMark, `the default "0" of a string counts as no default at all`);
  }
  return value;
}

/** What the type field of a union takes over from the union. */
function followUnion(field: FieldDraft, hidden: FieldDraft, mark: Mark): void {
  hidden.deprecated = field.deprecated;
  if (hidden.type.baseType === BaseType.Vector) {
    hidden.required = field.required;
    hidden.optional = field.optional;
  }
  const id = field.attributes.get("id");
  if (id === undefined) return;
  const number = Number(id.text);
  if (!Number.isInteger(number) || number < 1 || number > 0xffff) {
    const why = `a union takes two ids, its own and the one before for its type`;
    throw semanticError(mark, `${why}; the id of '${field.name}' must be a whole number of at least 1, got ${id.text}`);
  }
  hidden.attributes = new Map([["id", { text: String(number - 1), isString: id.isString }]]);
}

function isSnakeCase(name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (!(code >= 0x61 && code <= 0x7a) && !(code >= 0x30 && code <= 0x39) && code !== 0x5f) return false;
  }
  return true;
}
