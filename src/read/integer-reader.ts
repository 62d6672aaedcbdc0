import * as Kind from "../program/kind.js";
import { voffsetIn as importedVoffsetIn } from "./place-in.js";
import { Table } from "./table.js";
import type { AnyView } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/* Their names here, since the engine looks an import up each time it is used. */
const voffsetIn = importedVoffsetIn;
const { source: sourceOf, pos: posOf } = Table;

/**
 * Reads an integer of a table that has a default.
 *
 * Whether it's stored differs from table to table, and a processor that guesses wrong loses more time than the read
 * takes. So there is no question on the way: something is read in any case, and a mask chooses.
 */
export function integerReader(type: ViewType, kind: number, slot: number, absent: number): (view: AnyView) => number {
  switch (kind) {
    case Kind.Byte:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 1);
        return stored(voffset, sourceOf(view).data.getInt8(posOf(view) + voffset), absent);
      };
    case Kind.Short:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 2);
        return stored(voffset, sourceOf(view).data.getInt16(posOf(view) + voffset, true), absent);
      };
    case Kind.UShort:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 2);
        return stored(voffset, sourceOf(view).data.getUint16(posOf(view) + voffset, true), absent);
      };
    case Kind.Int:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 4);
        return stored(voffset, sourceOf(view).data.getInt32(posOf(view) + voffset, true), absent);
      };
    case Kind.UInt:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 4);
        return stored(voffset, sourceOf(view).data.getUint32(posOf(view) + voffset, true), absent) >>> 0;
      };
    default:
      return (view) => {
        const voffset = voffsetIn(view, type, slot, 1);
        return stored(voffset, sourceOf(view).data.getUint8(posOf(view) + voffset), absent);
      };
  }
}

/** `value` when `voffset` isn't 0, else `absent`: both of 32 bits, signed or not; signed as a result. */
function stored(voffset: number, value: number, absent: number): number {
  const mask = -voffset >> 31;
  return (value & mask) | (absent & ~mask);
}
