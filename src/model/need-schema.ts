import { describe } from "../wire/describe.js";
import { FlatbufferError } from "../wire/error.js";
import type { Schema } from "./schema.js";

/** Throws `invalid-argument` for what is no schema, most often the bytes of one. Another copy's schema is one. */
export function needSchema(value: unknown): asserts value is Schema {
  if (typeof value === "object" && value !== null && "objectList" in value) return;
  throw new FlatbufferError(
    "invalid-argument",
    `expected a Schema, which loadSchema and parseSchema make, got ${describe(value)}`,
  );
}
