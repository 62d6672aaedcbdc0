import { BaseType } from "../model/base-type.js";
import { namespaceOf, resolveName } from "../model/resolve-name.js";
import type { EnumDef, FieldType, ObjectDef, Schema, ServiceDef } from "../model/schema.js";

/** Something that is declared by a name that types share. */
export type TypeDef = ObjectDef | EnumDef;

/** Anything that is declared under a name. */
export type Declaration = TypeDef | ServiceDef;

/**
 * An order of declaration in which every name means what it should.
 *
 * Must stand before what uses them: enums, unions, structs. Should, because one name could otherwise hide another: a type
 * with a global name before its namesakes, a user of `A.B` before somebody declares `X.A.B` around it, a field `b` before
 * the table `b`. Wishes that go in circles are dropped. Otherwise by namespace, then by kind: enums, structs, unions,
 * tables, services.
 */
export function declarationOrder(schema: Schema): Declaration[] {
  const types: TypeDef[] = [...schema.enumList, ...schema.objectList];
  const all: Declaration[] = [...types, ...schema.services.values()].sort((a, b) => compareDeclarations(a, b));
  const byName = new Map<string, TypeDef>(types.map((type) => [type.name, type]));
  const needs: Needs = new Map(all.map((one) => [one, { must: mustPrecede(schema, one), should: [] }]));
  for (const service of schema.services.values()) {
    // flatc takes a struct for a method only while it doesn't know yet that it is one.
    for (const { request, response } of service.calls) {
      for (const used of [request, response]) if (used.isStruct) needs.get(used)!.must.push(service);
    }
  }
  for (const type of all) {
    for (const later of shouldFollow(schema, type, byName)) if (later !== type) needs.get(later)!.should.push(type);
    if ("calls" in type) continue;
    for (const nested of nestedTypes(type, byName)) if (nested !== type) needs.get(type)!.should.push(nested);
    const global = byName.get(lastPart(type.name));
    if (global !== undefined && global !== type) needs.get(type)!.should.push(global);
  }
  return sortByNeeds(all, needs);
}

/** What goes before each type, strictly and preferably. */
type Needs = ReadonlyMap<Declaration, { readonly must: Declaration[]; readonly should: Declaration[] }>;

/** By namespace, kind and name. */
function compareDeclarations(a: Declaration, b: Declaration): number {
  const [one, other] = [namespaceOf(a.name), namespaceOf(b.name)];
  if (one !== other) return one < other ? -1 : 1;
  return kindRank(a) - kindRank(b) || (a.name < b.name ? -1 : 1);
}

function kindRank(type: Declaration): number {
  if ("calls" in type) return 4;
  if ("values" in type) return type.isUnion ? 2 : 0;
  return type.isStruct ? 1 : 3;
}

function mustPrecede({ enumList, objectList }: Schema, type: Declaration): Declaration[] {
  if (!("fields" in type)) return [];
  const needed: Declaration[] = [];
  for (const field of type.fields) {
    const { index } = field.type;
    if (index < 0) continue;
    if (isObjectType(field.type)) {
      if (objectList[index]!.isStruct && objectList[index] !== type) needed.push(objectList[index]!);
    } else needed.push(enumList[index]!);
  }
  return needed;
}

/** Types that would hide what `type` means by a name, were they declared before it. */
function* shouldFollow(schema: Schema, type: Declaration, byName: ReadonlyMap<string, TypeDef>): Iterable<TypeDef> {
  const scopes = scopesOf(namespaceOf(type.name));
  const hidden = function* (name: string): Iterable<TypeDef> {
    for (const scope of scopes) {
      const hiding = byName.get(`${scope}.${name}`);
      if (hiding !== undefined && hiding.name !== name) yield hiding;
    }
  };
  for (const used of usedTypes(schema, type)) yield* hidden(used.name);
  if (!("fields" in type)) return;
  for (const { name } of type.fields) {
    yield* hidden(name);
    const global = byName.get(name);
    if (global !== undefined) yield global;
  }
}

/** The types that a declaration names. */
function* usedTypes({ enumList, objectList }: Schema, type: Declaration): Iterable<TypeDef> {
  if ("calls" in type) {
    for (const { request, response } of type.calls) yield* [request, response];
    return;
  }
  const parts =
    "values" in type ? type.values.map(({ unionType }) => unionType) : type.fields.map((field) => field.type);
  for (const part of parts) {
    if (part === undefined || part.index < 0) continue;
    yield isObjectType(part) ? objectList[part.index]! : enumList[part.index]!;
  }
}

/** The tables that a table's nested buffers hold. */
function* nestedTypes(type: TypeDef, byName: ReadonlyMap<string, TypeDef>): Iterable<TypeDef> {
  if ("values" in type) return;
  for (const { attributes } of type.fields) {
    const name = attributes.get("nested_flatbuffer");
    const found = name === undefined ? undefined : resolveName(byName, namespaceOf(type.name), name);
    if (found !== undefined) yield found;
  }
}

/** Depth first, each type behind what it needs. A wish is dropped when it would break a need. */
function sortByNeeds(all: readonly Declaration[], needs: Needs): Declaration[] {
  const order: Declaration[] = [];
  const seen = new Set<Declaration>();
  const open = new Set<Declaration>();
  for (const first of all) {
    if (seen.has(first)) continue;
    const stack: { readonly type: Declaration; next: number }[] = [];
    const enter = (type: Declaration) => {
      seen.add(type);
      open.add(type);
      stack.push({ type, next: 0 });
    };
    enter(first);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const { must, should } = needs.get(top.type)!;
      const place = top.next++;
      const need = must[place] ?? should[place - must.length];
      if (need === undefined) {
        order.push(top.type);
        open.delete(top.type);
        stack.pop();
      } else if (!seen.has(need) && (place < must.length || !leadsTo(need, open, needs))) enter(need);
    }
  }
  return order;
}

/** Whether a type strictly needs one of those that wait for it. */
function leadsTo(type: Declaration, open: ReadonlySet<Declaration>, needs: Needs): boolean {
  const reached = new Set([type]);
  for (const one of reached) {
    if (open.has(one)) return true;
    for (const need of needs.get(one)!.must) reached.add(need);
  }
  return false;
}

/** A namespace and those around it, the global one left out. */
function scopesOf(namespace: string): string[] {
  const scopes: string[] = [];
  for (let scope = namespace; scope !== ""; scope = namespaceOf(scope)) scopes.push(scope);
  return scopes;
}

/** Whether `index` counts in the objects. */
export function isObjectType({ baseType, element }: FieldType): boolean {
  return baseType === BaseType.Obj || element === BaseType.Obj;
}

/** A name without its namespace. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
