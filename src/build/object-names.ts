import type { Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";
import { propertyName } from "../program/property-name.js";

/** What fromObject keeps per schema: names as strings. */
export interface ObjectNames {
  /** By field number: the field's name, a `propertyName`. */
  readonly fields: readonly string[];
  /** By object: field numbers by name. */
  readonly byName: readonly ReadonlyMap<string, number>[];
  /** By field number: the field whose key came next last time. A guess, made better by use; never believed unchecked. */
  readonly follower: Int32Array;
  /** By object: the field that came first last time, -1 when it has none. Guessed as well. */
  readonly first: Int32Array;
  /** By enum: values by name; bigints where a number may not be exact. */
  readonly values: readonly ReadonlyMap<string, number | bigint>[];
}

/** The names of a schema. */
export const objectNames: (schema: Schema) => ObjectNames = derived(makeObjectNames);

function makeObjectNames(schema: Schema): ObjectNames {
  const fields = schema.objectList.flatMap((object) => object.fields.map((field) => propertyName(field.name)));
  const owners = schema.objectList.flatMap((object) => object.fields.map(() => object.index));
  let number = 0;
  const first = Int32Array.from(schema.objectList, (object) => {
    const start = number;
    number += object.fields.length;
    return start;
  });
  return {
    fields,
    byName: schema.objectList.map(
      (object) => new Map(object.fields.map((field) => [field.name, first[object.index]! + field.id])),
    ),
    // The last field of an object is followed by itself: a field of another object must never be guessed.
    follower: Int32Array.from(owners, (owner, index) => (owners[index + 1] === owner ? index + 1 : index)),
    first: Int32Array.from(first, (start, index) => (schema.objectList[index]!.fields.length === 0 ? -1 : start)),
    values: schema.enumList.map((enumDef) => new Map(enumDef.values.map(({ name, value }) => [name, shortest(value)]))),
  };
}

function shortest(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
