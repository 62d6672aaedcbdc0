import type { Command } from "commander";
import { FlatbufferError, isFlatbufferError } from "../../index.js";
import { type PathPrinter, pathPrinter } from "../../json/print-path.js";
import { EXIT_BAD_DATA, EXIT_USAGE, raiseExitCode } from "../exit-code.js";
import { readInput } from "../files.js";
import {
  addJsonOptions,
  addReadOptions,
  type JsonFlags,
  jsonOptions,
  type ReadFlags,
  readOptions,
} from "../options.js";
import { printJson } from "../print-json.js";
import { printable } from "../printable.js";
import { fileLabel, withFile } from "../report.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens get`: single values of a buffer. */
export function register(program: Command): void {
  const command = program
    .command("get")
    .summary("print single values of a buffer")
    .description(
      "Prints the value at each PATH as JSON, one after the other, and makes no text of anything else. FILE - is standard input.",
    )
    .argument("<schema>", "schema (.bfbs or .fbs)")
    .argument("<file>", "buffer")
    .argument("<path...>", "names with dots, indexes in brackets; below 0 from the end")
    .option("-r, --raw", "strings without quotes and escapes")
    .action(printValues);
  addSchemaOptions(addReadOptions(addJsonOptions(command))).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens get monster.bfbs save.bin weapons[1].damage
  flatlens get monster.bfbs save.bin name pos.x --raw
  flatlens get monster.bfbs save.bin weapons[-1] --indent 2
  flatlens get monster.bfbs huge.bin name --trusted      # looks at nothing but the way to the name
  flatlens get odd.bfbs odd.bin '["a.name"].x'           # a name with a dot; '' is the whole buffer

An absent scalar prints its default. Where there is no value (a field that is absent, no such element, a union of a
type that the schema doesn't know) stderr says so and the exit status is 1. It is 2 for a path that doesn't fit the
schema.`;

interface Flags extends ReadFlags, JsonFlags, SchemaFlags {
  readonly raw?: boolean;
}

async function printValues(schemaPath: string, path: string, valuePaths: readonly string[], flags: Flags) {
  const options = { ...readOptions(flags), ...jsonOptions(flags) };
  if (flags.raw && options.invalidUtf8 === "escape") {
    throw new FlatbufferError("invalid-option", "--raw prints text; --invalid-utf8 escape makes it something else");
  }
  const schema = await loadSchemaFile(schemaPath, flags);
  const label = fileLabel(path);
  await withFile(label, async () => {
    const printer = pathPrinter(schema, await readInput(path), options);
    for (const valuePath of valuePaths) {
      const json = jsonAt(printer, valuePath);
      if (json !== undefined) await printValue(json, flags);
      else reportAbsent(label, valuePath);
    }
  });
}

/** A name that the schema doesn't have is a mistake of whoever typed it, not of the data. */
function jsonAt(printer: PathPrinter, valuePath: string): Uint8Array | undefined {
  try {
    return printer(valuePath);
  } catch (error) {
    if (isFlatbufferError(error) && error.code === "unknown-field") raiseExitCode(EXIT_USAGE);
    throw error;
  }
}

/** The bytes of a string or of style flatc are what was asked for: a pipe gets them as they are. */
async function printValue(json: Uint8Array, flags: Flags): Promise<void> {
  const isText = flags.raw === true && json[0] === QUOTE;
  await printJson(isText ? unquoted(json) : json, isText || flags.style === "flatc");
}

/** The text of a JSON string and, whatever it ends in, a line end of ours. */
function unquoted(json: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`${JSON.parse(new TextDecoder().decode(json))}\n`);
}

function reportAbsent(label: string, valuePath: string): void {
  raiseExitCode(EXIT_BAD_DATA);
  process.stderr.write(`${printable(`${label}: no value at ${valuePath}`)}\n`);
}

const QUOTE = 0x22;
