import { namespaceOf, resolveName } from "../model/resolve-name.js";
import { FlatbufferError } from "../wire/error.js";
import type { EnumDraft, ObjectDraft } from "./drafts.js";
import { BUILTIN_TYPES } from "./parse-type.js";
import { lastPart, type TypeDef } from "./print-order.js";
import { createSymbols, declareObject, findObject, type Symbols, useObject } from "./symbols.js";

/**
 * Finds, for each use of a type, a name that leads to it from there: the shortest one. It plays the part of the parser
 * while the text is written, so that what the text means is what it should.
 */
export interface Spelling {
  readonly symbols: Symbols;
  /** What a name of the parser's stands for. */
  readonly meanings: Map<ObjectDraft | EnumDraft, TypeDef>;
  /** Types whose declarations have begun. */
  readonly declared: Set<TypeDef>;
  /** How many types share the last part of a name. */
  readonly namesakes: ReadonlyMap<string, number>;
  /** Names that attributes hold as they are. */
  readonly fixed: ReadonlySet<string>;
}

/** Begins without declarations. `fixed` are the names of types that attributes hold. */
export function createSpelling(types: readonly TypeDef[], fixed: ReadonlySet<string>): Spelling {
  const namesakes = new Map<string, number>();
  for (const { name } of types) namesakes.set(lastPart(name), (namesakes.get(lastPart(name)) ?? 0) + 1);
  return { symbols: createSymbols(), meanings: new Map(), declared: new Set(), namesakes, fixed };
}

/** Notes that a type's declaration begins here. */
export function declareType(spelling: Spelling, type: TypeDef): void {
  const { symbols, meanings } = spelling;
  const namespace = namespaceOf(type.name);
  spelling.declared.add(type);
  if ("values" in type) {
    const draft = { name: lastPart(type.name), namespace } as EnumDraft;
    symbols.enums.set(type.name, draft);
    meanings.set(draft, type);
    return;
  }
  const draft = declareObject(symbols, namespace, lastPart(type.name));
  if (draft === undefined || (meanings.get(draft) ?? type) !== type) throw inexpressible(type.name, namespace);
  meanings.set(draft, type);
}

/** Where a name stands: as a field's type, as a method's, or alone as a union's member. */
export type NamePlace = "field" | "method" | "member";

/**
 * The shortest name for a type within a namespace, which is then taken to be written. Words like `int` are names too
 * except in a field's type; a member's name alone is never that of an enum.
 *
 * Throws `invalid-schema` when no name leads there: such a schema can't be written as one text.
 */
export function spell(spelling: Spelling, type: TypeDef, namespace: string, place: NamePlace = "field"): string {
  const name = shortest(spelling, type, namespace, place);
  if (name === undefined) throw inexpressible(type.name, namespace);
  commit(spelling, name, namespace, type);
  return name;
}

/** Whether `name` alone, as a union's member, leads to a type; if so it is taken to be written. */
export function spellsMember(spelling: Spelling, name: string, type: TypeDef, namespace: string): boolean {
  if (shortest(spelling, type, namespace, "member") !== name) return false;
  commit(spelling, name, namespace, type);
  return true;
}

/** Notes a name that an attribute holds, and the type it is for, if there is one. */
export function useName(spelling: Spelling, name: string, namespace: string, type: TypeDef | undefined): void {
  const { symbols, meanings } = spelling;
  const used = useObject(symbols, namespace, name, () => "");
  if (type !== undefined && !meanings.has(used)) meanings.set(used, type);
}

function shortest(spelling: Spelling, type: TypeDef, namespace: string, place: NamePlace): string | undefined {
  const parts = type.name.split(".");
  for (let count = 1; count <= parts.length; count++) {
    const name = parts.slice(-count).join(".");
    if (place === "field" && BUILTIN_TYPES.has(name.split(".")[0]!)) continue;
    if (leadsTo(spelling, name, namespace, type, place)) return name;
  }
  return undefined;
}

function leadsTo(spelling: Spelling, name: string, namespace: string, type: TypeDef, place: NamePlace): boolean {
  const { symbols, meanings, namesakes } = spelling;
  const declared = place === "member" ? undefined : resolveName(symbols.enums, namespace, name);
  if (declared !== undefined) return meanings.get(declared) === type;
  if ("values" in type) return false;
  const found = findObject(symbols, namespace, name);
  if (found !== undefined) return meanings.get(found) === type;
  // Not declared yet. All uses before the declaration must be by one name, or it can't fulfil them all: by the last part
  // when that is unmistakable and no attribute insists on the full name, else by the full name.
  const isUnique = namesakes.get(lastPart(type.name)) === 1 && !spelling.fixed.has(type.name);
  return !spelling.declared.has(type) && name === (isUnique ? lastPart(type.name) : type.name);
}

function commit({ symbols, meanings }: Spelling, name: string, namespace: string, type: TypeDef): void {
  if (!("values" in type))
    meanings.set(
      useObject(symbols, namespace, name, () => ""),
      type,
    );
}

function inexpressible(name: string, namespace: string): FlatbufferError {
  const where = namespace === "" ? "the global namespace" : `the namespace ${namespace}`;
  return new FlatbufferError(
    "invalid-schema",
    `no name leads to '${name}' from ${where}: other types hide it, so this schema can't be written as one text`,
  );
}
