import * as P from "../program/program.js";
import { fieldName } from "../verify/report.js";
import { MAX_DEPTH_CAP } from "../wire/limits.js";

/** Levels that are remembered: all tables there can be, and structs inside the last. Deeper ones go unnamed. */
const LEVELS: number = MAX_DEPTH_CAP + 64;

/**
 * The way from the root to the value being written, for errors; cheap to keep. By level, which counts the tables and
 * structs around the value.
 */
export interface Trail {
  /** The field that leads deeper, by its address. That of the innermost level is `JsonWriter.field`. */
  readonly fields: Int32Array;
  /** Element of a vector or array, or -1: whoever sets it puts it back. */
  readonly indexes: Int32Array;
  /** Type of a union's value, or 0: likewise. */
  readonly tags: Int32Array;
}

export function createTrail(): Trail {
  const trail = { fields: new Int32Array(LEVELS), indexes: new Int32Array(LEVELS), tags: new Int32Array(LEVELS) };
  clearTrail(trail);
  return trail;
}

/** For the next call after one that failed. */
export function clearTrail(trail: Trail): void {
  trail.indexes.fill(-1);
  trail.tags.fill(0);
}

/**
 * The path in words down to `field` at `level`, e.g. `root.weapons[3].name` or `root.equipped<Weapon>.damage`.
 *
 * @param start What level 0 is called: the root, or a value that is written by itself. Such a value may be a vector or
 * union, so level 0 may have an element or type too.
 */
export function pathOf(program: P.Program, trail: Trail, level: number, field: number, start: string): string {
  let path = start;
  for (let at = 0; at <= level; at++) {
    const here = at < level ? (trail.fields[at] ?? -1) : field;
    if (here < 0 && at > 0) break;
    const index = trail.indexes[at] ?? -1;
    const tag = trail.tags[at] ?? 0;
    if (at > 0) path += `.${fieldName(program, here)}`;
    if (index >= 0) path += `[${index}]`;
    if (tag > 0 && here >= 0) path += `<${memberName(program, here, tag)}>`;
  }
  return path;
}

function memberName(program: P.Program, field: number, tag: number): string {
  const union = program.schema.enumList[program.fields[field + P.FIELD_CHILD]!];
  return union?.values.find(({ value }) => value === BigInt(tag))?.name ?? String(tag);
}
