import { type BaseType, isInteger } from "../model/base-type.js";
import type { EnumDef } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar } from "../program/read-scalar.js";
import type { View } from "../wire/view.js";
import { firstNonZero } from "./lint-regions.js";
import type { NoteCode } from "./report.js";

/** Where a lint tells what it found. */
export type NoteSink = (code: NoteCode, pos: number, message: string) => void;

/** Looks at a scalar: bools other than 0 and 1, enum values without a name. */
function lintScalar(
  program: P.Program,
  view: View,
  field: number,
  baseType: number,
  pos: number,
  note: NoteSink,
): void {
  if (baseType === Kind.Bool) {
    const byte = view.bytes[pos]!;
    if (byte > 1) note("bool-not-0-or-1", pos, `a bool is stored as ${byte}; it reads as true`);
    return;
  }
  const enumIndex = program.fields[field + P.FIELD_ENUM]!;
  if (enumIndex < 0 || baseType === Kind.UType || !isInteger(baseType as BaseType)) return;
  const enumDef = program.schema.enumList[enumIndex]!;
  const value = BigInt(readScalar(view.data, baseType, pos));
  if (!isNamed(enumDef, value)) note("unknown-enum-value", pos, `${value} is no value of ${enumDef.name}`);
}

/** Looks at all fields of a struct and at the padding between them. */
export function lintStruct(program: P.Program, view: View, object: number, pos: number, note: NoteSink): void {
  const { fields } = program;
  let end = pos;
  for (let id = 0; id < program.objectFieldCount[object]!; id++) {
    const field = program.objectFields[object]! + id * P.FIELD_WORDS;
    const place = pos + fields[field + P.FIELD_SLOT]!;
    lintPadding(view, end, place, note);
    lintInline(program, view, field, place, note);
    end = place + fields[field + P.FIELD_SIZE]!;
  }
  lintPadding(view, end, pos + program.objectSize[object]!, note);
}

/** Looks at a value that stands in a table or struct itself. */
export function lintInline(program: P.Program, view: View, field: number, pos: number, note: NoteSink): void {
  const { fields } = program;
  const kind = fields[field + P.FIELD_KIND]!;
  const child = fields[field + P.FIELD_CHILD]!;
  const stride = fields[field + P.FIELD_STRIDE]!;
  const length = fields[field + P.FIELD_LENGTH]!;
  if (kind === Kind.Struct) lintStruct(program, view, child, pos, note);
  else if (kind === Kind.ScalarArray) lintScalars(program, view, field, pos, length, note);
  else if (kind === Kind.StructArray) {
    for (let index = 0; index < length; index++) lintStruct(program, view, child, pos + index * stride, note);
  } else lintScalar(program, view, field, kind, pos, note);
}

/** Looks at the elements of a vector or array of scalars. */
export function lintScalars(
  program: P.Program,
  view: View,
  field: number,
  pos: number,
  count: number,
  note: NoteSink,
): void {
  const element = program.fields[field + P.FIELD_ELEMENT]!;
  if (element !== Kind.Bool && program.fields[field + P.FIELD_ENUM]! < 0) return;
  const stride = program.fields[field + P.FIELD_STRIDE]!;
  for (let index = 0; index < count; index++) lintScalar(program, view, field, element, pos + index * stride, note);
}

function isNamed(enumDef: EnumDef, value: bigint): boolean {
  if (enumDef.values.some((named) => named.value === value)) return true;
  if (!enumDef.isBitFlags) return false;
  const known = enumDef.values.reduce((bits, named) => bits | named.value, 0n);
  return (value & ~known) === 0n;
}

function lintPadding(view: View, start: number, end: number, note: NoteSink): void {
  const pos = firstNonZero(view, start, end);
  if (pos >= 0) note("padding-not-zero", pos, `a byte of padding at ${pos} is ${view.bytes[pos]}`);
}
