import * as Kind from "../program/kind.js";
import { readInt, readLong } from "./parse-integer.js";
import { readReal } from "./parse-real.js";
import type { ParseState } from "./parse-state.js";

/** Reads a scalar of `kind` for the field at `address` into `scratch` at `pos`, where its bytes are reserved. */
export function storeScalar(state: ParseState, address: number, kind: number, pos: number): void {
  const { scratch } = state.writer;
  switch (kind) {
    case Kind.Short:
    case Kind.UShort:
      scratch.data.setInt16(pos, readInt(state, address, kind), true);
      break;
    case Kind.Int:
    case Kind.UInt:
      scratch.data.setInt32(pos, readInt(state, address, kind), true);
      break;
    case Kind.Long:
    case Kind.ULong:
      readLong(state, address, kind);
      scratch.data.setInt32(pos, state.low, true);
      scratch.data.setInt32(pos + 4, state.high, true);
      break;
    case Kind.Float:
      scratch.data.setFloat32(pos, readReal(state, kind), true);
      break;
    case Kind.Double:
      scratch.data.setFloat64(pos, readReal(state, kind), true);
      break;
    default:
      scratch.bytes[pos] = readInt(state, address, kind);
  }
}
