import type { EditChange } from "../../src/index.js";
import { BaseType } from "../../src/model/base-type.js";
import type { FieldDef, FieldType, ObjectDef, Schema } from "../../src/model/schema.js";
import { isUnionType, listOf, nestedRoot, type Plain, plain, sortedByKey } from "../property/value-arbitrary.js";

/** A place in a plain value that a change can name. */
export interface Spot {
  readonly path: readonly (string | number)[];
  /** Table or struct that has the field. */
  readonly object: ObjectDef;
  readonly field: FieldDef;
  /** What it is: a field of a table, a member of a struct, an element of a vector or fixed array, something in a FlexBuffer. */
  readonly what: "field" | "member" | "element" | "array-element" | "flex";
  /** The value there; undefined when it's absent. */
  readonly value: unknown;
  /** Of unions: the type. */
  readonly type: unknown;
}

/** Every place in a value of a root table, absent fields of tables included. */
export function spotsOf(schema: Schema, root: ObjectDef, value: Plain): Spot[] {
  const spots: Spot[] = [];
  walkTable(schema, root, value, [], spots);
  return spots;
}

function walkTable(schema: Schema, object: ObjectDef, value: Plain, path: Spot["path"], spots: Spot[]): void {
  for (const field of object.fields) {
    if (isUnionType(object, field)) continue;
    const here = [...path, field.name];
    const present = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    const type = Object.hasOwn(value, `${field.name}_type`) ? value[`${field.name}_type`] : undefined;
    spots.push({ path: here, object, field, what: "field", value: present, type });
    if (present === undefined || present === null) continue;
    const { baseType, element } = field.type;
    const nested = nestedRoot(schema, object, field);
    if (nested !== undefined) walkTable(schema, nested, present as Plain, here, spots);
    else if (field.attributes.has("flexbuffer")) walkFlex(object, field, present, here, spots);
    else if (baseType === BaseType.Union) walkMember(schema, field.type, present, type, here, spots);
    else if (baseType === BaseType.Vector || baseType === BaseType.Vector64) {
      Array.from(present as ArrayLike<unknown>).forEach((item, index) => {
        const itemType = element === BaseType.Union ? (type as unknown[])[index] : undefined;
        const at = [...here, index];
        spots.push({ path: at, object, field, what: "element", value: item, type: itemType });
        if (element === BaseType.Union) walkMember(schema, field.type, item, itemType, at, spots);
        else walkObject(schema, field.type, item, at, spots);
      });
    } else walkObject(schema, field.type, present, here, spots);
  }
}

function walkObject(schema: Schema, type: FieldType, value: unknown, path: Spot["path"], spots: Spot[]): void {
  if (type.baseType !== BaseType.Obj && type.element !== BaseType.Obj) return;
  const object = schema.objectList[type.index]!;
  if (!object.isStruct) {
    walkTable(schema, object, value as Plain, path, spots);
    return;
  }
  for (const field of object.fields) {
    const here = [...path, field.name];
    const member = (value as Plain)[field.name];
    spots.push({ path: here, object, field, what: "member", value: member, type: undefined });
    if (field.type.baseType === BaseType.Array) {
      Array.from(member as ArrayLike<unknown>).forEach((item, index) => {
        spots.push({ path: [...here, index], object, field, what: "array-element", value: item, type: undefined });
        walkObject(schema, field.type, item, [...here, index], spots);
      });
    } else walkObject(schema, field.type, member, here, spots);
  }
}

function walkMember(
  schema: Schema,
  type: FieldType,
  value: unknown,
  name: unknown,
  path: Spot["path"],
  spots: Spot[],
): void {
  const member = schema.enumList[type.index]!.values.find((item) => item.name === name);
  if (member?.unionType !== undefined && value !== null) walkObject(schema, member.unionType, value, path, spots);
}

function walkFlex(object: ObjectDef, field: FieldDef, value: unknown, path: Spot["path"], spots: Spot[]): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const item = (value as Record<string | number, unknown>)[key];
    spots.push({ path: [...path, key], object, field, what: "flex", value: item, type: undefined });
    walkFlex(object, field, item, [...path, key], spots);
  }
}

/** The change, applied to a plain value by somebody who knows nothing of bytes. Vectors are in order of their key again. */
export function applyToPlain(schema: Schema, root: ObjectDef, value: Plain, change: EditChange): Plain {
  const parts = change.path as readonly (string | number)[];
  if (parts.length === 0) return "set" in change ? (change.set as Plain) : value;
  return sorted(schema, root, changed(value, parts, change) as Plain);
}

function changed(node: unknown, parts: readonly (string | number)[], change: EditChange): unknown {
  const [part, ...rest] = parts;
  if (node === undefined) node = typeof part === "number" ? [] : plain();
  if (typeof part === "number") return changedList(node as ArrayLike<unknown>, part, rest, change);
  const copy: Plain = Object.assign(plain(), node);
  const name = part as string;
  if (rest.length > 0) {
    const types = copy[`${name}_type`];
    if (rest.length === 1 && typeof rest[0] === "number" && Array.isArray(types)) {
      copy[`${name}_type`] = changedTypes(types, rest[0], change);
    }
    copy[name] = changed(copy[name], rest, change);
  } else if ("append" in change) {
    const list = (copy[name] ?? []) as ArrayLike<unknown>;
    if (change.type !== undefined) copy[`${name}_type`] = [...((copy[`${name}_type`] ?? []) as unknown[]), change.type];
    copy[name] = like(list, [...Array.from(list), change.append]);
  } else if ("delete" in change || ("set" in change && change.set === null)) {
    delete copy[name];
    delete copy[`${name}_type`];
  } else if ("set" in change) {
    copy[name] = change.set;
    if (change.type !== undefined) copy[`${name}_type`] = change.type;
  }
  return copy;
}

function changedList(list: ArrayLike<unknown>, part: number, rest: Spot["path"], change: EditChange): unknown {
  const items = Array.from(list);
  const index = part < 0 ? part + items.length : part;
  if (rest.length > 0) items[index] = changed(items[index], rest, change);
  else if ("append" in change)
    items[index] = like(items[index] as unknown[], [...(items[index] as unknown[]), change.append]);
  else if ("insert" in change) items.splice(index, 0, change.insert);
  else if ("delete" in change) items.splice(index, 1);
  else items[index] = change.set;
  return like(list, items);
}

function changedTypes(types: readonly unknown[], part: number, change: EditChange): unknown[] {
  const copy = [...types];
  const index = part < 0 ? part + copy.length : part;
  if ("insert" in change) copy.splice(index, 0, change.type);
  else if ("delete" in change) copy.splice(index, 1);
  else if ("set" in change && change.type !== undefined) copy[index] = change.type;
  return copy;
}

function like(list: ArrayLike<unknown>, items: unknown[]): unknown {
  return list instanceof Uint8Array ? Uint8Array.from(items as number[]) : items;
}

/** The value with each vector that has a key in order of it. */
function sorted(schema: Schema, object: ObjectDef, value: Plain): Plain {
  const copy: Plain = Object.assign(plain(), value);
  for (const field of object.fields) {
    const present = Object.hasOwn(copy, field.name) ? copy[field.name] : undefined;
    if (present === undefined || present === null || isUnionType(object, field)) continue;
    const nested = nestedRoot(schema, object, field);
    const { baseType, element, index } = field.type;
    const inner = schema.objectList[index];
    if (nested !== undefined) copy[field.name] = sorted(schema, nested, present as Plain);
    else if (baseType === BaseType.Obj && !inner!.isStruct) copy[field.name] = sorted(schema, inner!, present as Plain);
    else if (baseType === BaseType.Union) {
      copy[field.name] = sortedMember(schema, field.type, present, copy[`${field.name}_type`]);
    } else if (element === BaseType.Union && baseType !== BaseType.Array) {
      const types = copy[`${field.name}_type`] as unknown[];
      copy[field.name] = (present as unknown[]).map((item, at) => sortedMember(schema, field.type, item, types[at]));
    } else if (element === BaseType.Obj && baseType !== BaseType.Array) {
      const items = (present as Plain[]).map((item) => (inner!.isStruct ? item : sorted(schema, inner!, item)));
      copy[field.name] = sortedByKey(schema, field.type, items);
    } else if (element === BaseType.UByte && Array.isArray(present) && !field.attributes.has("flexbuffer")) {
      copy[field.name] = listOf(field.type, present);
    }
  }
  return copy;
}

function sortedMember(schema: Schema, type: FieldType, value: unknown, name: unknown): unknown {
  const member = schema.enumList[type.index]!.values.find((item) => item.name === name)?.unionType;
  const object = member?.baseType === BaseType.Obj ? schema.objectList[member.index]! : undefined;
  return object === undefined || object.isStruct || value === null ? value : sorted(schema, object, value as Plain);
}
