/**
 * Prints what a binary schema says, one line per field: `node examples/describe-schema.mjs SCHEMA.bfbs`.
 */
import { readFileSync } from "node:fs";
import { BaseType, loadSchema } from "flatlens";

const SCALAR_NAMES = new Map(Object.entries(BaseType).map(([name, value]) => [value, name.toLowerCase()]));

const schema = loadSchema(readFileSync(process.argv[2]));

for (const object of schema.objects.values()) {
  const root = object === schema.rootTable ? " (root)" : "";
  console.log(`${object.isStruct ? "struct" : "table"} ${object.name}${root}${comment(object)}`);
  for (const field of object.fields) {
    console.log(`  ${field.name}: ${typeName(field.type)}${field.required ? " (required)" : ""}${comment(field)}`);
  }
}

/** `index` counts in `objectList` for tables and structs, in `enumList` for enums and unions. */
function typeName({ baseType, element, index, fixedLength }) {
  if (baseType === BaseType.Vector) return `[${typeName({ baseType: element, index })}]`;
  if (baseType === BaseType.Array) return `[${typeName({ baseType: element, index })}:${fixedLength}]`;
  if (baseType === BaseType.Obj) return schema.objectList[index].name;
  if (index >= 0) return schema.enumList[index].name;
  return SCALAR_NAMES.get(baseType);
}

function comment({ documentation }) {
  return documentation.length === 0 ? "" : `  //${documentation.join(" ")}`;
}
