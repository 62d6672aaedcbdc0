import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { ObjectState } from "./object-state.js";
import { putFlexbuffer, putNested } from "./put-embedded.js";
import { toInt, toLong, toReal } from "./put-scalar.js";
import { alignForStruct, putStruct } from "./put-struct.js";
import { type Fields, putTable } from "./put-table.js";
import { putString } from "./put-text.js";
import { putUnion, putUnionVector } from "./put-union.js";
import { putVector } from "./put-vector.js";

/**
 * Puts the value of a table's field; `owner` is the object that it is in. `null` sets nothing, but for scalars that
 * aren't optional, where it is an error.
 */
export function putField(state: ObjectState, number: number, value: unknown, owner: Fields): void {
  const { program, writer } = state;
  const address = number * P.FIELD_WORDS;
  const kind = program.fields[address + P.FIELD_KIND]!;
  if (kind <= Kind.Double) {
    if (value === null && writer.plan.isOptional[number] === 1) return;
    putScalar(state, number, address, kind, value);
    return;
  }
  if (value === null) return;
  switch (kind) {
    case Kind.String:
      writer.putRef(number, putString(state, value, writer.plan.isShared[number] === 1), 0);
      break;
    case Kind.Table:
      writer.putRef(number, putTable(state, program.fields[address + P.FIELD_CHILD]!, value), 0);
      break;
    case Kind.Struct: {
      const child = program.fields[address + P.FIELD_CHILD]!;
      const start = writer.scratch.take(program.fields[address + P.FIELD_SIZE]!);
      putStruct(state, child, writer.scratch.data, start, value);
      alignForStruct(state, child);
      writer.putRef(number, start, 0);
      break;
    }
    case Kind.Union:
      writer.putRef(number, putUnion(state, number, value, owner), 0);
      break;
    case Kind.UnionVector:
      writer.putRef(number, putUnionVector(state, number, value, owner), 0);
      break;
    case Kind.NestedFlatbuffer:
      writer.putRef(number, putNested(state, address, value), 0);
      break;
    case Kind.Flexbuffer:
      writer.putRef(number, putFlexbuffer(state, address, value), 0);
      break;
    default:
      writer.putRef(number, putVector(state, number, kind, value, owner), 0);
  }
}

function putScalar(state: ObjectState, number: number, address: number, kind: number, value: unknown): void {
  const { writer } = state;
  if (kind === Kind.Float || kind === Kind.Double) writer.putFloat(number, toReal(state, kind, value), 0);
  else if (kind === Kind.Long || kind === Kind.ULong) putLong(state, number, address, kind, value);
  else writer.putInt(number, toInt(state, address, kind, value), 0);
}

function putLong(state: ObjectState, number: number, address: number, kind: number, value: unknown): void {
  const long = toLong(state, address, kind, value);
  if (typeof long === "bigint") state.writer.putBigInt(number, long, 0);
  else state.writer.putLong(number, long | 0, Math.floor(long / 2 ** 32) | 0, 0);
}
