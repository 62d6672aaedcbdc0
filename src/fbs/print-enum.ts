import { BaseType, baseTypeName } from "../model/base-type.js";
import { namespaceOf } from "../model/resolve-name.js";
import type { EnumDef, EnumValDef } from "../model/schema.js";
import { printAttributes, printDocs } from "./print-documented.js";
import { lastPart } from "./print-order.js";
import type { Printing } from "./print-schema.js";
import { spell, spellsMember } from "./spelling.js";

/** Writes an enum or union. */
export function printEnum(printing: Printing, declared: EnumDef): void {
  const { lines } = printing;
  const { baseType } = declared.underlyingType;
  const attributes = new Map(declared.attributes);
  const isBitFlags = declared.isBitFlags || printing.bitFlags.has(declared);
  if (isBitFlags && !attributes.has("bit_flags")) attributes.set("bit_flags", "0");
  const type = baseType === BaseType.UType ? "" : ` : ${baseTypeName(baseType)}`;
  const word = declared.isUnion ? "union" : "enum";
  printDocs(printing, declared, "");
  lines.push(`${word} ${lastPart(declared.name)}${type}${printAttributes(attributes)} {`);
  // Every union has NONE by itself, before all members.
  const values = declared.isUnion ? declared.values.filter(isMember) : declared.values;
  let next = declared.isUnion ? 1n : 0n;
  for (const [at, value] of values.entries()) {
    const number = isBitFlags ? bitNumber(value.value) : value.value;
    const written = number === next ? "" : ` = ${number}`;
    next = number + 1n;
    const member = declared.isUnion ? printMember(printing, declared, value) : value.name;
    const comma = at === values.length - 1 ? "" : ",";
    printDocs(printing, value, "  ");
    lines.push(`  ${member}${written}${printAttributes(value.attributes)}${comma}`);
  }
  lines.push("}");
}

function isMember({ unionType }: EnumValDef): boolean {
  return unionType !== undefined && unionType.baseType !== BaseType.None;
}

/** `Name` for a type of that very name, `Name: type` for others. */
function printMember(printing: Printing, declared: EnumDef, { name, unionType }: EnumValDef): string {
  const namespace = namespaceOf(declared.name);
  if (unionType?.baseType !== BaseType.Obj) return `${name}: string`;
  const object = printing.schema.objectList[unionType.index]!;
  if (spellsMember(printing.spelling, name, object, namespace)) return name;
  return `${name}: ${spell(printing.spelling, object, namespace)}`;
}

/** Which bit a flag is. */
function bitNumber(value: bigint): bigint {
  return BigInt(BigInt.asUintN(64, value).toString(2).length - 1);
}
