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
    const made = Schema.derived(schema);
    made[maker] ??= make(schema);
    return made[maker] as T;
  };
}
