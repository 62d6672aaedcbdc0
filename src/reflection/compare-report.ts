import type { Schema } from "../model/schema.js";

/** Every kind of difference that `compareSchemas` finds. */
export type ChangeCode =
  // types
  | "type-added"
  | "type-removed"
  | "type-moved"
  | "kind-changed"
  // fields of tables and structs
  | "field-added"
  | "field-removed"
  | "field-renamed"
  | "field-moved"
  | "field-type-changed"
  | "field-default-changed"
  | "field-optional-changed"
  | "field-required-added"
  | "field-required-removed"
  | "field-deprecated-changed"
  | "field-key-changed"
  | "field-hash-changed"
  | "field-nested-changed"
  | "field-align-changed"
  | "field-offset64-changed"
  | "array-length-changed"
  | "struct-layout-changed"
  // enums and unions
  | "underlying-type-changed"
  | "bit-flags-changed"
  | "value-added"
  | "value-removed"
  | "value-renamed"
  | "value-changed"
  | "member-type-changed"
  // services
  | "service-removed"
  | "method-removed"
  | "method-type-changed"
  // the schema as a whole
  | "root-type-changed"
  | "identifier-changed"
  | "extension-changed";

/**
 * Who stumbles over a change: a program with the base schema that gets new data, one with the next schema that gets old
 * data, or JSON text written with the one and read with the other.
 */
export type Breaks = "old-reader" | "new-reader" | "json";

/** One difference between two schemas. */
export interface Change {
  readonly code: ChangeCode;
  /** What changed: `ns.Table.field`, `ns.Enum.Value`, `ns.Service.method`, a type's name; empty for the whole schema. */
  readonly path: string;
  readonly message: string;
  /** Whether buffers are misread by an old or a new reader. What breaks JSON alone is not breaking. */
  readonly breaking: boolean;
  /** Empty for changes that break nothing, such as a new field. */
  readonly breaks: readonly Breaks[];
}

/** The state of one comparison. */
export interface Comparison {
  readonly base: Schema;
  readonly next: Schema;
  readonly changes: Change[];
  /** Pairs of types that are compared or will be. */
  readonly pairs: Set<string>;
  readonly queue: (readonly [base: string, next: string])[];
}

/** Both directions of reading. */
export const BOTH: readonly Breaks[] = ["old-reader", "new-reader"];
/** Both directions of reading, and JSON. */
export const ALL: readonly Breaks[] = ["old-reader", "new-reader", "json"];

/** Adds a finding. */
export function report(
  { changes }: Comparison,
  code: ChangeCode,
  path: string,
  message: string,
  breaks: readonly Breaks[],
): void {
  const breaking = breaks.includes("old-reader") || breaks.includes("new-reader");
  changes.push(Object.freeze({ code, path, message, breaking, breaks: Object.freeze([...breaks]) }));
}

/** Has two types compared, once. */
export function pair({ pairs, queue }: Comparison, base: string, next: string): void {
  const key = `${base} ${next}`;
  if (pairs.has(key)) return;
  pairs.add(key);
  queue.push([base, next]);
}
