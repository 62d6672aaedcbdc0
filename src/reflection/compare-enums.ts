import { BaseType, baseTypeName } from "../model/base-type.js";
import type { EnumDef, EnumValDef, Schema } from "../model/schema.js";
import { ALL, BOTH, type Comparison, pair, report } from "./compare-report.js";

/** Compares two versions of an enum or union. */
export function compareEnums(comparison: Comparison, base: EnumDef, next: EnumDef): void {
  if (base.isUnion !== next.isUnion) {
    const [before, now] = base.isUnion ? ["a union", "an enum"] : ["an enum", "a union"];
    report(comparison, "kind-changed", base.name, `'${base.name}' was ${before} and is ${now}`, ALL);
    return;
  }
  const [before, now] = [base.underlyingType.baseType, next.underlyingType.baseType];
  if (before !== now) {
    const message = `the type behind '${base.name}' was ${baseTypeName(before)} and is ${baseTypeName(now)}`;
    report(comparison, "underlying-type-changed", base.name, message, BOTH);
  }
  if (base.isBitFlags !== next.isBitFlags) {
    const message = `'${base.name}' ${next.isBitFlags ? "is bit_flags now" : "is no longer bit_flags"}`;
    report(comparison, "bit-flags-changed", base.name, message, ["json"]);
  }
  compareValues(comparison, base, next);
}

function compareValues(comparison: Comparison, base: EnumDef, next: EnumDef): void {
  const oldByName = new Map(base.values.map((value) => [value.name, value]));
  const newByName = new Map(next.values.map((value) => [value.name, value]));
  const newByNumber = new Map(next.values.map((value) => [value.value, value]));
  const renamed = new Set<EnumValDef>();
  for (const one of base.values) {
    const path = `${base.name}.${one.name}`;
    const same = newByName.get(one.name);
    const holder = newByNumber.get(one.value);
    if (same !== undefined) {
      if (same.value !== one.value) {
        report(comparison, "value-changed", path, `'${one.name}' was ${one.value} and is ${same.value}`, ALL);
      } else compareMembers(comparison, one, same, path);
    } else if (holder !== undefined && !oldByName.has(holder.name)) {
      renamed.add(holder);
      report(comparison, "value-renamed", path, `'${one.name}' is called '${holder.name}' now`, ["json"]);
      compareMembers(comparison, one, holder, path);
    } else {
      const message = `'${one.name}' (${one.value}) is gone: new readers can't name it in old data`;
      report(comparison, "value-removed", path, message, ["new-reader", "json"]);
    }
  }
  for (const other of next.values) {
    if (oldByName.has(other.name) || renamed.has(other)) continue;
    report(comparison, "value-added", `${base.name}.${other.name}`, `'${other.name}' (${other.value}) is new`, []);
  }
}

/** The types of a union's member. */
function compareMembers(comparison: Comparison, one: EnumValDef, other: EnumValDef, path: string): void {
  const [before, now] = [memberName(comparison.base, one), memberName(comparison.next, other)];
  if (before === now) return;
  const last = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  if (before !== "" && now !== "" && last(before) === last(now)) {
    const message = `the type of '${one.name}' was ${before} and is ${now}, which is compared with it`;
    report(comparison, "type-moved", path, message, []);
    pair(comparison, before, now);
    return;
  }
  const message = `the type of '${one.name}' was ${before || "string"} and is ${now || "string"}`;
  report(comparison, "member-type-changed", path, message, ALL);
}

function memberName({ objectList }: Schema, { unionType }: EnumValDef): string {
  return unionType?.baseType === BaseType.Obj ? (objectList[unionType.index]?.name ?? "") : "";
}
