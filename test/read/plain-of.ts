import { BaseType, type FieldDef, type Table } from "../../src/index.js";
import { Struct } from "../../src/read/struct.js";
import { Table as TableView } from "../../src/read/table.js";
import { Vector } from "../../src/read/vector.js";

/**
 * What `toObject(..., { enums: "number" })` must give, gathered through views alone: every field of every table by
 * `get`, every element by `at`.
 */
export function plainOf(view: Table | Struct): Record<string, unknown> {
  const plain: Record<string, unknown> = Object.create(null);
  for (const field of view.def.fields) {
    const value = view.get(field.name);
    if (value === undefined || isUnknown(value)) continue;
    if (isScalar(field) && field.deprecated && !view.has(field.name)) continue;
    plain[field.name] = plainValue(value, field);
  }
  return plain;
}

function plainValue(value: unknown, field: FieldDef): unknown {
  if (value instanceof TableView || value instanceof Struct) return plainOf(value);
  if (!(value instanceof Vector)) return value;
  const elements: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    const element = value.at(index);
    elements.push(element === undefined || isUnknown(element) ? null : plainValue(element, field));
  }
  return field.type.element === BaseType.UByte ? Uint8Array.from(elements as number[]) : elements;
}

function isScalar({ type }: FieldDef): boolean {
  return type.baseType >= BaseType.UType && type.baseType <= BaseType.Double;
}

function isUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "$unknown");
}
