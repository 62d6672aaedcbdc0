import { BaseType } from "../model/base-type.js";
import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as P from "../program/program.js";

/** Bytes of a value in the table of defaults. */
export const DEFAULT_BYTES = 8;

/**
 * The defaults of all scalar fields as they would be stored, at field number x DEFAULT_BYTES: an absent field is then
 * printed like one that is present, only from here.
 */
export const defaultValues: (schema: Schema) => DataView = derived(makeDefaultValues);

function makeDefaultValues(schema: Schema): DataView {
  const { fields, defaultIntegers, defaultNumbers } = programOf(schema);
  const values = new DataView(new ArrayBuffer(defaultIntegers.length * DEFAULT_BYTES));
  for (let number = 0; number < defaultIntegers.length; number++) {
    const kind = fields[number * P.FIELD_WORDS + P.FIELD_KIND];
    const pos = number * DEFAULT_BYTES;
    if (kind === BaseType.Float) values.setFloat32(pos, defaultNumbers[number]!, true);
    else if (kind === BaseType.Double) values.setFloat64(pos, defaultNumbers[number]!, true);
    else values.setBigInt64(pos, defaultIntegers[number]!, true); // little-endian: narrower reads see the low bytes
  }
  return values;
}
