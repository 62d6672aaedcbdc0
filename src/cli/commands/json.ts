import type { Command } from "commander";
import { toJSONBytes } from "../../index.js";
import { eachFile } from "../each-file.js";
import { writeOutputFile } from "../files.js";
import {
  addJsonOptions,
  addReadOptions,
  type JsonFlags,
  jsonOptions,
  type ReadFlags,
  readOptions,
} from "../options.js";
import { outputPaths } from "../output-paths.js";
import { printJson, withLineEnd } from "../print-json.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens json`: buffers to JSON text. */
export function register(program: Command): void {
  const command = program
    .command("json")
    .summary("print buffers as JSON")
    .description("Prints each FILE as JSON, one document after the other. FILE - is standard input.")
    .argument("<schema>", "schema (.bfbs or .fbs)")
    .argument("<file...>", "buffers")
    .option("-o, --output <path>", "write to this file, or to NAME.json in this folder")
    .action(printFiles);
  addSchemaOptions(addReadOptions(addJsonOptions(command))).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens json monster.bfbs save.bin
  flatlens json monster.bfbs *.bin > all.ndjson
  flatlens json monster.bfbs save.bin --style flatc   # the text flatc prints
  curl -s $URL | flatlens json monster.bfbs - --indent 2`;

type Flags = ReadFlags & JsonFlags & SchemaFlags & { readonly output?: string };

async function printFiles(schemaPath: string, paths: readonly string[], flags: Flags): Promise<void> {
  const targets = flags.output === undefined ? undefined : await outputPaths(flags.output, paths, ".json");
  const schema = await loadSchemaFile(schemaPath, flags);
  const options = { ...readOptions(flags), ...jsonOptions(flags) };
  await eachFile(paths, async ({ path, bytes }) => {
    const json = toJSONBytes(schema, bytes, options);
    const target = targets?.get(path);
    if (target === undefined) await printJson(json, flags.style === "flatc");
    else await writeOutputFile(target, flags.ndjson ? withLineEnd(json) : [json]);
  });
}
