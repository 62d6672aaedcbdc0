import * as P from "../program/program.js";
import { describeValue, enterDepth, failAtPath, type ObjectState } from "./object-state.js";
import { putField } from "./put-field.js";

/** An object as its keys are read. */
export type Fields = Readonly<Record<string, unknown>>;

/** Writes a table from an object, its fields in the order of the object's keys. Returns its reference. */
export function putTable(state: ObjectState, object: number, value: unknown): number {
  if (!isObject(value)) {
    const reason = `expected an object for the table ${state.schema.objectList[object]!.name}, got ${describeValue(value)}`;
    throw failAtPath(state, "wrong-type", reason);
  }
  enterDepth(state);
  const { writer, names, path } = state;
  const base = writer.top;
  const scratchBase = writer.scratch.top;
  const level = path.length;
  const inherits = mayInherit(state, value);
  let previous = -1;
  for (const key in value) {
    const item = value[key];
    if (item === undefined || (inherits && !Object.hasOwn(value, key))) continue;
    const number = findField(state, object, key, previous);
    if (number < 0) {
      if (state.rules.ignoreUnknown) continue;
      path.length = level;
      throw unknownField(state, object, key);
    }
    previous = number;
    path.set(level, key);
    putField(state, number, item, value);
  }
  path.length = level;
  writer.arrange(object, base);
  const missing = writer.missingField(object, base);
  if (missing >= 0) {
    const { name } = state.schema.objectList[object]!;
    const field = names.fields[missing / P.FIELD_WORDS]!;
    throw failAtPath(state, "missing-required", `${name} needs the field ${field}`, field);
  }
  const table = writer.writeTable(object, base);
  writer.scratch.top = scratchBase;
  state.depth--;
  return table;
}

/** The object itself when it is one whose keys can be read; arrays and bytes are not. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/**
 * Whether `for in` may show keys that aren't the object's own. It is used because engines read the properties that it
 * lists straight from where they lie, without looking their names up (bench, `--only objects`).
 */
export function mayInherit(state: ObjectState, value: Fields): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && (prototype !== Object.prototype || state.isPrototypeExtended);
}

/** The number of the field with that name, or -1. Most objects have their keys in the same order again and again. */
export function findField(state: ObjectState, object: number, name: string, previous: number): number {
  const { names } = state;
  const guess = previous < 0 ? names.first[object]! : names.follower[previous]!;
  if (guess >= 0 && names.fields[guess] === name) return guess;
  const number = names.byName[object]!.get(name) ?? -1;
  if (number >= 0) {
    if (previous < 0) names.first[object] = number;
    else names.follower[previous] = number;
  }
  return number;
}

/** The error for a key that is no field. */
export function unknownField(state: ObjectState, object: number, name: string): Error {
  const { fields, name: typeName } = state.schema.objectList[object]!;
  const known = fields.slice(0, MAX_NAMES).map((field) => field.name);
  const list = known.length === 0 ? "no fields" : known.join(", ") + (fields.length > MAX_NAMES ? ", ..." : "");
  const reason = `${typeName} has no such field; it has ${list}${state.rules.unknownHint}`;
  return failAtPath(state, "unknown-field", reason, name);
}

/** How many names a message offers. */
const MAX_NAMES = 8;
