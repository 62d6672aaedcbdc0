import { Kind, LAST_SCALAR } from "../program/kind.js";
import * as P from "../program/program.js";
import { quickKind } from "./quick.js";
import * as V from "./vtable-plans.js";
import type { Walk } from "./walk.js";

/**
 * Makes and keeps the plan of (vtable, object), having made sure of all that depends on them alone. Gives its address,
 * or 0 where a check would fail or there is no room: then each table is checked entry by entry, which says what is wrong.
 */
export function makePlan(walk: Walk, plans: V.VtablePlans, object: number, vtable: number): number {
  const address = tryPlan(walk, plans, object, vtable);
  plans.keep(address);
  return address;
}

function tryPlan(walk: Walk, plans: V.VtablePlans, object: number, vtable: number): number {
  const { data, base, end, strict, program } = walk;
  if (vtable < base || vtable + 4 > end || ((vtable - base) & 1) !== 0) return 0;
  const vtableSize = data.getUint16(vtable, true);
  if ((vtableSize & 1) !== 0 || vtableSize < 4 || vtable + vtableSize > end) return 0;
  const tableSize = strict ? data.getUint16(vtable + 2, true) : Number.POSITIVE_INFINITY;
  if (tableSize < 4) return 0;
  if (!hasRequired(walk, object, vtable, vtableSize)) return 0;

  const { fields } = program;
  const first = program.objectFields[object]!;
  const known = program.objectFieldCount[object]!;
  const stored = (vtableSize - 4) / 2;
  const count = Math.min(known, stored);
  const steps: number[] = [];
  let needed = 4;
  let align = 4;
  let rest = 0;
  for (let id = 0; id <= count && id < known; id++) {
    const entry = id < count ? data.getUint16(vtable + 4 + 2 * id, true) : 0;
    const field = first + id * P.FIELD_WORDS;
    const kind = fields[field + P.FIELD_KIND]!;
    const isUnion = kind === Kind.Union || kind === Kind.UnionVector;
    const typeEntry = isUnion && id > 0 ? data.getUint16(vtable + 2 + 2 * id, true) : 0;
    if (entry === 0 && typeEntry === 0) continue;
    if (!strict && (fields[field + P.FIELD_FLAGS]! & P.FLAG_DEPRECATED) !== 0) continue;
    if (entry !== 0) {
      if (strict && entry < 4) return 0;
      needed = Math.max(needed, entry + fields[field + P.FIELD_SIZE]!);
      const fieldAlign = fields[field + P.FIELD_ALIGN]!;
      if (fieldAlign > align) {
        // The stricter demand must imply the one so far, else no position can satisfy both.
        const wider = (fieldAlign - (entry & (fieldAlign - 1))) & (fieldAlign - 1);
        if ((wider & (align - 1)) !== rest) return 0;
        align = fieldAlign;
        rest = wider;
      } else if (((rest + entry) & (fieldAlign - 1)) !== 0) return 0;
    }
    if (kind > LAST_SCALAR && kind !== Kind.Struct)
      steps.push(entry + typeEntry * 65_536, field, quickKind(fields, field));
  }
  if (needed > tableSize) return 0;
  for (let id = known; strict && id < stored; id++) {
    const entry = data.getUint16(vtable + 4 + 2 * id, true);
    if (entry !== 0 && (entry < 4 || entry >= tableSize)) return 0;
  }
  return writePlan(plans, steps, {
    tableSize: strict ? tableSize : needed,
    align,
    rest,
    shown: vtableSize + (strict ? tableSize : 4),
  });
}

function hasRequired(walk: Walk, object: number, vtable: number, vtableSize: number): boolean {
  for (const field of walk.program.objectRequired[object]!) {
    const slot = walk.program.fields[field + P.FIELD_SLOT]!;
    if (slot >= vtableSize || walk.data.getUint16(vtable + slot, true) === 0) return false;
  }
  return true;
}

interface PlanHead {
  readonly tableSize: number;
  readonly align: number;
  readonly rest: number;
  readonly shown: number;
}

function writePlan(plans: V.VtablePlans, steps: readonly number[], head: PlanHead): number {
  const address = plans.reserve(steps.length / V.PLAN_STEP);
  if (address === 0) return 0;
  const { words } = plans;
  words[address + V.PLAN_TABLE_SIZE] = head.tableSize;
  words[address + V.PLAN_ALIGN_MASK] = head.align - 1;
  words[address + V.PLAN_ALIGN_REST] = head.rest;
  words[address + V.PLAN_SHOWN] = head.shown;
  words[address + V.PLAN_COUNT] = steps.length / V.PLAN_STEP;
  words.set(steps, address + V.PLAN_FIRST);
  return address;
}
