import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import type { Source } from "./source.js";

/*
 * Where things are. The bytes may be hostile (`trusted: true`), so an offset may lead anywhere: the window's own
 * bounds catch every read, and lengths are checked here before anybody loops or allocates by them.
 */

/** Where the table at `pos` stores the field with this slot of its vtable, or 0 when it doesn't. */
export function placeOf(data: DataView, pos: number, slot: number): number {
  const voffset = voffsetOf(data, pos, slot);
  return voffset === 0 ? 0 : pos + voffset;
}

/** Bytes from the start of the table at `pos` to the field, or 0 when it isn't stored. */
export function voffsetOf(data: DataView, pos: number, slot: number): number {
  const vtablePos = pos - data.getInt32(pos, true);
  if (slot >= data.getUint16(vtablePos, true)) return 0;
  return data.getUint16(vtablePos + slot, true);
}

/** Where the offset of a table's field leads. */
export function followField(source: Source, field: number, place: number): number {
  const { data, program } = source;
  if ((program.fields[field + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) === 0) return place + data.getUint32(place, true);
  return place + Number(data.getBigUint64(place, true));
}

/** How many elements the vector at `pos` has. Throws `vector-out-of-range` when they don't fit. */
export function vectorLength(source: Source, field: number, pos: number): number {
  const { data, program } = source;
  const stride = program.fields[field + P.FIELD_STRIDE]!;
  const length = P.hasLongLength(program, field) ? Number(data.getBigUint64(pos, true)) : data.getUint32(pos, true);
  const room = source.view.byteLength - firstElement(program, field, pos);
  if (length * stride <= room) return length;
  throw new FlatbufferError(
    "vector-out-of-range",
    `a vector of ${length} elements of ${stride} bytes at ${pos} doesn't fit; verify() tells where`,
    { offset: pos },
  );
}

/** Where the elements of the vector at `pos` begin. */
export function firstElement(program: P.Program, field: number, pos: number): number {
  return pos + P.lengthSize(program, field);
}

/** How many bytes the string at `pos` has; they begin at `pos + 4`. Throws `string-out-of-range` when they don't fit. */
export function stringLength(source: Source, pos: number): number {
  const length = source.data.getUint32(pos, true);
  if (length <= source.view.byteLength - pos - 4) return length;
  throw new FlatbufferError(
    "string-out-of-range",
    `a string of ${length} bytes at ${pos} doesn't fit; verify() tells where`,
    { offset: pos },
  );
}
