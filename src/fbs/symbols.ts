import { resolveName } from "../model/resolve-name.js";
import { type EnumDraft, fullName, type ObjectDraft, qualify } from "./drafts.js";

/**
 * The names known so far.
 *
 * A table may be used before it is declared: then it stands here under the name it was used by, and the first later
 * declaration of that name takes it over. For a bare name that is a declaration in any namespace, as in flatc.
 */
export interface Symbols {
  readonly objects: Map<string, ObjectDraft>;
  /** All objects ever named, in order of first appearance. */
  readonly objectList: ObjectDraft[];
  /** Those that were declared, in order of declaration: so flatc writes them. */
  readonly definitions: ObjectDraft[];
  readonly enums: Map<string, EnumDraft>;
  /** Full names of everything completely declared. */
  readonly declared: Set<string>;
}

export function createSymbols(): Symbols {
  return { objects: new Map(), objectList: [], definitions: [], enums: new Map(), declared: new Set() };
}

/** The table or struct that `name` means within `namespace`, or undefined. */
export function findObject(symbols: Symbols, namespace: string, name: string): ObjectDraft | undefined {
  const awaited = symbols.objects.get(name);
  if (awaited !== undefined && !awaited.isDefined) return awaited;
  return resolveName(symbols.objects, namespace, name);
}

/** The same; what nobody has declared yet is noted as awaited. `firstUse` is its place, `file:line`. */
export function useObject(symbols: Symbols, namespace: string, name: string, firstUse: () => string): ObjectDraft {
  const found = findObject(symbols, namespace, name);
  if (found !== undefined) return found;
  const awaited = newObject(name, namespace, firstUse());
  symbols.objects.set(name, awaited);
  symbols.objectList.push(awaited);
  return awaited;
}

/** Begins the declaration of a table or struct; undefined when the name is taken. */
export function declareObject(symbols: Symbols, namespace: string, name: string): ObjectDraft | undefined {
  const { objects } = symbols;
  const full = qualify(namespace, name);
  const awaited = objects.get(name);
  if (awaited !== undefined && !awaited.isDefined) {
    objects.delete(name);
    objects.set(full, awaited);
    return define(symbols, awaited, namespace, name);
  }
  const known = objects.get(full);
  if (known !== undefined) return known.isDefined ? undefined : define(symbols, known, namespace, name);
  const fresh = newObject(name, namespace, "");
  objects.set(full, fresh);
  symbols.objectList.push(fresh);
  return define(symbols, fresh, namespace, name);
}

/** Marks a full name as completely declared; false when it already was. */
export function complete(symbols: Symbols, draft: ObjectDraft | EnumDraft): boolean {
  const full = fullName(draft);
  if (symbols.declared.has(full)) return false;
  symbols.declared.add(full);
  return true;
}

/** A draft that no name leads to: what remains of a declaration whose name was taken. */
export function newObject(name: string, namespace: string, firstUse: string): ObjectDraft {
  return {
    name,
    namespace,
    isDefined: false,
    isBroken: false,
    isStruct: false,
    fields: [],
    fieldsByName: new Map(),
    minAlign: 1,
    byteSize: 0,
    hasKey: false,
    attributes: new Map(),
    docs: [],
    declarationFile: "",
    firstUse,
    usedFrom: namespace,
    usedAs: name,
    nameMark: 0,
    index: -1,
  };
}

function define(symbols: Symbols, object: ObjectDraft, namespace: string, name: string): ObjectDraft {
  symbols.definitions.push(object);
  object.name = name;
  object.namespace = namespace;
  object.isDefined = true;
  return object;
}

/** The object that root_type means: a full name first, else one of the namespace at hand. No outer namespaces. */
export function findRoot({ objects }: Symbols, namespace: string, name: string): ObjectDraft | undefined {
  return objects.get(name) ?? objects.get(qualify(namespace, name));
}
