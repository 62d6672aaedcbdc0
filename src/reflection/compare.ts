import { needSchema } from "../model/need-schema.js";
import type { Schema } from "../model/schema.js";
import { compareEnums } from "./compare-enums.js";
import { compareObjects } from "./compare-objects.js";
import { ALL, BOTH, type Change, type Comparison, pair, report } from "./compare-report.js";
import { compareServices } from "./compare-services.js";

/**
 * Finds all differences between two versions of a schema that matter to data: what `flatc --conform` refuses, and what
 * it doesn't see. Types are matched by full name; a field may also change to a type of the same name in another
 * namespace, then those two are compared.
 *
 * What a .bfbs without builtin attributes left out (bit_flags, hash, nested_flatbuffer) can't be compared.
 *
 * @example
 * ```ts
 * const breaking = compareSchemas(released, mine).filter((change) => change.breaking);
 * ```
 */
export function compareSchemas(base: Schema, next: Schema): Change[] {
  needSchema(base);
  needSchema(next);
  const comparison: Comparison = { base, next, changes: [], pairs: new Set(), queue: [] };
  compareWhole(comparison);
  for (const { name } of [...base.objectList, ...base.enumList]) {
    if (typeOf(next, name) === undefined) {
      report(comparison, "type-removed", name, `'${name}' is gone; what used it is reported there`, []);
    } else pair(comparison, name, name);
  }
  for (const { name } of [...next.objectList, ...next.enumList]) {
    if (typeOf(base, name) === undefined) report(comparison, "type-added", name, `'${name}' is new`, []);
  }
  // Comparing fields may pair types that moved.
  for (let at = 0; at < comparison.queue.length; at++) compareTypes(comparison, ...comparison.queue[at]!);
  compareServices(comparison);
  return comparison.changes;
}

function compareTypes(comparison: Comparison, baseName: string, nextName: string): void {
  const [one, other] = [comparison.base.object(baseName), comparison.next.object(nextName)];
  const [oneEnum, otherEnum] = [comparison.base.enum(baseName), comparison.next.enum(nextName)];
  if (one !== undefined && other !== undefined) compareObjects(comparison, one, other);
  else if (oneEnum !== undefined && otherEnum !== undefined) compareEnums(comparison, oneEnum, otherEnum);
  else reportKind(comparison, baseName, nextName);
}

function reportKind(comparison: Comparison, baseName: string, nextName: string): void {
  const [before, now] = [kindOf(comparison.base, baseName), kindOf(comparison.next, nextName)];
  report(comparison, "kind-changed", baseName, `'${baseName}' was ${before} and is ${now}`, ALL);
}

function typeOf(schema: Schema, name: string): object | undefined {
  return schema.object(name) ?? schema.enum(name);
}

/** What a type is, for a message. */
function kindOf(schema: Schema, name: string): string {
  const object = schema.object(name);
  if (object !== undefined) return object.isStruct ? "a struct" : "a table";
  return schema.enum(name)?.isUnion ? "a union" : "an enum";
}

function compareWhole(comparison: Comparison): void {
  const { base, next } = comparison;
  const [oldRoot, newRoot] = [base.rootTable?.name, next.rootTable?.name];
  if (oldRoot !== newRoot) {
    const message = `the root type was ${oldRoot ?? "not named"} and is ${newRoot ?? "not named"}`;
    report(comparison, "root-type-changed", "", message, oldRoot === undefined ? [] : BOTH);
  }
  const [oldMark, newMark] = [base.fileIdentifier, next.fileIdentifier];
  if (oldMark !== newMark) {
    const message = `the file identifier was ${JSON.stringify(oldMark)} and is ${JSON.stringify(newMark)}`;
    // A reader checks the identifier of its own schema, if that has one.
    const breaks = BOTH.filter((who) => (who === "old-reader" ? oldMark !== "" : newMark !== ""));
    report(comparison, "identifier-changed", "", message, breaks);
  }
  if (base.fileExtension !== next.fileExtension) {
    const message = `the file extension was ${JSON.stringify(base.fileExtension)} and is ${JSON.stringify(next.fileExtension)}`;
    report(comparison, "extension-changed", "", message, []);
  }
}
