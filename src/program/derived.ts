import type { Schema } from "../model/schema.js";

const caches = new WeakMap<Schema, Map<unknown, unknown>>();

/**
 * What `make` makes of a schema, made once. The one cache of the library: a verb keeps here what it needs besides the
 * program (encoded keys, accessors ...), so that it lives exactly as long as the schema does.
 */
export function derived<T>(schema: Schema, make: (schema: Schema) => T): T {
  let cache = caches.get(schema);
  if (cache === undefined) {
    cache = new Map();
    caches.set(schema, cache);
  }
  let value = cache.get(make) as T | undefined;
  if (value === undefined) {
    value = make(schema);
    cache.set(make, value);
  }
  return value;
}
