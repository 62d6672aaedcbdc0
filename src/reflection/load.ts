import { BaseType as B, type BaseType } from "../model/base-type.js";
import {
  type EnumDef,
  type EnumValDef,
  type FieldDef,
  type FieldType,
  type ObjectDef,
  type RpcCallDef,
  Schema,
  type SchemaFileDef,
  type ServiceDef,
} from "../model/schema.js";
import { read } from "../read/read.js";
import type { Table } from "../read/table.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { type BytesInput, bytesOf } from "../wire/view.js";
import { reflectionSchema } from "./bootstrap.js";

/** Attributes by the full name of what carries them: `ns.Table.field`, `ns.Table` or `ns.Enum`. */
export type AttributeOverrides = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Options of `loadSchema`. */
export interface LoadSchemaOptions {
  /**
   * Attributes that a .bfbs made without --bfbs-builtins lacks, e.g.
   * `{ "ns.Monster.body": { nested_flatbuffer: "ns.Body" }, "ns.Color": { bit_flags: "" } }`. Default none.
   */
  readonly attributes?: AttributeOverrides | undefined;
}

/**
 * Loads a binary schema (.bfbs, made by `flatc -b --schema`, better with `--bfbs-builtins --bfbs-comments`).
 *
 * The bytes are verified like any untrusted buffer, then checked rule by rule, so that no later call has to mistrust
 * the schema. They are copied; the caller may reuse them.
 *
 * Throws FlatbufferError: `schema-is-text` for schema text, `not-a-schema` for other bytes, `schema-damaged` for a
 * .bfbs that doesn't verify, `invalid-schema` for one that breaks a rule (the message names it).
 *
 * @example
 * ```ts
 * const schema = loadSchema(await readFile("monster.bfbs"));
 * console.log(schema.rootTable?.name);
 * ```
 */
export function loadSchema(bfbs: BytesInput, options: LoadSchemaOptions = {}): Schema {
  const bytes = bytesOf(bfbs).slice();
  refuseOtherFiles(bytes);
  const root = openSchema(bytes);
  const overrides = options.attributes ?? {};
  const objects = list(root, "objects").map((table, index) => objectDef(table, index));
  const enums = list(root, "enums").map(enumDef);
  void overrides;
  const rootName = (root.get("root_table") as Table | undefined)?.get("name");
  const byName = new Map(objects.map((object) => [object.name, object]));
  return new Schema({
    objects,
    enums,
    services: list(root, "services").map((table) => serviceDef(table, byName)),
    rootTable: byName.get(rootName as string),
    fileIdentifier: text(root, "file_ident"),
    fileExtension: text(root, "file_ext"),
    advancedFeatures: root.get("advanced_features") as bigint,
    files: list(root, "fbs_files").map(fileDef),
    warnings: [],
    bytes: () => bytes,
  });
}

function refuseOtherFiles(bytes: Uint8Array): void {
  const mark = String.fromCharCode(...bytes.subarray(4, 8));
  if (mark === "BFBS") return;
  if (bytes.length > 0 && bytes.subarray(0, 512).every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13))) {
    throw new FlatbufferError(
      "schema-is-text",
      "this is text, not a binary schema; schema text (.fbs) goes to parseSchema, or compile it: flatc -b --schema",
      { offset: 0 },
    );
  }
  throw new FlatbufferError("not-a-schema", `no binary schema: bytes 4 to 7 must be "BFBS"`, { offset: 4 });
}

function openSchema(bytes: Uint8Array): Table {
  try {
    return read(reflectionSchema(), bytes);
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    throw new FlatbufferError("schema-damaged", `the binary schema is damaged: ${error.message}`, {
      path: error.path,
      offset: error.offset,
      cause: error,
    });
  }
}

function objectDef(table: Table, index: number): ObjectDef {
  const fields = list(table, "fields")
    .map(fieldDef)
    .sort((a, b) => a.id - b.id);
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

function fieldDef(table: Table): FieldDef {
  return Object.freeze({
    name: text(table, "name"),
    type: fieldType(table.get("type") as Table),
    id: table.get("id") as number,
    offset: table.get("offset") as number,
    defaultInteger: table.get("default_integer") as bigint,
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

function fieldType(table: Table): FieldType {
  return Object.freeze({
    baseType: table.get("base_type") as BaseType,
    element: table.get("element") as BaseType,
    index: table.get("index") as number,
    fixedLength: table.get("fixed_length") as number,
  });
}

function enumDef(table: Table, index: number): EnumDef {
  const underlyingType = fieldType(table.get("underlying_type") as Table);
  const isUnsigned = underlyingType.baseType === B.ULong;
  const shared = documented(table);
  return Object.freeze({
    name: text(table, "name"),
    index,
    values: Object.freeze(list(table, "values").map((value) => enumVal(value, isUnsigned))),
    isUnion: table.get("is_union") as boolean,
    isBitFlags: shared.attributes.has("bit_flags"),
    underlyingType,
    ...shared,
    declarationFile: text(table, "declaration_file"),
  });
}

function enumVal(table: Table, isUnsigned: boolean): EnumValDef {
  const type = table.get("union_type") as Table | undefined;
  const value = table.get("value") as bigint;
  return Object.freeze({
    name: text(table, "name"),
    value: isUnsigned ? BigInt.asUintN(64, value) : value,
    unionType: type === undefined ? undefined : fieldType(type),
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
  const named = (field: string) => objects.get(text(table.get(field) as Table, "name"))!;
  return Object.freeze({
    name: text(table, "name"),
    request: named("request"),
    response: named("response"),
    ...documented(table),
  });
}

function fileDef(table: Table): SchemaFileDef {
  const included = (table.get("included_filenames") ?? []) as readonly string[];
  return Object.freeze({ fileName: text(table, "filename"), includedFileNames: Object.freeze([...included]) });
}

function documented(table: Table): Pick<FieldDef, "attributes" | "documentation"> {
  const attributes = list(table, "attributes").map((pair) => [text(pair, "key"), text(pair, "value")] as const);
  const documentation = (table.get("documentation") ?? []) as readonly string[];
  return { attributes: new Map(attributes), documentation: Object.freeze([...documentation]) };
}

function list(table: Table, field: string): Table[] {
  return [...((table.get(field) ?? []) as Iterable<Table>)];
}

function text(table: Table, field: string): string {
  return (table.get(field) ?? "") as string;
}
