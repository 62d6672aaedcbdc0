import { BaseType, isInteger } from "../model/base-type.js";
import { needSchema } from "../model/need-schema.js";
import { namespaceOf } from "../model/resolve-name.js";
import type { EnumDef, Schema, ServiceDef } from "../model/schema.js";
import { BUILTIN_ATTRIBUTES } from "./builtin-attributes.js";
import { printAttributes, printDocs } from "./print-documented.js";
import { printEnum } from "./print-enum.js";
import { printObject } from "./print-object.js";
import { declarationOrder, lastPart, type TypeDef } from "./print-order.js";
import { quote } from "./quote.js";
import { createSpelling, declareType, type Spelling, spell } from "./spelling.js";

/** What the printing of one schema shares. */
export interface Printing {
  readonly schema: Schema;
  readonly spelling: Spelling;
  readonly lines: string[];
  /** Enums of a .bfbs without builtin attributes that must have been bit_flags. */
  readonly bitFlags: ReadonlySet<EnumDef>;
  /** A string or vector has a default, and no printed field says so yet. */
  owesDefault: boolean;
}

/**
 * Writes a schema as text (.fbs) that parses to the same model: types by namespace, with comments and attributes.
 *
 * A schema loaded from a .bfbs without builtin attributes gets those that can be told from the model; what such a file
 * left out (bit_flags, nested_flatbuffer, hash) stays left out. File names are not part of the text.
 *
 * Throws `invalid-schema` when names hide one another so that no text can say which is meant.
 *
 * @example
 * ```ts
 * console.log(printSchema(loadSchema(bfbs)));
 * ```
 */
export function printSchema(schema: Schema): string {
  needSchema(schema);
  const declarations = declarationOrder(schema);
  const printing: Printing = {
    schema,
    spelling: createSpelling([...schema.enumList, ...schema.objectList], nestedNames(schema)),
    lines: [],
    bitFlags: hiddenBitFlags(schema),
    owesDefault: owesDefault(schema),
  };
  const { lines } = printing;
  for (const name of declaredAttributes(schema)) lines.push(`attribute ${quote(name)};`);
  let namespace = "";
  const enter = (name: string) => {
    if (lines.length > 0) lines.push("");
    if (namespaceOf(name) === namespace) return;
    namespace = namespaceOf(name);
    lines.push(namespace === "" ? "namespace;" : `namespace ${namespace};`, "");
  };
  for (const declaration of declarations) {
    enter(declaration.name);
    if ("calls" in declaration) printService(printing, declaration);
    else printType(printing, declaration);
  }
  const ending = endingLines(schema);
  if (ending.length > 0 && lines.length > 0) lines.push("");
  lines.push(...ending);
  return lines.length === 0 ? "namespace;\n" : `${lines.join("\n")}\n`;
}

function printType(printing: Printing, type: TypeDef): void {
  declareType(printing.spelling, type);
  if ("values" in type) printEnum(printing, type);
  else printObject(printing, type);
}

function printService(printing: Printing, service: ServiceDef): void {
  const { lines, spelling } = printing;
  const namespace = namespaceOf(service.name);
  printDocs(printing, service, "");
  lines.push(`rpc_service ${lastPart(service.name)}${printAttributes(service.attributes)} {`);
  for (const call of service.calls) {
    printDocs(printing, call, "  ");
    const request = spell(spelling, call.request, namespace, "method");
    const response = spell(spelling, call.response, namespace, "method");
    lines.push(`  ${call.name}(${request}): ${response}${printAttributes(call.attributes)};`);
  }
  lines.push("}");
}

function endingLines({ rootTable, fileIdentifier, fileExtension }: Schema): string[] {
  const lines: string[] = [];
  if (rootTable !== undefined) lines.push(`root_type ${rootTable.name};`);
  if (fileIdentifier !== "") lines.push(`file_identifier ${quote(fileIdentifier)};`);
  if (fileExtension !== "") lines.push(`file_extension ${quote(fileExtension)};`);
  return lines;
}

/** Attributes in use that must be declared, sorted. */
function declaredAttributes(schema: Schema): string[] {
  const used = new Set<string>();
  const note = ({ attributes }: { readonly attributes: ReadonlyMap<string, string> }) => {
    for (const name of attributes.keys()) used.add(name);
  };
  for (const object of schema.objectList) [object, ...object.fields].forEach(note);
  for (const declared of schema.enumList) [declared, ...declared.values].forEach(note);
  for (const service of schema.services.values()) [service, ...service.calls].forEach(note);
  for (const name of BUILTIN_ATTRIBUTES) used.delete(name);
  return [...used].sort();
}

/** What nested_flatbuffer attributes say. */
function nestedNames({ objectList }: Schema): Set<string> {
  const names = objectList.flatMap(({ fields }) => fields.map((field) => field.attributes.get("nested_flatbuffer")));
  return new Set(names.filter((name) => name !== undefined));
}

/**
 * Enums whose values are all single bits and that are the type of a field whose default is none of them: only bit_flags
 * may be so.
 */
function hiddenBitFlags({ objectList, enumList }: Schema): Set<EnumDef> {
  const hidden = new Set<EnumDef>();
  const numbers = new Map(enumList.map((declared) => [declared, new Set(declared.values.map(({ value }) => value))]));
  for (const { fields } of objectList) {
    for (const { type, optional, defaultInteger } of fields) {
      const baseType = type.baseType === BaseType.Array ? type.element : type.baseType;
      const declared = type.index >= 0 && isInteger(baseType) ? enumList[type.index]! : undefined;
      if (declared === undefined || declared.isBitFlags || optional || hidden.has(declared)) continue;
      if (numbers.get(declared)!.has(defaultInteger)) continue;
      if (declared.values.every(({ value }) => isSingleBit(value))) hidden.add(declared);
    }
  }
  return hidden;
}

function isSingleBit(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}

/** Whether the schema is marked as having defaults of strings or vectors that no field will show. */
function owesDefault({ advancedFeatures, objectList }: Schema): boolean {
  if ((advancedFeatures & 8n) === 0n) return false;
  return !objectList.some(({ isStruct, fields }) => {
    return fields.some(({ type, optional, required, defaultString }) => {
      const isVector = type.baseType === BaseType.Vector || type.baseType === BaseType.Vector64;
      const hasDefault = defaultString !== undefined || (!optional && !required);
      return !isStruct && (type.baseType === BaseType.String || isVector) && hasDefault;
    });
  });
}
