import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { follow } from "./follow.js";
import { planOfTable } from "./plan.js";
import { writeFields } from "./write-fields.js";
import { firstOf, lengthOf } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/** A root offset and the offset of the smallest table. */
const MIN_NESTED_BYTES = 8;

/** The buffer inside the [ubyte] at `vector`, as the object it holds. Its offsets must stay inside it. */
export function writeNested(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  const length = lengthOf(writer, field, vector);
  const first = firstOf(writer, field, vector);
  if (length < MIN_NESTED_BYTES) {
    throw new FlatbufferError("nested-too-short", `a nested buffer of ${length} bytes holds no table`, {
      offset: vector,
    });
  }
  const { base, limit } = writer;
  writer.base = first;
  writer.limit = first + length;
  const object = writer.program.fields[field + P.FIELD_CHILD]!;
  const table = follow(writer, first);
  pos = writeFields(writer, pos, planOfTable(writer, object, table), table, width);
  writer.base = base;
  writer.limit = limit;
  return pos;
}
