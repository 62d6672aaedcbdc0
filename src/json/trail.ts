import * as P from "../program/program.js";
import { fieldName } from "../verify/report.js";

/**
 * The way from the root to the value being written, by level (tables and structs around it). Cheap to keep: a store per
 * field; `indexes` and `tags` are put back to "none" by whoever sets them.
 */
export interface Trail {
  /** The field being written, by its address. */
  readonly fields: number[];
  /** Element of a vector or array, or -1. */
  readonly indexes: number[];
  /** Type of a union's value, or 0. */
  readonly tags: number[];
}

export function createTrail(): Trail {
  return { fields: [-1], indexes: [-1], tags: [0] };
}

/** The path in words down to `level`, e.g. `root.weapons[3].name` or `root.equipped<Weapon>.damage`. */
export function pathOf(program: P.Program, trail: Trail, level: number): string {
  let path = "root";
  for (let at = 1; at <= level; at++) {
    const field = trail.fields[at] ?? -1;
    if (field < 0) break;
    const index = trail.indexes[at] ?? -1;
    const tag = trail.tags[at] ?? 0;
    path += `.${fieldName(program, field)}`;
    if (index >= 0) path += `[${index}]`;
    if (tag > 0) path += `<${memberName(program, field, tag)}>`;
  }
  return path;
}

function memberName(program: P.Program, field: number, tag: number): string {
  const union = program.schema.enumList[program.fields[field + P.FIELD_CHILD]!];
  return union?.values.find(({ value }) => value === BigInt(tag))?.name ?? String(tag);
}
