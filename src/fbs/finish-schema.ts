import { BaseType } from "../model/base-type.js";
import {
  type EnumDef,
  type EnumValDef,
  type FieldDef,
  type FieldType,
  type ObjectDef,
  Schema,
  type SchemaFileDef,
  type ServiceDef,
} from "../model/schema.js";
import { saveSchema } from "../reflection/save.js";
import { compareUtf8 } from "../text/compare-utf8.js";
import {
  type Attributes,
  type EnumDraft,
  type FieldDraft,
  fullName,
  type ObjectDraft,
  type ServiceDraft,
  type TypeDraft,
} from "./drafts.js";
import type { BfbsOptions } from "./parse-schema.js";
import type { Resolution } from "./resolution.js";
import type { FileRecord, FileRecords } from "./resolve-files.js";
import { projectPath } from "./source-path.js";

/** Turns a resolution without mistakes into the model. */
export function finishSchema(resolution: Resolution, { projectRoot, records }: FileRecords, bfbs: BfbsOptions): Schema {
  const { symbols, attributes } = resolution;
  const objects = byName(symbols.definitions);
  const enums = byName(symbols.enums.values());
  for (const [index, object] of objects.entries()) object.index = index;
  for (const [index, declared] of enums.entries()) declared.index = index;
  const objectDefs = objects.map(objectDef);
  const enumDefs = enums.map(enumDef);
  const services = [...resolution.services.values()].map((service) => serviceDef(service, objectDefs));
  const schema: Schema = new Schema({
    objects: objectDefs,
    enums: enumDefs,
    services: [...services].sort((a, b) => compareUtf8(a.name, b.name)),
    rootTable: resolution.root === undefined ? undefined : objectDefs[resolution.root.index],
    fileIdentifier: resolution.fileIdentifier,
    fileExtension: resolution.fileExtension,
    advancedFeatures: BigInt(resolution.features),
    files: records.map((file) => fileDef(file, projectRoot)).sort((a, b) => compareUtf8(a.fileName, b.fileName)),
    warnings: resolution.problems.warnings,
    bytes: () =>
      saveSchema(schema, {
        objects: symbols.definitions.map(({ index }) => objectDefs[index]!),
        enums: [...symbols.enums.values()].map(({ index }) => enumDefs[index]!),
        services,
        comments: bfbs.comments ?? false,
        isSaved: (name) => bfbs.builtins === true || attributes.get(name) === false,
      }),
  });
  return schema;
}

function objectDef(object: ObjectDraft): ObjectDef {
  const fields = object.fields.map(fieldDef);
  return Object.freeze({
    name: fullName(object),
    index: object.index,
    isStruct: object.isStruct,
    fields: Object.freeze(fields),
    fieldsByName: new Map(fields.map((field) => [field.name, field])),
    minAlign: object.minAlign,
    byteSize: object.byteSize,
    attributes: texts(object.attributes),
    documentation: docLines(object.docs),
    declarationFile: object.declarationFile,
  });
}

function fieldDef(field: FieldDraft): FieldDef {
  return Object.freeze({
    name: field.name,
    type: fieldType(field.type),
    id: field.id,
    offset: field.offset,
    defaultInteger: field.defaultInteger,
    defaultReal: field.defaultReal,
    defaultString: field.defaultString,
    deprecated: field.deprecated,
    required: field.required,
    key: field.key,
    optional: field.optional,
    padding: field.padding,
    offset64: field.offset64,
    attributes: texts(field.attributes),
    documentation: docLines(field.docs),
  });
}

function enumDef(declared: EnumDraft): EnumDef {
  return Object.freeze({
    name: fullName(declared),
    index: declared.index,
    values: Object.freeze(declared.values.map(enumVal)),
    isUnion: declared.isUnion,
    isBitFlags: declared.attributes.has("bit_flags"),
    underlyingType: fieldType({
      baseType: declared.underlying,
      element: BaseType.None,
      object: undefined,
      enum: declared,
      fixedLength: 0,
    }),
    attributes: texts(declared.attributes),
    documentation: docLines(declared.docs),
    declarationFile: declared.declarationFile,
  });
}

function enumVal({ name, value, type, attributes, docs }: EnumDraft["values"][number]): EnumValDef {
  return Object.freeze({
    name,
    value,
    unionType: fieldType(type),
    attributes: texts(attributes),
    documentation: docLines(docs),
  });
}

function serviceDef(service: ServiceDraft, objects: readonly ObjectDef[]): ServiceDef {
  const calls = service.calls.map(({ name, request, response, attributes, docs }) =>
    Object.freeze({
      name,
      request: objects[request.index]!,
      response: objects[response.index]!,
      attributes: texts(attributes),
      documentation: docLines(docs),
    }),
  );
  return Object.freeze({
    name: fullName(service),
    calls: Object.freeze(calls),
    attributes: texts(service.attributes),
    documentation: docLines(service.docs),
    declarationFile: service.declarationFile,
  });
}

function fileDef({ fileName, included }: FileRecord, root: string): SchemaFileDef {
  const names = [...included].sort(compareUtf8).map((name) => projectPath(root, name));
  return Object.freeze({ fileName: projectPath(root, fileName), includedFileNames: Object.freeze(names) });
}

function fieldType({ baseType, element, object, enum: declared, fixedLength }: TypeDraft): FieldType {
  const index = object?.index ?? declared?.index ?? -1;
  return Object.freeze({ baseType, element, index, fixedLength });
}

function texts(attributes: Attributes): ReadonlyMap<string, string> {
  return new Map([...attributes].map(([name, { text }]) => [name, text]));
}

/** Comments may hold bytes that are no UTF-8; in the model they are text. */
function docLines(docs: readonly string[]): readonly string[] {
  return Object.freeze(docs.map((line) => line.replace(/[\ud800-\udfff]/gu, "\ufffd")));
}

function byName<T extends { readonly name: string; readonly namespace: string }>(drafts: Iterable<T>): T[] {
  return [...drafts].sort((a, b) => compareUtf8(fullName(a), fullName(b)));
}
