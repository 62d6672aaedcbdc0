import { Builder } from "../build/builder.js";
import { BaseType, isFloat, isInteger, scalarSize } from "../model/base-type.js";
import type {
  Documented,
  EnumDef,
  EnumValDef,
  FieldDef,
  FieldType,
  ObjectDef,
  RpcCallDef,
  Schema,
  SchemaFileDef,
  ServiceDef,
} from "../model/schema.js";
import { compareUtf8 } from "../text/compare-utf8.js";

/** What goes into a .bfbs besides the types, and in which order. */
export interface SaveOptions {
  /** The objects, enums and services of the schema in order of declaration: so flatc writes them. Default: by name. */
  readonly objects?: readonly ObjectDef[];
  readonly enums?: readonly EnumDef[];
  readonly services?: readonly ServiceDef[];
  /** Whether doc comments do. */
  readonly comments: boolean;
  /** Whether an attribute does. */
  readonly isSaved: (attribute: string) => boolean;
}

/**
 * Writes a model as a binary schema (.bfbs), byte for byte as flatc 25.12.19 lays it out: objects, enums and services one
 * after another, each one's parts right before it; names are not shared, file names are.
 *
 * Two defaults have no place in the format: those of strings, and those of uint64 fields from 2^63 on, which flatc
 * writes as 0.
 */
export function saveSchema(schema: Schema, options: SaveOptions): Uint8Array {
  const save: Save = { schema, options, builder: new Builder(16 * 1024), objectRefs: [] };
  const { builder } = save;
  for (const object of options.objects ?? schema.objectList) save.objectRefs[object.index] = saveObject(save, object);
  const enums: number[] = [];
  for (const declared of options.enums ?? schema.enumList) enums[declared.index] = saveEnum(save, declared);
  const services = (options.services ?? [...schema.services.values()]).map((service) => {
    return { name: service.name, ref: saveService(save, service) };
  });
  const files = schema.files.length === 0 ? 0 : saveFiles(save, schema.files);
  // An index is a place in the lists sorted by name.
  const objectVector = builder.createOffsetVector(save.objectRefs);
  const enumVector = builder.createOffsetVector(enums);
  const identifier = builder.createString(schema.fileIdentifier);
  const extension = builder.createString(schema.fileExtension);
  const serviceVector = builder.createOffsetVector(sortedRefs(services));
  const root = schema.rootTable === undefined ? 0 : save.objectRefs[schema.rootTable.index]!;
  builder.startTable();
  if (schema.advancedFeatures !== 0n) builder.addInt64(16, schema.advancedFeatures);
  addRef(builder, 18, files);
  addRef(builder, 14, serviceVector);
  addRef(builder, 12, root);
  addRef(builder, 10, extension);
  addRef(builder, 8, identifier);
  addRef(builder, 6, enumVector);
  addRef(builder, 4, objectVector);
  return builder.finish(builder.endTable(), { identifier: "BFBS" });
}

interface Save {
  readonly schema: Schema;
  readonly options: SaveOptions;
  readonly builder: Builder;
  /** By index of the object. */
  readonly objectRefs: number[];
}

interface NamedRef {
  readonly name: string;
  readonly ref: number;
}

// In each table the fields go in by size, widest first, and among equals by descending slot: so the code does it that
// flatc generates for reflection.fbs, and so their places come out.

function saveObject(save: Save, object: ObjectDef): number {
  const { builder } = save;
  const fields = object.fields.map((field) => ({ name: field.name, ref: saveField(save, field) }));
  const name = builder.createString(object.name);
  const fieldVector = builder.createOffsetVector(sortedRefs(fields));
  const attributes = saveAttributes(save, object);
  const documentation = saveDocumentation(save, object);
  const file = builder.createString(object.declarationFile, true);
  builder.startTable();
  addRef(builder, 18, file);
  addRef(builder, 16, documentation);
  addRef(builder, 14, attributes);
  if (object.byteSize !== 0) builder.addInt32(12, object.byteSize);
  if (object.minAlign !== 0) builder.addInt32(10, object.minAlign);
  addRef(builder, 6, fieldVector);
  addRef(builder, 4, name);
  addFlag(builder, 8, object.isStruct);
  return builder.endTable();
}

function saveField(save: Save, field: FieldDef): number {
  const { builder } = save;
  const { baseType } = field.type;
  const name = builder.createString(field.name);
  const type = saveType(save, field.type);
  const attributes = saveAttributes(save, field);
  const documentation = saveDocumentation(save, field);
  const integer = isInteger(baseType) ? savedInteger(field.defaultInteger) : 0n;
  const real = isFloat(baseType) ? field.defaultReal : 0;
  builder.startTable();
  // Not a number differs from everything, so it is written; the two zeros are equal.
  if (real !== 0) builder.addFloat64(14, real);
  if (integer !== 0n) builder.addInt64(12, integer);
  addRef(builder, 24, documentation);
  addRef(builder, 22, attributes);
  addRef(builder, 6, type);
  addRef(builder, 4, name);
  if (field.padding !== 0) builder.addInt16(28, field.padding);
  if (field.offset !== 0) builder.addInt16(10, field.offset);
  if (field.id !== 0) builder.addInt16(8, field.id);
  addFlag(builder, 30, field.offset64);
  addFlag(builder, 26, field.optional);
  addFlag(builder, 20, field.key);
  addFlag(builder, 18, field.required);
  addFlag(builder, 16, field.deprecated);
  return builder.endTable();
}

function saveType(save: Save, type: FieldType): number {
  const { builder } = save;
  const size = typeSize(type.baseType);
  const elementSize = elementByteSize(save.schema, type);
  builder.startTable();
  if (elementSize !== 0) builder.addInt32(14, elementSize);
  if (size !== 4) builder.addInt32(12, size);
  if (type.index !== -1) builder.addInt32(8, type.index);
  if (type.fixedLength !== 0) builder.addInt16(10, type.fixedLength);
  if (type.element !== BaseType.None) builder.addInt8(6, type.element);
  if (type.baseType !== BaseType.None) builder.addInt8(4, type.baseType);
  return builder.endTable();
}

function saveEnum(save: Save, declared: EnumDef): number {
  const { builder } = save;
  const values = declared.values.map((value) => saveEnumVal(save, value));
  const name = builder.createString(declared.name);
  const valueVector = builder.createOffsetVector(values);
  const type = saveType(save, declared.underlyingType);
  const attributes = saveAttributes(save, declared);
  const documentation = saveDocumentation(save, declared);
  const file = builder.createString(declared.declarationFile, true);
  builder.startTable();
  addRef(builder, 16, file);
  addRef(builder, 14, documentation);
  addRef(builder, 12, attributes);
  addRef(builder, 10, type);
  addRef(builder, 6, valueVector);
  addRef(builder, 4, name);
  addFlag(builder, 8, declared.isUnion);
  return builder.endTable();
}

function saveEnumVal(save: Save, value: EnumValDef): number {
  const { builder } = save;
  const name = builder.createString(value.name);
  const type = value.unionType === undefined ? 0 : saveType(save, value.unionType);
  const attributes = saveAttributes(save, value);
  const documentation = saveDocumentation(save, value);
  builder.startTable();
  if (value.value !== 0n) builder.addInt64(6, BigInt.asIntN(64, value.value));
  addRef(builder, 14, attributes);
  addRef(builder, 12, documentation);
  addRef(builder, 10, type);
  addRef(builder, 4, name);
  return builder.endTable();
}

function saveService(save: Save, service: ServiceDef): number {
  const { builder } = save;
  const calls = service.calls.map((call) => saveCall(save, call));
  const name = builder.createString(service.name);
  const callVector = builder.createOffsetVector(calls);
  const attributes = saveAttributes(save, service);
  const documentation = saveDocumentation(save, service);
  const file = builder.createString(service.declarationFile, true);
  builder.startTable();
  addRef(builder, 12, file);
  addRef(builder, 10, documentation);
  addRef(builder, 8, attributes);
  addRef(builder, 6, callVector);
  addRef(builder, 4, name);
  return builder.endTable();
}

function saveCall(save: Save, call: RpcCallDef): number {
  const { builder, objectRefs } = save;
  const name = builder.createString(call.name);
  const attributes = saveAttributes(save, call);
  const documentation = saveDocumentation(save, call);
  builder.startTable();
  addRef(builder, 12, documentation);
  addRef(builder, 10, attributes);
  addRef(builder, 8, objectRefs[call.response.index]!);
  addRef(builder, 6, objectRefs[call.request.index]!);
  addRef(builder, 4, name);
  return builder.endTable();
}

function saveFiles({ builder }: Save, files: readonly SchemaFileDef[]): number {
  const refs = files.map(({ fileName, includedFileNames }) => {
    const name = builder.createString(fileName, true);
    const included = builder.createOffsetVector(includedFileNames.map((file) => builder.createString(file, true)));
    builder.startTable();
    addRef(builder, 6, included);
    addRef(builder, 4, name);
    return { name: fileName, ref: builder.endTable() };
  });
  return builder.createOffsetVector(sortedRefs(refs));
}

function saveAttributes({ builder, options }: Save, { attributes }: Documented): number {
  const saved = [...attributes].filter(([name]) => options.isSaved(name)).sort(([a], [b]) => compareUtf8(a, b));
  if (saved.length === 0) return 0;
  const refs = saved.map(([name, text]) => {
    const key = builder.createString(name);
    const value = builder.createString(text);
    builder.startTable();
    addRef(builder, 6, value);
    addRef(builder, 4, key);
    return builder.endTable();
  });
  return builder.createOffsetVector(refs);
}

function saveDocumentation({ builder, options }: Save, { documentation }: Documented): number {
  if (!options.comments || documentation.length === 0) return 0;
  return builder.createOffsetVector(documentation.map((line) => builder.createString(line)));
}

function sortedRefs(refs: readonly NamedRef[]): number[] {
  return [...refs].sort((a, b) => compareUtf8(a.name, b.name)).map(({ ref }) => ref);
}

function addRef(builder: Builder, voffset: number, ref: number): void {
  if (ref !== 0) builder.addOffset(voffset, ref);
}

function addFlag(builder: Builder, voffset: number, flag: boolean): void {
  if (flag) builder.addInt8(voffset, 1);
}

/** flatc reads a default back as a signed number and takes 0 when that fails. */
function savedInteger(value: bigint): bigint {
  return value > 0x7fffffffffffffffn ? 0n : value;
}

/** What flatc calls the size of a type: that of what lies in its place, 4 for a fixed array, 1 for nothing. */
function typeSize(baseType: BaseType): number {
  if (baseType === BaseType.None) return 1;
  if (baseType === BaseType.Vector64) return 8;
  return scalarSize(baseType) || 4;
}

function elementByteSize({ objectList }: Schema, { baseType, element, index }: FieldType): number {
  const object = baseType === BaseType.Vector && element === BaseType.Obj ? objectList[index] : undefined;
  return object?.isStruct === true && object.byteSize !== 0 ? object.byteSize : typeSize(element);
}
