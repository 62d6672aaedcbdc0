import { namespaceOf, resolveName } from "../model/resolve-name.js";
import { type ObjectDef, Schema, type SchemaParts } from "../model/schema.js";
import { read } from "../read/read.js";
import type { Table } from "../read/table.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { type BytesInput, bytesOf } from "../wire/view.js";
import { reflectionSchema } from "./bootstrap.js";
import { type AttributeOverrides, applyOverrides } from "./overrides.js";
import { readParts } from "./read-parts.js";
import { validateSchema } from "./validate.js";

/** Options of `loadSchema`. */
export interface LoadSchemaOptions {
  /**
   * Attributes that a .bfbs made without --bfbs-builtins lacks, by the full name of the field or enum:
   * `{ "ns.Monster.body": { nested_flatbuffer: "ns.Body" }, "ns.Color": { bit_flags: "" } }`. Default none.
   */
  readonly attributes?: AttributeOverrides | undefined;
}

/**
 * Loads a binary schema (.bfbs, made by `flatc -b --schema`, better with `--bfbs-builtins --bfbs-comments`).
 *
 * The bytes are verified like any untrusted buffer, then checked rule by rule, so that no later call has to mistrust
 * the schema. They are copied; the caller may reuse them.
 *
 * Throws FlatbufferError: `schema-is-text` for schema text, `not-a-schema` for other bytes, `schema-damaged` for a
 * .bfbs that doesn't verify, `invalid-schema` for one that breaks a rule (the message names it), `invalid-option` for
 * attributes of things that aren't in the schema.
 *
 * @example
 * ```ts
 * const schema = loadSchema(await readFile("monster.bfbs"));
 * console.log(schema.rootTable?.name);
 * ```
 */
export function loadSchema(bfbs: BytesInput, options: LoadSchemaOptions = {}): Schema {
  const bytes = bytesOf(bfbs).slice();
  refuseOtherFiles(bytes);
  const parts = applyOverrides(readModel(bytes), options.attributes);
  validateSchema(parts);
  return new Schema({ ...parts, warnings: warningsOf(parts), bytes: () => bytes });
}

function refuseOtherFiles(bytes: Uint8Array): void {
  if (String.fromCharCode(...bytes.subarray(4, 8)) === "BFBS") return;
  if (bytes.length > 0 && bytes.subarray(0, 512).every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13))) {
    const message =
      "this is text, no binary schema: give schema text (.fbs) to parseSchema, or compile it with flatc -b --schema";
    throw new FlatbufferError("schema-is-text", message, { offset: 0 });
  }
  const length = bytes.length < 8 ? `${bytes.length} bytes are too few` : `bytes 4 to 7 must be "BFBS"`;
  throw new FlatbufferError("not-a-schema", `no binary schema (.bfbs): ${length}`, {
    offset: Math.min(4, bytes.length),
  });
}

/** Reading is part of the guarded stretch: the gate bounds its cost, and its errors are the schema's. */
function readModel(bytes: Uint8Array): SchemaParts {
  let root: Table;
  try {
    root = read(reflectionSchema(), bytes);
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    throw new FlatbufferError("schema-damaged", `the binary schema is damaged: ${error.message}`, {
      path: error.path,
      offset: error.offset,
      limit: error.limit,
      cause: error,
    });
  }
  return readParts(root);
}

function warningsOf(parts: SchemaParts): string[] {
  const objects = new Map(parts.objects.map((object) => [object.name, object]));
  return [...parts.objects.flatMap((object) => nestedWarnings(objects, object)), ...wideUnionWarnings(parts)];
}

function nestedWarnings(objects: ReadonlyMap<string, ObjectDef>, object: ObjectDef): string[] {
  return object.fields.flatMap((field) => {
    const name = field.attributes.get("nested_flatbuffer");
    if (name === undefined || resolveName(objects, namespaceOf(object.name), name)?.isStruct === false) return [];
    return [
      `${object.name}.${field.name}: nested_flatbuffer names ${name}, which is no table here; it is read as bytes`,
    ];
  });
}

function wideUnionWarnings({ enums }: SchemaParts): string[] {
  return enums
    .filter((union) => union.isUnion && union.values.some(({ value }) => value > 255n))
    .map((union) => `${union.name}: members above 255 can't be stored, a union's type takes one byte`);
}
