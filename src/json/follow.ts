import { FlatbufferError } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import type { JsonWriter } from "./writer.js";

/**
 * Where the offset at `place` leads: to 4 bytes inside the window at least. Behind the gate that is known; but it
 * costs one comparison to know it here too, so that bytes nobody verified can do no harm. Counts one visit.
 */
export function follow(writer: JsonWriter, place: number): number {
  return followTo(writer, place, 4);
}

/** The same for what may be smaller: a struct that a union's offset leads to, of so many bytes. */
export function followTo(writer: JsonWriter, place: number, byteLength: number): number {
  const target = place + writer.data.getUint32(place, true);
  if (target === place || target > writer.limit - byteLength) throw badOffset(writer, place, target - place);
  if (--writer.visitsLeft < 0) throw limitError("maxVisits", writer.maxVisits, { offset: place });
  return target;
}

/** The same for an offset of 8 bytes. */
export function followWide(writer: JsonWriter, place: number): number {
  const { data } = writer;
  const target = place + data.getUint32(place + 4, true) * 4294967296 + data.getUint32(place, true);
  if (target === place || target > writer.limit - 4) throw badOffset(writer, place, target - place);
  if (--writer.visitsLeft < 0) throw limitError("maxVisits", writer.maxVisits, { offset: place });
  return target;
}

function badOffset(writer: JsonWriter, place: number, uoffset: number): FlatbufferError {
  return uoffset === 0
    ? new FlatbufferError("uoffset-zero", "an offset of 0 points to itself", { offset: place })
    : new FlatbufferError(
        "uoffset-out-of-range",
        `the offset ${uoffset} at ${place} leads beyond the end, ${writer.limit}`,
        { offset: place },
      );
}
