import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { APOSTROPHE, isWord, QUOTE, wordEnd } from "./parse-ascii.js";
import { readFlexbuffer, readNested } from "./parse-embedded.js";
import { readInt, readLong } from "./parse-integer.js";
import { readReal } from "./parse-real.js";
import { peek } from "./parse-space.js";
import type { ParseState } from "./parse-state.js";
import { readString, scanString } from "./parse-string.js";
import { readStruct } from "./parse-struct.js";
import { readTable } from "./parse-table.js";
import { readUnion, readUnionVector } from "./parse-union.js";
import { readVector } from "./parse-vector.js";

const LOWER_N = 0x6e;

/**
 * Reads the value of a table's field and puts it to the fields from entry `base` up. `key` is where the field was
 * named. `null` sets nothing, but for scalars that aren't optional, where it is an error.
 */
export function readField(state: ParseState, number: number, base: number, key: number): void {
  const { program, writer } = state;
  const address = number * P.FIELD_WORDS;
  const kind = program.fields[address + P.FIELD_KIND]!;
  const first = peek(state);
  if (kind <= Kind.Double) {
    readScalarField(state, number, address, kind, first, key);
    return;
  }
  if (first === LOWER_N && skipNull(state)) return;
  switch (kind) {
    case Kind.String:
      writer.putRef(number, readString(state, writer.plan.isShared[number] === 1), key);
      break;
    case Kind.Table:
      writer.putRef(number, readTable(state, program.fields[address + P.FIELD_CHILD]!), key);
      break;
    case Kind.Struct: {
      const start = writer.scratch.take(program.fields[address + P.FIELD_SIZE]!);
      readStruct(state, program.fields[address + P.FIELD_CHILD]!, start);
      writer.putRef(number, start, key);
      break;
    }
    case Kind.Union:
      readUnion(state, number, base, key);
      break;
    case Kind.UnionVector:
      readUnionVector(state, number, base, key);
      break;
    case Kind.NestedFlatbuffer:
      writer.putRef(number, readNested(state, address), key);
      break;
    case Kind.Flexbuffer:
      writer.putRef(number, readFlexbuffer(state, address), key);
      break;
    default:
      writer.putRef(number, readVector(state, address, kind), key);
  }
}

function readScalarField(
  state: ParseState,
  number: number,
  address: number,
  kind: number,
  first: number,
  key: number,
): void {
  const { writer } = state;
  if (writer.plan.isOptional[number] === 1 && isNull(state, number, first)) writer.putNull(number, key);
  else if (kind === Kind.Long || kind === Kind.ULong) {
    readLong(state, address, kind);
    writer.putLong(number, state.low, state.high, key);
  } else if (kind === Kind.Float || kind === Kind.Double) writer.putFloat(number, readReal(state, kind), key);
  else writer.putInt(number, readInt(state, address, kind), key);
}

/** Whether an optional scalar is null, bare or in quotes; where text is hashed "null" is such. Steps over it then. */
function isNull(state: ParseState, number: number, first: number): boolean {
  if (first === LOWER_N) return skipNull(state);
  const isText = first === QUOTE || first === APOSTROPHE;
  if (!isText || state.writer.plan.hash[number] !== undefined) return false;
  const start = state.pos;
  const end = scanString(state);
  if (end >= 0 && isWord(state.bytes, start + 1, end, "null")) return true;
  state.pos = start;
  return false;
}

/** Whether the word null stands at the position. Steps over it then. */
function skipNull(state: ParseState): boolean {
  const { bytes, pos } = state;
  const end = wordEnd(bytes, pos);
  if (!isWord(bytes, pos, end, "null")) return false;
  state.pos = end;
  return true;
}
