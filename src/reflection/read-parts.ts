import { BaseType, isInteger, isScalar } from "../model/base-type.js";
import type {
  EnumDef,
  EnumValDef,
  FieldDef,
  FieldType,
  ObjectDef,
  RpcCallDef,
  SchemaFileDef,
  SchemaParts,
  ServiceDef,
} from "../model/schema.js";
import type { Table } from "../read/table.js";
import { sortedPlaces } from "./sorted-places.js";

/**
 * Reads the tables of a .bfbs into model parts; nothing is judged yet. Writers sort objects and enums by name; where
 * one didn't, they are sorted here and every index follows.
 */
export function readParts(root: Table): SchemaParts {
  const objectTables = list(root, "objects");
  const enumTables = list(root, "enums");
  const places: Places = {
    objects: sortedPlaces(objectTables.map((table) => text(table, "name"))),
    enums: sortedPlaces(enumTables.map((table) => text(table, "name"))),
  };
  const objects = placed(objectTables, places.objects).map((table, index) => objectDef(table, index, places));
  const enums = placed(enumTables, places.enums).map((table, index) => enumDef(table, index, places));
  const byName = new Map(objects.map((object) => [object.name, object]));
  const rootTable = root.get("root_table") as Table | undefined;
  return {
    objects,
    enums,
    services: list(root, "services").map((table) => serviceDef(table, byName)),
    rootTable: rootTable && named(byName, rootTable),
    fileIdentifier: text(root, "file_ident"),
    fileExtension: text(root, "file_ext"),
    advancedFeatures: root.get("advanced_features") as bigint,
    files: list(root, "fbs_files").map(fileDef),
    warnings: [],
    bytes: () => new Uint8Array(0),
  };
}

/** By place in the file: place after sorting by name. */
interface Places {
  readonly objects: Int32Array;
  readonly enums: Int32Array;
}

function placed(tables: readonly Table[], places: Int32Array): Table[] {
  const sorted: Table[] = new Array(tables.length);
  for (const [index, table] of tables.entries()) sorted[places[index]!] = table;
  return sorted;
}

function objectDef(table: Table, index: number, places: Places): ObjectDef {
  const fields = list(table, "fields").map((field) => fieldDef(field, places));
  fields.sort((a, b) => a.id - b.id);
  return Object.freeze({
    name: text(table, "name"),
    index,
    isStruct: table.get("is_struct") as boolean,
    fields: Object.freeze(fields),
    fieldsByName: new Map(fields.map((field) => [field.name, field])),
    minAlign: table.get("minalign") as number,
    byteSize: table.get("bytesize") as number,
    ...documented(table),
    declarationFile: text(table, "declaration_file"),
  });
}

function fieldDef(table: Table, places: Places): FieldDef {
  const type = fieldType(table.get("type") as Table, places);
  const defaultInteger = table.get("default_integer") as bigint;
  return Object.freeze({
    name: text(table, "name"),
    type,
    id: table.get("id") as number,
    offset: table.get("offset") as number,
    defaultInteger: type.baseType === BaseType.ULong ? BigInt.asUintN(64, defaultInteger) : defaultInteger,
    defaultReal: table.get("default_real") as number,
    defaultString: undefined,
    deprecated: table.get("deprecated") as boolean,
    required: table.get("required") as boolean,
    key: table.get("key") as boolean,
    optional: table.get("optional") as boolean,
    padding: table.get("padding") as number,
    offset64: table.get("offset64") as boolean,
    ...documented(table),
  });
}

function fieldType(table: Table, places: Places): FieldType {
  const baseType = table.get("base_type") as BaseType;
  const element = table.get("element") as BaseType;
  const fixedLength = table.get("fixed_length") as number;
  const holder = baseType === BaseType.Vector || baseType === BaseType.Vector64 || baseType === BaseType.Array;
  const index = placeOf(table.get("index") as number, holder ? element : baseType, places);
  return Object.freeze({ baseType, element, index, fixedLength });
}

/** Where an index leads after sorting; out of range stays out of range, for the rules to refuse. */
function placeOf(index: number, type: BaseType, places: Places): number {
  if (index < 0) return -1;
  if (type === BaseType.Obj) return places.objects[index] ?? index;
  if (type === BaseType.Union || isInteger(type)) return places.enums[index] ?? index;
  return isScalar(type) ? index : -1;
}

function enumDef(table: Table, index: number, places: Places): EnumDef {
  const underlyingType = fieldType(table.get("underlying_type") as Table, places);
  const isUnsigned = underlyingType.baseType === BaseType.ULong;
  const isUnion = table.get("is_union") as boolean;
  const shared = documented(table);
  const values = list(table, "values").map((value) => enumVal(value, isUnsigned, places));
  values.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  return Object.freeze({
    name: text(table, "name"),
    index,
    values: Object.freeze(values),
    isUnion,
    isBitFlags: !isUnion && shared.attributes.has("bit_flags"),
    underlyingType,
    ...shared,
    declarationFile: text(table, "declaration_file"),
  });
}

function enumVal(table: Table, isUnsigned: boolean, places: Places): EnumValDef {
  const type = table.get("union_type") as Table | undefined;
  const value = table.get("value") as bigint;
  return Object.freeze({
    name: text(table, "name"),
    value: isUnsigned ? BigInt.asUintN(64, value) : value,
    unionType: type && fieldType(type, places),
    ...documented(table),
  });
}

function serviceDef(table: Table, objects: ReadonlyMap<string, ObjectDef>): ServiceDef {
  return Object.freeze({
    name: text(table, "name"),
    calls: Object.freeze(list(table, "calls").map((call) => rpcCall(call, objects))),
    ...documented(table),
    declarationFile: text(table, "declaration_file"),
  });
}

function rpcCall(table: Table, objects: ReadonlyMap<string, ObjectDef>): RpcCallDef {
  return Object.freeze({
    name: text(table, "name"),
    request: named(objects, table.get("request") as Table),
    response: named(objects, table.get("response") as Table),
    ...documented(table),
  });
}

/** The object that a table tells of, found by its name. One that isn't in the schema keeps its name for the rules to refuse. */
function named(objects: ReadonlyMap<string, ObjectDef>, table: Table): ObjectDef {
  const name = text(table, "name");
  return objects.get(name) ?? objectDef(table, -1, { objects: new Int32Array(0), enums: new Int32Array(0) });
}

function fileDef(table: Table): SchemaFileDef {
  const included = (table.get("included_filenames") ?? []) as Iterable<string>;
  return Object.freeze({ fileName: text(table, "filename"), includedFileNames: Object.freeze([...included]) });
}

function documented(table: Table): Pick<FieldDef, "attributes" | "documentation"> {
  const attributes = list(table, "attributes").map((pair) => [text(pair, "key"), text(pair, "value")] as const);
  const documentation = (table.get("documentation") ?? []) as Iterable<string>;
  return { attributes: new Map(attributes), documentation: Object.freeze([...documentation]) };
}

function list(table: Table, field: string): Table[] {
  return [...((table.get(field) ?? []) as Iterable<Table>)];
}

function text(table: Table, field: string): string {
  return (table.get(field) ?? "") as string;
}
