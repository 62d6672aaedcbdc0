import type { Command } from "commander";
import { type AttributeOverrides, FlatbufferError, loadSchema, type Schema } from "../index.js";
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
 * Throws what `readInput` and `loadSchema` throw, with the file's name noted.
 */
export async function loadSchemaFile(path: string, flags: SchemaFlags): Promise<Schema> {
  const label = fileLabel(path);
  const bytes = await withFile(label, () => readInput(path));
  const schema = await withFile(label, () => schemaOf(bytes, flags), bytes);
  if (flags.warnings) {
    for (const warning of schema.warnings) process.stderr.write(`${printable(`${label}: warning: ${warning}`)}\n`);
  }
  return schema;
}

function schemaOf(bytes: Uint8Array, flags: SchemaFlags): Schema {
  return loadSchema(bytes, { attributes: attributeOverrides(flags.attribute ?? []) });
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
