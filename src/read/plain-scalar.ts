import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar, type ScalarValue } from "../program/read-scalar.js";
import { enumText } from "./enum-names.js";
import type { PlainWalk } from "./plain-walk.js";

/** The scalar of this kind at `place`; by name where its field has an enum and the rules want names. */
export function plainScalar(walk: PlainWalk, kind: number, field: number, place: number): ScalarValue | string {
  const value = readScalar(walk.source.data, kind, place);
  if (kind > Kind.ULong) return value;
  const enumIndex = namedEnum(walk, field);
  return enumIndex < 0 ? value : enumName(walk, enumIndex, value);
}

/** The enum whose names stand for the values of a field or its elements, or -1. */
export function namedEnum({ program, rules }: PlainWalk, field: number): number {
  return rules.enumNames ? program.fields[field + P.FIELD_ENUM]! : -1;
}

/** The name of a value of this enum, or the value where it has none. */
export function enumName(walk: PlainWalk, enumIndex: number, value: ScalarValue): ScalarValue | string {
  return typeof value === "boolean" ? value : (enumText(walk.shapes.enums[enumIndex]!, value) ?? value);
}
