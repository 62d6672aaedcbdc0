import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { Issue } from "../wire/error.js";

/** What verification counted. */
export interface VerifyStats {
  /** Bytes of the buffer, size prefix included. */
  readonly bytes: number;
  /** Tables that were checked; a shared one counts at least once, at most once per reference. */
  readonly tables: number;
  /** Deepest nesting of tables (and FlexBuffers vectors and maps), the root counting 1. */
  readonly depth: number;
  /** Offsets that a reader would follow, shared ones counted every time. */
  readonly visits: number;
  /** Bytes that a reader would see, shared ones counted every time. */
  readonly apparentBytes: number;
}

/** What is legal but worth knowing. */
export const NOTE_CODES = [
  "union-type-without-value",
  "unknown-union-type",
  "unknown-enum-value",
  "bool-not-0-or-1",
  "keys-unsorted",
  "regions-overlap",
  "padding-not-zero",
  "trailing-bytes",
] as const;

/** One of the closed list of notes. */
export type NoteCode = (typeof NOTE_CODES)[number];

/** Something legal but suspicious; same places as in an Issue. */
export interface Note {
  readonly code: NoteCode;
  readonly path: string;
  readonly offset: number;
  readonly message: string;
}

/** The verdict: good with notes, or bad with at least one issue. */
export type VerifyResult =
  | { readonly ok: true; readonly stats: VerifyStats; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly stats: VerifyStats };

/**
 * The way from the root to where a walk is: per level of tables the field that is being followed, the element of a
 * vector, the tag of a union. Cheap to write (a store a field), turned into words only when something is wrong; index
 * and tag count only for fields that have them, so that nobody needs to clear them.
 */
export class Trail {
  readonly fields: number[] = [];
  readonly indexes: number[] = [];
  readonly tags: number[] = [];

  /** The path in words down to level `depth`, e.g. `root.weapons[3].name` or `root.equipped<Sword>.edge`. */
  toPath(program: P.Program, depth: number): string {
    let path = "root";
    for (let level = 1; level <= depth; level++) {
      const field = this.fields[level] ?? -1;
      if (field < 0) break;
      const kind = program.fields[field + P.FIELD_KIND]!;
      const index = this.indexes[level] ?? -1;
      const tag = this.tags[level] ?? 0;
      path += `.${fieldName(program, field)}`;
      if (kind >= Kind.StringVector && kind <= Kind.UnionVector && index >= 0) path += `[${index}]`;
      if ((kind === Kind.Union || kind === Kind.UnionVector) && tag > 0) path += `<${memberName(program, field, tag)}>`;
    }
    return path;
  }
}

/** A field's name, by its address in the program. */
export function fieldName(program: P.Program, field: number): string {
  const object = program.fields[field + P.FIELD_OBJECT]!;
  const id = (field - program.objectFields[object]!) / P.FIELD_WORDS;
  return program.schema.objectList[object]!.fields[id]!.name;
}

/** Full name of the object that a field belongs to. */
export function ownerName(program: P.Program, field: number): string {
  return program.schema.objectList[program.fields[field + P.FIELD_OBJECT]!]!.name;
}

function memberName(program: P.Program, field: number, tag: number): string {
  const union = program.schema.enumList[program.fields[field + P.FIELD_CHILD]!]!;
  return union.values.find(({ value }) => value === BigInt(tag))?.name ?? String(tag);
}
