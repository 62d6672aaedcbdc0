import { BaseType, isScalar } from "../model/base-type.js";
import {
  type EnumDef,
  type EnumValDef,
  type FieldDef,
  type FieldType,
  type ObjectDef,
  Schema,
} from "../model/schema.js";
import {
  type EnumWords,
  type FieldWords,
  REFLECTION_ENUMS,
  REFLECTION_TABLES,
  type TableWords,
} from "./bootstrap-words.js";
import { saveSchema } from "./save.js";

/** The schema of schemas, by which every .bfbs is read. Loading reflection/reflection.bfbs gives the same model. */
export function reflectionSchema(): Schema {
  bootstrap ??= makeBootstrap();
  return bootstrap;
}

const NAMESPACE = "reflection";
const FILE = "//reflection.fbs";

let bootstrap: Schema | undefined;

const enumNames = REFLECTION_ENUMS.map(({ name }) => name).sort();
const tableNames = REFLECTION_TABLES.map(({ name }) => name).sort();

function makeBootstrap(): Schema {
  const objects = sorted(REFLECTION_TABLES).map(objectDef);
  const enums = sorted(REFLECTION_ENUMS).map(enumDef);
  const schema: Schema = new Schema({
    objects,
    enums,
    services: [],
    rootTable: objects.find(({ name }) => name === `${NAMESPACE}.Schema`),
    fileIdentifier: "BFBS",
    fileExtension: "bfbs",
    advancedFeatures: 0n,
    files: [{ fileName: FILE, includedFileNames: [] }],
    warnings: [],
    bytes: () => saveBootstrap(schema),
  });
  return schema;
}

function objectDef({ name, doc, fields }: TableWords, index: number): ObjectDef {
  const fieldDefs = fields.map(fieldDef);
  return Object.freeze({
    name: `${NAMESPACE}.${name}`,
    index,
    isStruct: false,
    fields: Object.freeze(fieldDefs),
    fieldsByName: new Map(fieldDefs.map((field) => [field.name, field])),
    minAlign: 1,
    byteSize: 0,
    attributes: new Map(),
    documentation: docLines(doc),
    declarationFile: FILE,
  });
}

function fieldDef([name, type, marks, doc, defaultInteger = 0]: FieldWords, id: number): FieldDef {
  const has = (mark: string) => marks.split(" ").includes(mark);
  const fieldType = typeOf(type);
  const required = has("required");
  return Object.freeze({
    name,
    type: fieldType,
    id,
    offset: 4 + 2 * id,
    defaultInteger: BigInt(defaultInteger),
    defaultReal: 0,
    defaultString: undefined,
    deprecated: has("deprecated"),
    required,
    key: has("key"),
    optional: !required && !isScalar(fieldType.baseType),
    padding: 0,
    offset64: false,
    attributes: new Map(
      marks === ""
        ? []
        : marks
            .split(" ")
            .sort()
            .map((mark) => [mark, "0"]),
    ),
    documentation: docLines(doc),
  });
}

function enumDef({ name, type, bitFlags, doc, values }: EnumWords, index: number): EnumDef {
  return Object.freeze({
    name: `${NAMESPACE}.${name}`,
    index,
    values: Object.freeze(
      values.map(([word, text], at) => enumVal(word, text, bitFlags ? 1n << BigInt(at) : BigInt(at))),
    ),
    isUnion: false,
    isBitFlags: bitFlags,
    underlyingType: { ...plainType(type), index },
    attributes: new Map(bitFlags ? [["bit_flags", "0"]] : []),
    documentation: docLines(doc),
    declarationFile: FILE,
  });
}

function enumVal(name: string, doc: string, value: bigint): EnumValDef {
  const documentation = docLines(doc);
  return Object.freeze({ name, value, unionType: plainType(BaseType.None), attributes: new Map(), documentation });
}

/** A type as the schema writes it: a scalar, `string`, a name of an enum or table, or one of those in brackets. */
function typeOf(text: string): FieldType {
  if (text.startsWith("[")) {
    const element = typeOf(text.slice(1, -1));
    return { baseType: BaseType.Vector, element: element.baseType, index: element.index, fixedLength: 0 };
  }
  const scalar = WORDS.get(text);
  if (scalar !== undefined) return plainType(scalar);
  const enumIndex = enumNames.indexOf(text);
  if (enumIndex < 0) return { ...plainType(BaseType.Obj), index: tableNames.indexOf(text) };
  const { type } = REFLECTION_ENUMS.find(({ name }) => name === text)!;
  return { ...plainType(type), index: enumIndex };
}

const WORDS: ReadonlyMap<string, BaseType> = new Map<string, BaseType>([
  ["bool", BaseType.Bool],
  ["ushort", BaseType.UShort],
  ["uint16", BaseType.UShort],
  ["int", BaseType.Int],
  ["uint", BaseType.UInt],
  ["long", BaseType.Long],
  ["double", BaseType.Double],
  ["string", BaseType.String],
]);

function plainType(baseType: BaseType): FieldType {
  return { baseType, element: BaseType.None, index: -1, fixedLength: 0 };
}

/** Doc lines keep the space that stands after the slashes. */
function docLines(doc: string): readonly string[] {
  return Object.freeze(doc.split("\n").map((line) => ` ${line}`));
}

function sorted<T extends { readonly name: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same bytes as reflection/reflection.bfbs: flatc writes types in order of declaration. */
function saveBootstrap(schema: Schema): Uint8Array {
  const declared = <T>(words: readonly { readonly name: string }[], get: (name: string) => T | undefined): T[] =>
    words.map(({ name }) => get(`${NAMESPACE}.${name}`)!);
  return saveSchema(schema, {
    objects: declared(REFLECTION_TABLES, (name) => schema.object(name)),
    enums: declared(REFLECTION_ENUMS, (name) => schema.enum(name)),
    comments: true,
    isSaved: () => true,
  });
}
