import { resolve } from "node:path";
import type { Command } from "commander";
import { type BfbsOptions, printSchema, type Schema } from "../../index.js";
import { writeOutputFile, writeStdout } from "../files.js";
import { outputPaths } from "../output-paths.js";
import { printable } from "../printable.js";
import { fileLabel } from "../report.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens schema`: check schemas, text to binary and back. */
export function register(program: Command): void {
  const command = program
    .command("schema")
    .summary("check, compile and print schemas")
    .description("Checks a schema and says what is in it; -o compiles schema text (.fbs) to a binary schema (.bfbs).")
    .argument("<schema>", "schema text (.fbs) or binary schema (.bfbs)")
    .option("-o, --output <path>", "write the .bfbs to this file, or to NAME.bfbs in this folder")
    .option("--bfbs-builtins", "with the attributes that FlatBuffers itself knows")
    .option("--bfbs-comments", "with doc comments")
    .option("--bfbs-filenames <dir>", "root folder of the file names in it; default: that of the schema")
    .option("--print", "print the schema as text")
    .action(runSchema);
  addSchemaOptions(command).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens schema monster.fbs -I shared
  flatlens schema monster.fbs -o monster.bfbs --bfbs-builtins --bfbs-comments
  flatlens schema monster.bfbs --print > monster.fbs

A binary schema is written as it came: the --bfbs options are for schema text.
Includes are found next to the file that includes them, in the folders of -I, or next to FILE, and never outside of
these.`;

interface Flags extends SchemaFlags {
  readonly output?: string;
  readonly bfbsBuiltins?: boolean;
  readonly bfbsComments?: boolean;
  readonly bfbsFilenames?: string;
  readonly print?: boolean;
}

async function runSchema(path: string, flags: Flags): Promise<void> {
  const targets = flags.output === undefined ? undefined : await outputPaths(flags.output, [path], ".bfbs");
  // File names are seen from that folder wherever the command is run, so both must be told from the root of the disk.
  const source = flags.bfbsFilenames === undefined || path === "-" ? path : resolve(path);
  const schema = await loadSchemaFile(source, flags, bfbsOptions(flags));
  if (targets !== undefined) await writeOutputFile(targets.get(path)!, schema.bytes);
  if (flags.print) await writeStdout([forTerminal(printSchema(schema))]);
  else if (targets === undefined) await writeStdout([`${printable(`${fileLabel(path)}: ${summary(schema)}`)}\n`]);
}

function bfbsOptions(flags: Flags): BfbsOptions {
  return {
    builtins: flags.bfbsBuiltins,
    comments: flags.bfbsComments,
    fileNames: flags.bfbsFilenames === undefined ? undefined : resolve(flags.bfbsFilenames),
  };
}

/** Comments and attributes may hold anything; what goes to a file or pipe stays what it is. */
function forTerminal(text: string): string {
  return process.stdout.isTTY ? text.split("\n").map(printable).join("\n") : text;
}

function summary(schema: Schema): string {
  const { objectList, enumList, rootTable, fileIdentifier, services } = schema;
  const parts = [
    count(objectList.filter(({ isStruct }) => !isStruct).length, "table"),
    count(objectList.filter(({ isStruct }) => isStruct).length, "struct"),
    count(enumList.filter(({ isUnion }) => !isUnion).length, "enum"),
    count(enumList.filter(({ isUnion }) => isUnion).length, "union"),
    count(services.size, "service"),
  ].filter((part) => !part.startsWith("0 "));
  const root = rootTable === undefined ? "no root_type" : `root_type ${rootTable.name}`;
  const identifier = fileIdentifier === "" ? [] : [`file_identifier ${JSON.stringify(fileIdentifier)}`];
  return `ok (${[...parts, root, ...identifier].join(", ")})`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
