import { BaseType, isScalar, scalarSize } from "../model/base-type.js";
import type { FieldDef, Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { HASH_NAMES, type HashName } from "../text/hash.js";

/** How `WritePlan.place` says that a table holds a field's value: scalars by their size 1, 2, 4, 8, others by these. */
export const PLACE_OFFSET = 5;
export const PLACE_OFFSET64 = 6;
export const PLACE_STRUCT = 7;

/** What writers need besides the program. Fields are counted by field number: address / FIELD_WORDS. */
export interface WritePlan {
  /** By field: how its value is put into the table; 1, 2, 4, 8 or a PLACE_ number. */
  readonly place: Uint8Array;
  /** By field: 8, 4, 2 or 1. A table's fields are laid out in these groups, largest last. */
  readonly group: Uint8Array;
  /** By field: 1 where an absent value and the default are different things (optional scalars). */
  readonly isOptional: Uint8Array;
  /** By field: low and high half of the default of 64-bit integers. */
  readonly defaultLow: Int32Array;
  readonly defaultHigh: Int32Array;
  /** By field: the vector's force_align, else 1. */
  readonly forceAlign: Uint8Array;
  /** By field: 1 for strings that are written once. */
  readonly isShared: Uint8Array;
  /** By field: hash function of its `hash` attribute. */
  readonly hash: readonly (HashName | undefined)[];
  /** By object: 1 when its fields stand in the order of their ids, not in groups. */
  readonly originalOrder: Uint8Array;
  /** By object: the largest alignment that its tables may need; they are laid out alike at places alike modulo this. */
  readonly period: Uint16Array;
  /** By object: address of its key field, or -1. */
  readonly keyField: Int32Array;
}

/** The write plan of a schema. */
export const writePlan: (schema: Schema) => WritePlan = derived(makeWritePlan);

function makeWritePlan(schema: Schema): WritePlan {
  const program = programOf(schema);
  const count = program.defaultNumbers.length;
  const plan: WritePlan = {
    place: new Uint8Array(count),
    group: new Uint8Array(count),
    isOptional: new Uint8Array(count),
    defaultLow: new Int32Array(count),
    defaultHigh: new Int32Array(count),
    forceAlign: new Uint8Array(count).fill(1),
    isShared: new Uint8Array(count),
    hash: schema.objectList.flatMap((object) => object.fields.map(hashOf)),
    originalOrder: new Uint8Array(schema.objectList.length),
    period: new Uint16Array(schema.objectList.length).fill(8),
    keyField: new Int32Array(schema.objectList.length).fill(-1),
  };
  for (const object of schema.objectList) {
    if (object.attributes.has("original_order")) plan.originalOrder[object.index] = 1;
    for (const field of object.fields) {
      const address = program.objectFields[object.index]! + field.id * P.FIELD_WORDS;
      if (field.key) plan.keyField[object.index] = address;
      planField(program, plan, address, field);
      const align = program.fields[address + P.FIELD_ALIGN]!;
      if (align > plan.period[object.index]!) plan.period[object.index] = align;
    }
  }
  return plan;
}

function planField(program: P.Program, plan: WritePlan, address: number, field: FieldDef): void {
  const number = address / P.FIELD_WORDS;
  const kind = program.fields[address + P.FIELD_KIND]!;
  const flags = program.fields[address + P.FIELD_FLAGS]!;
  plan.place[number] = placeOf(program, address);
  // flatc groups by the size of the base type: 4 for all but scalars and 64-bit vectors, also for structs and for
  // 64-bit offsets to other things.
  plan.group[number] =
    field.type.baseType === BaseType.Vector64 ? 8 : isScalar(field.type.baseType) ? scalarSize(field.type.baseType) : 4;
  plan.isOptional[number] = (flags & P.FLAG_OPTIONAL) === 0 ? 0 : 1;
  const bits = program.defaultIntegers[number]!;
  plan.defaultLow[number] = Number(BigInt.asIntN(32, bits));
  plan.defaultHigh[number] = Number(BigInt.asIntN(32, bits >> 32n));
  plan.forceAlign[number] = forceAlignOf(kind, field);
  plan.isShared[number] = kind === Kind.String && field.attributes.has("shared") ? 1 : 0;
}

function placeOf(program: P.Program, address: number): number {
  const kind = program.fields[address + P.FIELD_KIND]!;
  if (kind <= Kind.Double) return program.fields[address + P.FIELD_SIZE]!;
  if (kind === Kind.Struct) return PLACE_STRUCT;
  return (program.fields[address + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) === 0 ? PLACE_OFFSET : PLACE_OFFSET64;
}

/** flatc knows no force_align for strings, nor for vectors that hold another buffer. Other values than it takes are ignored. */
function forceAlignOf(kind: number, field: FieldDef): number {
  if (kind < Kind.ScalarVector || kind > Kind.UnionVector) return 1;
  const align = Number(field.attributes.get("force_align") ?? 1);
  return [2, 4, 8, 16, 32].includes(align) ? align : 1;
}

function hashOf(field: FieldDef): HashName | undefined {
  const name = field.attributes.get("hash");
  return HASH_NAMES.find((known) => known === name);
}
