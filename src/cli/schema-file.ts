import type { Command } from "commander";
import {
  type AttributeOverrides,
  type BfbsOptions,
  FlatbufferError,
  isFlatbufferError,
  loadSchema,
  parseSchema,
  type Schema,
} from "../index.js";
import { fileInclude } from "./file-include.js";
import { readInput } from "./files.js";
import { collect } from "./options.js";
import { printable } from "./printable.js";
import { fileLabel, withFile } from "./report.js";

/** How the schema is found and completed: for every command that takes a SCHEMA. */
export function addSchemaOptions(command: Command): Command {
  return command
    .optionsGroup("Schema:")
    .option("-I, --include <dir>", "where included .fbs files are (repeatable)", collect)
    .option("--attribute <words>", "e.g. ns.T.body=nested_flatbuffer:ns.Body (repeatable)", collect)
    .option("--no-warnings", "keep quiet about the schema's oddities");
}

/** What commander makes of `addSchemaOptions`. */
export interface SchemaFlags {
  readonly include?: readonly string[];
  readonly attribute?: readonly string[];
  readonly warnings: boolean;
}

/**
 * Loads a schema from a file: binary (.bfbs) or text (.fbs), told apart by the content, not the name. Warnings go to
 * stderr.
 *
 * Throws what `readInput`, `loadSchema` and `parseSchema` throw, with the file's name noted.
 *
 * @param bfbs How the bytes of a schema that comes as text will be made.
 */
export async function loadSchemaFile(path: string, flags: SchemaFlags, bfbs?: BfbsOptions): Promise<Schema> {
  const label = fileLabel(path);
  const bytes = await withFile(label, () => readInput(path));
  const schema = await withFile(label, () => schemaOf(path, bytes, flags, bfbs), bytes);
  if (flags.warnings) {
    for (const warning of schema.warnings) {
      // Those of a text begin with their place in it.
      const line = warning.startsWith(`${label}:`) ? `warning: ${warning}` : `${label}: warning: ${warning}`;
      process.stderr.write(`${printable(line)}\n`);
    }
  }
  return schema;
}

function schemaOf(path: string, bytes: Uint8Array, flags: SchemaFlags, bfbs: BfbsOptions | undefined): Schema {
  try {
    return loadSchema(bytes, { attributes: attributeOverrides(flags.attribute ?? []) });
  } catch (error) {
    if (!isFlatbufferError(error) || error.code !== "schema-is-text") throw error;
  }
  if (flags.attribute !== undefined) {
    throw new FlatbufferError("invalid-option", "--attribute completes binary schemas; write it into the schema text");
  }
  const main = path === "-" ? undefined : path;
  return parseSchema(bytes, { fileName: fileLabel(path), readInclude: fileInclude(main, flags.include), bfbs });
}

/** `ns.T.body=nested_flatbuffer:ns.Body` and `ns.Color=bit_flags` as `loadSchema` wants them. */
function attributeOverrides(words: readonly string[]): AttributeOverrides {
  const overrides: Record<string, Record<string, string>> = Object.create(null);
  for (const word of words) {
    const [, name, attribute, value] = /^([^=:]+)=([^=:]+)(?::(.*))?$/.exec(word) ?? [];
    if (name === undefined || attribute === undefined) {
      throw new FlatbufferError(
        "invalid-option",
        `--attribute must look like NAME=ATTRIBUTE or NAME=ATTRIBUTE:VALUE, got ${word}`,
      );
    }
    overrides[name] ??= Object.create(null) as Record<string, string>;
    overrides[name][attribute] = value ?? "";
  }
  return overrides;
}
