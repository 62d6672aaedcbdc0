import { BaseType, isInteger, scalarInfo } from "../model/base-type.js";
import type { EnumDef, ObjectDef, SchemaParts, ServiceDef } from "../model/schema.js";
import { MAX_NAME_BYTES, refuse, requireNames } from "./rules.js";
import { validateFields } from "./validate-fields.js";
import { validateStructs } from "./validate-structs.js";

const MAX_OBJECTS = 65_535;
const MAX_ENUMS = 65_535;
const MAX_FIELDS = 1_000_000;
/** A vtable's size is a u16: (65,535 - 4) / 2 slots, one less because sizes are even. */
export const MAX_TABLE_FIELDS = 32_765;

/**
 * Makes sure that a model is what the rules of SECURITY.md (V2 to V14) ask for, so that no walker has to doubt it.
 * Throws `invalid-schema`; the message begins with the rule.
 */
export function validateSchema(parts: SchemaParts): void {
  validateTotals(parts);
  requireNames("objects", parts.objects);
  requireNames("enums", parts.enums);
  requireNames("services", parts.services);
  for (const enumDef of parts.enums) validateEnum(parts, enumDef);
  for (const object of parts.objects) {
    requireNames(object.name, object.fields);
    if (!object.isStruct) validateTable(object);
    validateFields(parts, object);
  }
  validateStructs(parts.objects);
  validateRoot(parts);
  for (const service of parts.services) validateService(service);
  if (new TextEncoder().encode(parts.fileIdentifier).length > MAX_NAME_BYTES) refuse("V6", "file_ident", "is too long");
}

function validateTotals({ objects, enums }: SchemaParts): void {
  if (objects.length > MAX_OBJECTS)
    refuse("V14", "objects", `has ${objects.length}, at most ${MAX_OBJECTS} are possible`);
  if (enums.length > MAX_ENUMS) refuse("V14", "enums", `has ${enums.length}, at most ${MAX_ENUMS} are possible`);
  const fields = objects.reduce((sum, object) => sum + object.fields.length, 0);
  if (fields > MAX_FIELDS) refuse("V14", "fields", `there are ${fields}, at most ${MAX_FIELDS} are allowed`);
}

/** Ids count from 0 without gaps, and the vtable slot follows from the id. */
function validateTable(object: ObjectDef): void {
  if (object.fields.length > MAX_TABLE_FIELDS) {
    refuse("V5", object.name, `has ${object.fields.length} fields; a vtable has room for ${MAX_TABLE_FIELDS}`);
  }
  for (const [id, field] of object.fields.entries()) {
    const place = `${object.name}.${field.name}`;
    if (field.id !== id)
      refuse("V5", place, `has the id ${field.id} where ${id} is due: ids must count from 0 without gaps`);
    if (field.offset !== 4 + 2 * id)
      refuse("V5", place, `has the slot ${field.offset}; id ${id} makes it ${4 + 2 * id}`);
  }
}

function validateEnum(parts: SchemaParts, enumDef: EnumDef): void {
  const { name, isUnion, underlyingType } = enumDef;
  const info = scalarInfo(underlyingType.baseType);
  if (info === undefined || !isInteger(underlyingType.baseType) || underlyingType.baseType === BaseType.Bool) {
    refuse("V8", name, `must be based on an integer type`);
  }
  if (isUnion !== (underlyingType.baseType === BaseType.UType) && !isUnion) {
    refuse("V8", name, "is no union but is based on the type of unions' tags");
  }
  requireNames(name, enumDef.values);
  const seen = new Set<bigint>();
  for (const { name: valueName, value, unionType } of enumDef.values) {
    const place = `${name}.${valueName}`;
    if (seen.has(value)) refuse("V8", place, `has the value ${value}, which another one has`);
    if (value < info.min || value > info.max)
      refuse("V8", place, `has the value ${value}; ${info.name} holds ${info.min} to ${info.max}`);
    seen.add(value);
    if (isUnion) validateMember(parts, place, value, unionType);
  }
}

function validateMember(
  parts: SchemaParts,
  place: string,
  value: bigint,
  type: EnumDef["values"][number]["unionType"],
): void {
  if (value === 0n) {
    if (type !== undefined && type.baseType !== BaseType.None)
      refuse("V2", place, "has the value 0, which is NONE, and a type");
    return;
  }
  const isObject = type?.baseType === BaseType.Obj && parts.objects[type.index] !== undefined;
  if (!isObject && type?.baseType !== BaseType.String)
    refuse("V2", place, "is no table, struct or string of this schema");
}

function validateRoot({ rootTable, objects }: SchemaParts): void {
  if (rootTable === undefined) return;
  if (objects[rootTable.index] !== rootTable) refuse("V13", "root_table", "is none of the objects");
  if (rootTable.isStruct) refuse("V13", rootTable.name, "is the root, but a struct");
}

function validateService(service: ServiceDef): void {
  requireNames(service.name, service.calls);
  for (const { name, request, response } of service.calls) {
    const place = `${service.name}.${name}`;
    if (request.index < 0 || response.index < 0)
      refuse("V13", place, "has a request or response that is none of the objects");
    if (request.isStruct || response.isStruct)
      refuse("V13", place, "has a struct as request or response; both must be tables");
  }
}
