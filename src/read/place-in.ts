import { FlatbufferError } from "../wire/error.js";
import { readError } from "../wire/view.js";
import { placeOf, voffsetOf } from "./follow.js";
import type { Source } from "./source.js";
import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { AnyView } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/*
 * Names of this module for what others export: the engine looks an import up each time it is used, which would be a
 * tenth of what it takes to read a field.
 */
const { type: typeOfTable, pos: posOfTable, source: sourceOfTable } = Table;
const { type: typeOfStruct, pos: posOfStruct, source: sourceOfStruct } = Struct;
const placeInTable = placeOf;
const voffsetInTable = voffsetOf;

/**
 * Where the table or struct that `view` is on stores the field with this slot, and `inner` bytes further: `size` bytes
 * of the buffer, or 0 when it doesn't. Throws `wrong-type` for a view on another type.
 *
 * The view itself goes to no other function, not even on the way to an error: then the engine needn't make the view
 * in `reader(vector.at(index))` at all.
 */
export function placeIn(view: AnyView, type: ViewType, slot: number, inner: number, size: number): number {
  let source: Source | undefined;
  try {
    const actual = type.isStruct ? typeOfStruct(view) : typeOfTable(view);
    if (actual !== type) throw wrongType(type, actual);
    source = sourceIn(view, type);
    const outer = type.isStruct ? posOfStruct(view) + slot : placeInTable(source.data, posOfTable(view), slot);
    if (outer === 0) return 0;
    const place = outer + inner;
    // Its last byte must be there, also of memory that was detached or shrunk since it was opened: this throws if not.
    source.data.getUint8(place + size - 1);
    return place;
  } catch (error) {
    throw failure(type, source, error);
  }
}

/**
 * Bytes from the start of the table that `view` is on to an integer of `size` bytes; 0 when it isn't stored. At most 4
 * bytes: as many as surely are at the start, so that the integer can be read before anybody asks whether it's there.
 */
export function voffsetIn(view: AnyView, type: ViewType, slot: number, size: number): number {
  let source: Source | undefined;
  try {
    const actual = typeOfTable(view);
    if (actual !== type) throw wrongType(type, actual);
    source = sourceOfTable(view);
    const { data } = source;
    const pos = posOfTable(view);
    const voffset = voffsetInTable(data, pos, slot);
    data.getUint8(pos + voffset + size - 1);
    return voffset;
  } catch (error) {
    throw failure(type, source, error);
  }
}

export function sourceIn(view: AnyView, type: ViewType): Source {
  return type.isStruct ? sourceOfStruct(view) : sourceOfTable(view);
}

/** What to throw. Something that is no view has no source, which the engine calls a TypeError. */
function failure(type: ViewType, source: Source | undefined, error: unknown): unknown {
  if (source !== undefined) return readError(source.view, error);
  return error instanceof FlatbufferError ? error : wrongType(type, undefined);
}

function wrongType({ def }: ViewType, actual: ViewType | undefined): FlatbufferError {
  const same = actual?.def.name === def.name ? ", but of another schema" : "";
  const given = actual === undefined ? "something else" : `one on ${actual.def.name}${same}`;
  return new FlatbufferError("wrong-type", `this reader takes a view on ${def.name}, it was given ${given}`);
}
