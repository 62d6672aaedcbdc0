import type { Command } from "commander";
import { type FromJSONOptions, fromJSON } from "../../index.js";
import { isMisuse } from "../exit-code.js";
import { readInput, writeOutputFile, writeStdout } from "../files.js";
import { choice, wholeNumber } from "../options.js";
import { outputPaths } from "../output-paths.js";
import { fileLabel, reportError, withFile } from "../report.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens binary`: JSON text to buffers. */
export function register(program: Command): void {
  const command = program
    .command("binary")
    .summary("build buffers from JSON")
    .description(
      "Builds a buffer from each JSON FILE, with the bytes that flatc -b would write. FILE - is standard input.",
    )
    .argument("<schema>", "schema (.bfbs or .fbs)")
    .argument("<file...>", "JSON texts")
    .option(
      "-o, --output <path>",
      "write to this file, or to NAME.bin in this folder; default: beside each FILE, - to stdout",
    )
    .optionsGroup("Buffer:")
    .option("--root-type <name>", "full name of the root table; default: root_type")
    .option("--size-prefixed", "begin with the length")
    .option("--no-identifier", "leave the file identifier out")
    .option("--force-defaults", "write scalars that are given as their default")
    .optionsGroup("Text:")
    .option("--unknown-json", "skip fields that the schema doesn't know")
    .option("--strict-json", "JSON by RFC 8259 and nothing else")
    .option("--json-nested-bytes", "nested_flatbuffer fields may be bytes")
    .addOption(choice("--bytes <form>", "vectors of ubyte; base64: also as text", ["array", "base64"]))
    .option("--max-depth <n>", "tables inside one another; default: 64", wholeNumber(1))
    .action(buildFiles);
  addSchemaOptions(command).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens binary monster.bfbs orc.json                 # writes orc.bin
  flatlens binary monster.bfbs *.json -o out/
  echo '{ name: "Orc" }' | flatlens binary monster.bfbs - > orc.bin`;

interface Flags extends SchemaFlags {
  readonly output?: string;
  readonly rootType?: string;
  readonly sizePrefixed?: boolean;
  readonly identifier: boolean;
  readonly forceDefaults?: boolean;
  readonly unknownJson?: boolean;
  readonly strictJson?: boolean;
  readonly jsonNestedBytes?: boolean;
  readonly bytes?: "array" | "base64";
  readonly maxDepth?: number;
}

async function buildFiles(schemaPath: string, paths: readonly string[], flags: Flags): Promise<void> {
  const targets = flags.output === undefined ? undefined : await outputPaths(flags.output, paths, ".bin");
  const schema = await loadSchemaFile(schemaPath, flags);
  for (const path of paths) {
    const label = fileLabel(path);
    try {
      const text = await withFile(label, () => readInput(path));
      const buffer = await withFile(
        label,
        () => fromJSON(schema, text, { ...optionsOf(flags), fileName: label }),
        text,
      );
      const target = targets?.get(path) ?? besideInput(path);
      if (target === undefined) await writeStdout([buffer]);
      else await writeOutputFile(target, buffer);
    } catch (error) {
      if (isMisuse(error)) throw error;
      reportError(error);
    }
  }
}

/** NAME.bin beside NAME.json, as flatc names it, but never the input itself; none for standard input. */
function besideInput(path: string): string | undefined {
  if (path === "-") return undefined;
  const target = `${path.replace(/\.[^./\\]*$/, "")}.bin`;
  return target === path ? `${path}.bin` : target;
}

function optionsOf(flags: Flags): FromJSONOptions {
  return {
    rootType: flags.rootType,
    sizePrefixed: flags.sizePrefixed,
    identifier: flags.identifier,
    forceDefaults: flags.forceDefaults,
    unknownFields: flags.unknownJson ? "ignore" : "error",
    strict: flags.strictJson,
    nestedBytes: flags.jsonNestedBytes,
    bytes: flags.bytes,
    limits: flags.maxDepth === undefined ? {} : { maxDepth: flags.maxDepth },
  };
}
