import type { ObjectDef } from "../model/schema.js";
import { FlatbufferError } from "../wire/error.js";

/** The error for a name that an object doesn't have; tells some that it has. */
export function unknownField(def: ObjectDef, name: unknown): FlatbufferError {
  const some = def.fields.slice(0, 8).map((field) => field.name);
  const more = def.fields.length > some.length ? ", ..." : "";
  const given = typeof name === "string" ? JSON.stringify(name) : `of type ${typeof name}`;
  return new FlatbufferError(
    "unknown-field",
    `${def.name} has no field ${given}; it has ${some.join(", ") || "none"}${more}`,
  );
}
