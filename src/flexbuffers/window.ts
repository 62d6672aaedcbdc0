import { FlatbufferError } from "../wire/error.js";
import type { View } from "../wire/view.js";
import { isWidth } from "./packed-type.js";

/**
 * Where one FlexBuffer lies: the bytes `[start, end)` of `view`. Positions are those of the view; nothing here reads
 * outside the window, whatever the bytes say, and everything throws `flexbuffer-invalid` with the position instead.
 */
export interface FlexWindow {
  readonly view: View;
  readonly start: number;
  readonly end: number;
  /** Place in the data for errors, e.g. `root.extra`. */
  readonly path?: string | undefined;
}

/** A value before it is looked at: its packed type, where its slot is and how many bytes wide that slot is. */
export interface FlexSlot {
  readonly packed: number;
  readonly pos: number;
  readonly slotWidth: number;
}

/** The root, found from the last byte backwards. */
export function rootSlot(window: FlexWindow): FlexSlot {
  const { view, start, end } = window;
  view.need(start, end - start);
  if (end - start < 3) throw flexError(window, start, `${end - start} bytes are too few for a root`);
  const slotWidth = view.bytes[end - 1]!;
  if (!isWidth(slotWidth)) {
    throw flexError(window, end - 1, `the root can't be ${slotWidth} bytes wide, only 1, 2, 4 or 8`);
  }
  const pos = end - 2 - slotWidth;
  if (pos < start) throw flexError(window, end - 1, `a root ${slotWidth} bytes wide doesn't fit`);
  return { packed: view.bytes[end - 2]!, pos, slotWidth };
}

/** Where the offset in a slot leads: backwards, counted from the slot itself. */
export function targetOf(window: FlexWindow, pos: number, slotWidth: number): number {
  const distance = uintAt(window, pos, slotWidth);
  if (distance > pos - window.start) {
    throw flexError(window, pos, `an offset of ${distance} leads before the start`);
  }
  return pos - distance;
}

/** The length stored before `pos`, in elements or bytes. Large ones lose digits but stay large. */
export function lengthBefore(window: FlexWindow, pos: number, width: number): number {
  return uintAt(window, pos - width, width);
}

/**
 * The byte width of a map's keys vector, stored `width` bytes wide at `pos`. As in C++ only the lowest byte counts, unless `exact`.
 */
export function keysWidthAt(window: FlexWindow, pos: number, width: number, exact = false): number {
  need(window, pos, width);
  const keysWidth = exact ? uintAt(window, pos, width) : window.view.bytes[pos]!;
  if (isWidth(keysWidth)) return keysWidth;
  throw flexError(window, pos, `keys can't be ${keysWidth} bytes wide, only 1, 2, 4 or 8`);
}

/** End of the NUL-terminated bytes at `pos`: the position of the NUL. */
export function keyEnd(window: FlexWindow, pos: number): number {
  const { bytes } = window.view;
  const near = Math.min(window.end, pos + 32);
  for (let at = pos; at < near; at++) if (bytes[at] === 0) return at;
  const found = bytes.subarray(near, window.end).indexOf(0);
  if (found < 0) throw flexError(window, pos, "a key without its NUL");
  return near + found;
}

/** Throws unless `byteLength` bytes from `pos` lie in the window. */
export function need(window: FlexWindow, pos: number, byteLength: number): void {
  if (pos >= window.start && pos + byteLength <= window.end) return;
  throw flexError(window, pos, `${byteLength} bytes at ${pos} don't fit in [${window.start}, ${window.end})`);
}

/** The unsigned number in `width` bytes. Above 2^53 the lowest digits are lost: good for comparing, not for showing. */
export function uintAt(window: FlexWindow, pos: number, width: number): number {
  need(window, pos, width);
  const { data } = window.view;
  if (width === 1) return data.getUint8(pos);
  if (width === 2) return data.getUint16(pos, true);
  if (width === 4) return data.getUint32(pos, true);
  return data.getUint32(pos, true) + data.getUint32(pos + 4, true) * 2 ** 32;
}

/** The unsigned number in `width` bytes, exact: a bigint where a number wouldn't be. */
export function exactUintAt(window: FlexWindow, pos: number, width: number): number | bigint {
  const value = uintAt(window, pos, width);
  return value <= Number.MAX_SAFE_INTEGER ? value : window.view.data.getBigUint64(pos, true);
}

/** The signed number in `width` bytes, exact: a bigint where a number wouldn't be. */
export function exactIntAt(window: FlexWindow, pos: number, width: number): number | bigint {
  need(window, pos, width);
  const { data } = window.view;
  if (width === 1) return data.getInt8(pos);
  if (width === 2) return data.getInt16(pos, true);
  if (width === 4) return data.getInt32(pos, true);
  const value = data.getUint32(pos, true) + data.getInt32(pos + 4, true) * 2 ** 32;
  return Number.isSafeInteger(value) ? value : data.getBigInt64(pos, true);
}

/**
 * The floating point number in `width` bytes. Nobody writes one of 1 or 2 bytes and the format leaves open what they
 * would mean; C++ reads them as signed integers, and so do we. The strict check refuses them.
 */
export function floatAt(window: FlexWindow, pos: number, width: number): number {
  need(window, pos, width);
  const { data } = window.view;
  if (width === 8) return data.getFloat64(pos, true);
  if (width === 4) return data.getFloat32(pos, true);
  return width === 2 ? data.getInt16(pos, true) : data.getInt8(pos);
}

/** The error for damaged FlexBuffer data, or for memory that is no longer there, where nothing read means anything. */
export function flexError(window: FlexWindow, pos: number, reason: string): FlatbufferError {
  const { view } = window;
  if (view.bytes.byteLength !== view.byteLength) {
    return new FlatbufferError("buffer-detached", "the bytes were detached or resized while they were read");
  }
  const place = window.path === undefined || window.path === "" ? "" : ` in ${window.path}`;
  return new FlatbufferError("flexbuffer-invalid", `FlexBuffer${place}: ${reason} (byte ${pos})`, {
    path: window.path,
    offset: pos,
  });
}
