import { BaseType, baseTypeName, isFloat, isScalar } from "../model/base-type.js";
import type { FieldDef, FieldType, ObjectDef, Schema } from "../model/schema.js";
import { ALL, BOTH, type Breaks, type ChangeCode, type Comparison, pair, report } from "./compare-report.js";

/** Compares two versions of a field. */
export function compareFields(
  comparison: Comparison,
  base: ObjectDef,
  one: FieldDef,
  other: FieldDef,
  path: string,
): void {
  const tell = (code: ChangeCode, message: string, breaks: readonly Breaks[]) =>
    report(comparison, code, path, message, breaks);
  if (one.offset !== other.offset) {
    const [before, now] = base.isStruct ? [one.offset, other.offset] : [one.id, other.id];
    const what = base.isStruct ? "offset" : "id";
    tell("field-moved", `the ${what} of '${one.name}' was ${before} and is ${now}`, BOTH);
  }
  if (compareTypes(comparison, one, other, tell)) compareValues(comparison, one, other, tell);
  if (one.offset64 !== other.offset64 && one.type.baseType === other.type.baseType) {
    tell("field-offset64-changed", `offsets to '${one.name}' had ${bits(one)} bits and have ${bits(other)}`, BOTH);
  }
  comparePresence(one, other, tell);
  compareAttributes(one, other, tell);
}

type Tell = (code: ChangeCode, message: string, breaks: readonly Breaks[]) => void;

/** Whether a field may have been of the one type and now be of the other without harm. */
export function sameFieldType({ base, next }: Comparison, one: FieldType, other: FieldType): boolean {
  if (one.baseType !== other.baseType || one.element !== other.element) return false;
  return lastName(typeName(base, one)) === lastName(typeName(next, other));
}

/** Returns whether the types are the same, so that their values can be compared. */
function compareTypes(comparison: Comparison, one: FieldDef, other: FieldDef, tell: Tell): boolean {
  const { base, next } = comparison;
  if (!sameFieldType(comparison, one.type, other.type)) {
    const [before, now] = [describe(base, one.type), describe(next, other.type)];
    tell("field-type-changed", `'${one.name}' was ${before} and is ${now}`, ALL);
    return false;
  }
  if (one.type.fixedLength !== other.type.fixedLength) {
    const [before, now] = [one.type.fixedLength, other.type.fixedLength];
    tell("array-length-changed", `'${one.name}' had ${before} elements and has ${now}`, ALL);
  }
  const [before, now] = [typeName(base, one.type), typeName(next, other.type)];
  if (before !== now) {
    tell("type-moved", `the type of '${one.name}' was ${before} and is ${now}, which is compared with it`, []);
    pair(comparison, before, now);
  }
  return true;
}

function compareValues({ base, next }: Comparison, one: FieldDef, other: FieldDef, tell: Tell): void {
  const { baseType } = one.type;
  if (isScalar(baseType)) {
    if (one.optional !== other.optional) {
      const [before, now] = one.optional ? ["null", "a default"] : ["a default", "null"];
      tell("field-optional-changed", `an absent '${one.name}' was ${before} and is ${now}`, ALL);
    } else if (!one.optional && !sameDefault(one, other)) {
      const [before, now] = [defaultText(base, one), defaultText(next, other)];
      tell("field-default-changed", `an absent '${one.name}' was ${before} and is ${now}`, ALL);
    }
    return;
  }
  if (one.required || other.required || baseType === BaseType.Union || baseType === BaseType.Obj) return;
  if (one.optional === other.optional && one.defaultString === other.defaultString) return;
  // A .bfbs doesn't say what a string's default is, so nothing can be said about it.
  const isUnknown = !one.optional && !other.optional && (one.defaultString ?? other.defaultString) === undefined;
  if (isUnknown) return;
  const [before, now] = [absentText(one), absentText(other)];
  tell("field-default-changed", `an absent '${one.name}' was ${before} and is ${now}`, BOTH);
}

function sameDefault(one: FieldDef, other: FieldDef): boolean {
  if (!isFloat(one.type.baseType)) return one.defaultInteger === other.defaultInteger;
  const [before, now] = [one, other].map(({ type, defaultReal }) => {
    return type.baseType === BaseType.Float ? Math.fround(defaultReal) : defaultReal;
  });
  return before === now || (Number.isNaN(before) && Number.isNaN(now));
}

function comparePresence(one: FieldDef, other: FieldDef, tell: Tell): void {
  if (!one.required && other.required) {
    const message = `'${one.name}' is required now: new readers reject old data without it`;
    tell("field-required-added", message, ["new-reader", "json"]);
  }
  if (one.required && !other.required) {
    const message = `'${one.name}' is no longer required: old readers reject new data without it`;
    tell("field-required-removed", message, ["old-reader"]);
  }
  if (one.deprecated !== other.deprecated) {
    const message = `'${one.name}' ${other.deprecated ? "is deprecated now" : "is no longer deprecated"}`;
    tell("field-deprecated-changed", message, one.required && other.deprecated ? ["old-reader"] : []);
  }
  if (one.key !== other.key) {
    const message = other.key
      ? `'${one.name}' is the key now: new readers search old vectors that were not sorted by it`
      : `'${one.name}' is no longer the key: old readers search new vectors that are not sorted by it`;
    tell("field-key-changed", message, [other.key ? "new-reader" : "old-reader"]);
  }
}

function compareAttributes(one: FieldDef, other: FieldDef, tell: Tell): void {
  const changed = (name: string) => {
    const [before, now] = [one.attributes.get(name), other.attributes.get(name)];
    return before === now ? undefined : { before, now };
  };
  const hash = changed("hash");
  if (hash !== undefined) {
    const message = `the hash of '${one.name}' was ${hash.before ?? "none"} and is ${hash.now ?? "none"}`;
    tell("field-hash-changed", message, ["json"]);
  }
  for (const name of ["nested_flatbuffer", "flexbuffer"]) {
    const nested = changed(name);
    if (nested === undefined) continue;
    const message = `the ${name} of '${one.name}' was ${nested.before ?? "none"} and is ${nested.now ?? "none"}`;
    const breaks: Breaks[] =
      nested.now === undefined ? ["json"] : nested.before === undefined ? ["new-reader", "json"] : [...ALL];
    tell("field-nested-changed", message, breaks);
  }
  const align = changed("force_align");
  if (align !== undefined) {
    const [before, now] = [Number(align.before ?? 1), Number(align.now ?? 1)];
    const message = `the alignment of '${one.name}' was ${before} and is ${now}`;
    tell("field-align-changed", message, [now > before ? "new-reader" : "old-reader"]);
  }
}

function typeName({ objectList, enumList }: Schema, { baseType, element, index }: FieldType): string {
  if (index < 0) return "";
  const isObject = baseType === BaseType.Obj || element === BaseType.Obj;
  return (isObject ? objectList[index] : enumList[index])?.name ?? "";
}

function describe(schema: Schema, type: FieldType): string {
  const name = typeName(schema, type);
  const inner = type.element === BaseType.None ? type.baseType : type.element;
  const word = name === "" ? baseTypeName(inner) : isScalar(inner) ? `${name} (${baseTypeName(inner)})` : name;
  if (type.element === BaseType.None) return word;
  if (type.baseType === BaseType.Array) return `[${word}:${type.fixedLength}]`;
  return type.baseType === BaseType.Vector64 ? `[${word}] (vector64)` : `[${word}]`;
}

function defaultText({ enumList }: Schema, { type, defaultInteger, defaultReal }: FieldDef): string {
  if (isFloat(type.baseType)) return String(defaultReal);
  const name = enumList[type.index]?.values.find(({ value }) => value === defaultInteger)?.name;
  return type.index >= 0 && name !== undefined ? `${name} (${defaultInteger})` : String(defaultInteger);
}

function absentText({ type, optional, defaultString }: FieldDef): string {
  if (optional) return "absent";
  return type.baseType === BaseType.String ? JSON.stringify(defaultString ?? "") : "an empty vector";
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function bits({ offset64 }: FieldDef): number {
  return offset64 ? 64 : 32;
}
