import { BaseType, isInteger, isScalar, scalarSize } from "../model/base-type.js";
import { namespaceOf, resolveName } from "../model/resolve-name.js";
import type { FieldDef, FieldType, ObjectDef, Schema } from "../model/schema.js";
import { derived } from "./derived.js";
import * as Kind from "./kind.js";
import * as P from "./program.js";

/** The schema's program, compiled on first use. */
export const programOf: (schema: Schema) => P.Program = derived(compileProgram);

/** Full name of the root table of a nested_flatbuffer field as the attribute means it, or undefined if unknown. */
export function nestedRoot(schema: Schema, owner: ObjectDef, field: FieldDef): ObjectDef | undefined {
  const name = field.attributes.get("nested_flatbuffer");
  if (name === undefined || !isBytesVector(field.type)) return undefined;
  const root = resolveName(schema.objects, namespaceOf(owner.name), name);
  return root?.isStruct === false ? root : undefined;
}

function compileProgram(schema: Schema): P.Program {
  const objects = schema.objectList;
  const fieldCount = objects.reduce((sum, object) => sum + object.fields.length, 0);
  const program: P.Program = {
    schema,
    fields: new Int32Array(fieldCount * P.FIELD_WORDS),
    defaultIntegers: new BigInt64Array(fieldCount),
    defaultNumbers: new Float64Array(fieldCount),
    objectFields: new Int32Array(objects.length),
    objectFieldCount: Int32Array.from(objects, (object) => object.fields.length),
    objectSize: Int32Array.from(objects, (object) => object.byteSize),
    objectAlign: Int32Array.from(objects, (object) => (object.isStruct ? object.minAlign : 4)),
    objectRequired: [],
    ...compileUnions(schema),
  };
  let address = 0;
  for (const object of objects) {
    program.objectFields[object.index] = address;
    const required: number[] = [];
    for (const field of object.fields) {
      compileField(program, address, object, field);
      if (field.required && !object.isStruct) required.push(address);
      address += P.FIELD_WORDS;
    }
    (program.objectRequired as Int32Array[]).push(Int32Array.from(required));
  }
  return program;
}

function compileField(program: P.Program, address: number, object: ObjectDef, field: FieldDef): void {
  const { fields, schema } = program;
  const { type } = field;
  const kind = kindOf(schema, object, field);
  const size = inlineSize(program, kind, field);
  fields[address + P.FIELD_KIND] = kind;
  fields[address + P.FIELD_SLOT] = field.offset;
  fields[address + P.FIELD_SIZE] = size;
  fields[address + P.FIELD_ALIGN] = inlineAlign(program, kind, field);
  fields[address + P.FIELD_CHILD] = childOf(schema, kind, object, field);
  fields[address + P.FIELD_ELEMENT] = isScalar(type.element) ? type.element : 0;
  fields[address + P.FIELD_STRIDE] = elementSize(program, type);
  fields[address + P.FIELD_ELEMENT_ALIGN] = elementAlign(program, type);
  fields[address + P.FIELD_LENGTH] = type.fixedLength;
  fields[address + P.FIELD_ENUM] = enumOf(type);
  fields[address + P.FIELD_FLAGS] = flagsOf(schema, field);
  fields[address + P.FIELD_OBJECT] = object.index;
  const number = address / P.FIELD_WORDS;
  program.defaultIntegers[number] = field.defaultInteger; // wraps uint64 to its bits, as it is stored
  program.defaultNumbers[number] = defaultNumber(field);
}

function kindOf(schema: Schema, object: ObjectDef, field: FieldDef): number {
  const { baseType, element, index } = field.type;
  switch (baseType) {
    case BaseType.String:
      return Kind.String;
    case BaseType.Obj:
      return isStruct(schema, index) ? Kind.Struct : Kind.Table;
    case BaseType.Union:
      return Kind.Union;
    case BaseType.Array:
      return element === BaseType.Obj ? Kind.StructArray : Kind.ScalarArray;
    case BaseType.Vector:
    case BaseType.Vector64:
      if (nestedRoot(schema, object, field) !== undefined) return Kind.NestedFlatbuffer;
      if (field.attributes.has("flexbuffer") && isBytesVector(field.type)) return Kind.Flexbuffer;
      return vectorKind(schema, element, index);
    default:
      return baseType;
  }
}

function vectorKind(schema: Schema, element: BaseType, index: number): number {
  if (element === BaseType.String) return Kind.StringVector;
  if (element === BaseType.Union) return Kind.UnionVector;
  if (element !== BaseType.Obj) return Kind.ScalarVector;
  return isStruct(schema, index) ? Kind.StructVector : Kind.TableVector;
}

function isBytesVector(type: FieldType): boolean {
  return (
    (type.baseType === BaseType.Vector || type.baseType === BaseType.Vector64) &&
    type.element === BaseType.UByte &&
    type.index < 0
  );
}

function isStruct(schema: Schema, index: number): boolean {
  return schema.objectList[index]?.isStruct === true;
}

function inlineSize(program: P.Program, kind: number, field: FieldDef): number {
  if (kind <= Kind.Double) return scalarSize(field.type.baseType);
  if (kind === Kind.Struct) return program.objectSize[field.type.index]!;
  if (kind === Kind.ScalarArray || kind === Kind.StructArray) {
    return elementSize(program, field.type) * field.type.fixedLength;
  }
  return isWide(field) ? 8 : 4;
}

function isWide(field: FieldDef): boolean {
  return field.offset64 || field.type.baseType === BaseType.Vector64;
}

function inlineAlign(program: P.Program, kind: number, field: FieldDef): number {
  if (kind === Kind.Struct || kind === Kind.StructArray) return program.objectAlign[field.type.index]!;
  if (kind === Kind.ScalarArray) return scalarSize(field.type.element);
  return inlineSize(program, kind, field);
}

/** Computed, not believed: what a .bfbs says of element sizes is wrong for some types (flatc writes 4). */
function elementSize(program: P.Program, type: FieldType): number {
  if (type.element === BaseType.None) return 0;
  if (isScalar(type.element)) return scalarSize(type.element);
  if (type.element === BaseType.Obj && isStruct(program.schema, type.index)) return program.objectSize[type.index]!;
  return 4;
}

function elementAlign(program: P.Program, type: FieldType): number {
  if (type.element === BaseType.None) return 0;
  if (isScalar(type.element)) return scalarSize(type.element);
  return type.element === BaseType.Obj ? program.objectAlign[type.index]! : 4;
}

function childOf(schema: Schema, kind: number, object: ObjectDef, field: FieldDef): number {
  switch (kind) {
    case Kind.NestedFlatbuffer:
      return nestedRoot(schema, object, field)!.index;
    case Kind.Table:
    case Kind.Struct:
    case Kind.TableVector:
    case Kind.StructVector:
    case Kind.StructArray:
    case Kind.Union:
    case Kind.UnionVector:
      return field.type.index;
    default:
      return -1;
  }
}

function enumOf(type: FieldType): number {
  const value = type.element === BaseType.None ? type.baseType : type.element;
  return isInteger(value) ? type.index : -1;
}

function flagsOf(schema: Schema, field: FieldDef): number {
  const { type } = field;
  const enumDef = schema.enumList[enumOf(type)];
  return (
    (field.required ? P.FLAG_REQUIRED : 0) +
    (field.deprecated ? P.FLAG_DEPRECATED : 0) +
    (field.key ? P.FLAG_KEY : 0) +
    (field.optional && isScalar(type.baseType) ? P.FLAG_OPTIONAL : 0) +
    (isWide(field) ? P.FLAG_OFFSET64 : 0) +
    (type.baseType === BaseType.Vector64 ? P.FLAG_LENGTH64 : 0) +
    (enumDef?.isBitFlags ? P.FLAG_BIT_FLAGS : 0)
  );
}

function defaultNumber(field: FieldDef): number {
  const { baseType } = field.type;
  if (baseType === BaseType.Float) return Math.fround(field.defaultReal);
  return baseType === BaseType.Double ? field.defaultReal : Number(field.defaultInteger);
}

type UnionTables = Pick<P.Program, "unionFirst" | "unionCount" | "memberValue" | "memberKind" | "memberObject">;

function compileUnions(schema: Schema): UnionTables {
  const enums = schema.enumList;
  const unionFirst = new Int32Array(enums.length).fill(-1);
  const unionCount = new Int32Array(enums.length);
  const values: number[] = [];
  const kinds: number[] = [];
  const objects: number[] = [];
  for (const union of enums) {
    if (!union.isUnion) continue;
    unionFirst[union.index] = values.length;
    for (const { value, unionType } of union.values) {
      if (unionType === undefined || unionType.baseType === BaseType.None) continue;
      values.push(Number(value));
      kinds.push(memberKind(schema, unionType));
      objects.push(unionType.index);
      unionCount[union.index]!++;
    }
  }
  return {
    unionFirst,
    unionCount,
    memberValue: Int32Array.from(values),
    memberKind: Int32Array.from(kinds),
    memberObject: Int32Array.from(objects),
  };
}

function memberKind(schema: Schema, type: FieldType): number {
  if (type.baseType === BaseType.String) return Kind.String;
  return isStruct(schema, type.index) ? Kind.Struct : Kind.Table;
}
