import type { FieldDef, ObjectDef } from "../model/schema.js";
import { compareFields, sameFieldType } from "./compare-fields.js";
import { ALL, BOTH, type Comparison, report } from "./compare-report.js";

/** Compares two versions of a table or struct. */
export function compareObjects(comparison: Comparison, base: ObjectDef, next: ObjectDef): void {
  if (base.isStruct !== next.isStruct) {
    const [before, now] = base.isStruct ? ["a struct", "a table"] : ["a table", "a struct"];
    report(comparison, "kind-changed", base.name, `'${base.name}' was ${before} and is ${now}`, ALL);
    return;
  }
  const renamed = findRenamed(comparison, base, next);
  for (const field of base.fields) {
    const path = `${base.name}.${field.name}`;
    const same = next.fieldsByName.get(field.name);
    const other = same ?? renamed.get(field);
    if (other === undefined) reportRemoved(comparison, base, field, path);
    else {
      if (same === undefined) {
        report(comparison, "field-renamed", path, `'${field.name}' is called '${other.name}' now`, ["json"]);
      }
      compareFields(comparison, base, field, other, path);
    }
  }
  const taken = new Set(renamed.values());
  for (const field of next.fields) {
    if (!base.fieldsByName.has(field.name) && !taken.has(field)) reportAdded(comparison, next, field, base.name);
  }
  if (base.isStruct) compareLayout(comparison, base, next);
}

/** Base fields whose name is gone, with the field that has taken their place under a new name. */
function findRenamed(comparison: Comparison, base: ObjectDef, next: ObjectDef): Map<FieldDef, FieldDef> {
  const fresh = new Map<number, FieldDef>();
  for (const field of next.fields) if (!base.fieldsByName.has(field.name)) fresh.set(field.offset, field);
  const renamed = new Map<FieldDef, FieldDef>();
  for (const field of base.fields) {
    if (next.fieldsByName.has(field.name)) continue;
    const other = fresh.get(field.offset);
    if (other !== undefined && sameFieldType(comparison, field.type, other.type)) renamed.set(field, other);
  }
  return renamed;
}

function reportRemoved(comparison: Comparison, base: ObjectDef, field: FieldDef, path: string): void {
  if (base.isStruct) {
    report(comparison, "field-removed", path, `'${field.name}' is gone from the struct`, ALL);
    return;
  }
  const consequence = field.required
    ? "old readers reject data without it"
    : "old readers see its default, and its id may be taken by another field";
  const message = `'${field.name}' is gone: ${consequence}; deprecate a field instead of removing it`;
  report(comparison, "field-removed", path, message, ["old-reader", "json"]);
}

function reportAdded(comparison: Comparison, next: ObjectDef, field: FieldDef, baseName: string): void {
  const path = `${baseName}.${field.name}`;
  if (next.isStruct) {
    report(comparison, "field-added", path, `'${field.name}' is new in the struct, which must never change`, BOTH);
    return;
  }
  const old = comparison.base.object(baseName)?.fields.find(({ offset }) => offset === field.offset);
  if (old !== undefined) {
    const message = `'${field.name}' has the id ${field.id}, which was that of '${old.name}'`;
    report(comparison, "field-added", path, message, BOTH);
  } else report(comparison, "field-added", path, `'${field.name}' is new`, []);
  if (!field.required) return;
  const message = `the new field '${field.name}' is required: new readers reject all old data`;
  report(comparison, "field-required-added", path, message, ["new-reader", "json"]);
}

function compareLayout(comparison: Comparison, base: ObjectDef, next: ObjectDef): void {
  if (base.byteSize === next.byteSize && base.minAlign === next.minAlign) return;
  const [before, now] = [base, next].map(({ byteSize, minAlign }) => `${byteSize} bytes aligned to ${minAlign}`);
  report(comparison, "struct-layout-changed", base.name, `the struct had ${before} and has ${now}`, BOTH);
}
