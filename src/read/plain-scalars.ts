import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { enumName, namedEnum } from "./plain-scalar.js";
import type { PlainWalk } from "./plain-walk.js";
import { NUMBER_ARRAYS } from "./scalar.js";
import { COLUMN_LENGTH, readColumn } from "./scalar-column.js";

/**
 * The elements of a vector or fixed array of scalars, which begin at `start`, as the rules want them: an array, or a
 * typed array with memory of its own. Bools and names of enums are always an array, bytes always a Uint8Array.
 */
export function plainScalars(walk: PlainWalk, field: number, start: number, length: number): unknown {
  const { program, source, rules } = walk;
  const kind = program.fields[field + P.FIELD_ELEMENT]!;
  const stride = program.fields[field + P.FIELD_STRIDE]!;
  const enumIndex = kind > Kind.ULong ? -1 : namedEnum(walk, field);
  const type = NUMBER_ARRAYS[kind];
  if (enumIndex < 0 && (kind === Kind.UByte || (rules.typed && type !== undefined))) {
    walk.take(length * stride, start);
    return type === Uint8Array
      ? source.view.bytes.slice(start, start + length)
      : source.view.numbers(type!, start, length).slice();
  }
  walk.take(8 * length, start);
  const made = sizedArray<unknown>(length);
  for (let done = 0; done < length; done += COLUMN_LENGTH) {
    const some = Math.min(COLUMN_LENGTH, length - done);
    const values = readColumn(source.data, kind, start + done * stride, stride, some);
    if (enumIndex < 0) for (let index = 0; index < some; index++) made[done + index] = values[index];
    else
      for (let index = 0; index < some; index++)
        made[done + index] = enumName(walk, enumIndex, values[index] as number);
  }
  return made;
}

/** Longer arrays grow as they are filled: made at once they would be hash tables to the engine. */
const MAX_SIZED = 100_000;

/** An array to fill from index 0 up to `length`. */
export function sizedArray<T>(length: number): T[] {
  return length <= MAX_SIZED ? new Array<T>(length) : [];
}
