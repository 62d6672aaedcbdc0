import { Schema } from "../model/schema.js";

let makers = 0;

/**
 * A function that gives what `make` makes of a schema, made once for each. The one cache of the library: a verb keeps
 * here what it needs besides the program (encoded keys, accessors ...), so that it lives exactly as long as the schema
 * does. Every verb asks several times a call, so it costs no more than a look into an array.
 */
export function derived<T>(make: (schema: Schema) => T): (schema: Schema) => T {
  const maker = makers++;
  return (schema) => {
    const made = Schema.derived(schema) ?? ofOtherCopy(schema);
    made[maker] ??= make(schema);
    return made[maker] as T;
  };
}

/**
 * For schemas of another copy of this library in one program, as when `flatlens` and `flatlens/fbs` were bundled each
 * for itself: the two don't see what the other keeps.
 */
const others = new WeakMap<Schema, unknown[]>();

function ofOtherCopy(schema: Schema): unknown[] {
  let made = others.get(schema);
  if (made === undefined) {
    made = [];
    others.set(schema, made);
  }
  return made;
}
