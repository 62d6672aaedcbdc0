import type { Command } from "commander";
import { type Change, compareSchemas } from "../../index.js";
import { EXIT_BAD_DATA, raiseExitCode } from "../exit-code.js";
import { writeStdout } from "../files.js";
import { printable, printableJson } from "../printable.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens compare`: does a new schema still fit old data and old programs? */
export function register(program: Command): void {
  const command = program
    .command("compare")
    .summary("find breaking changes between two schemas")
    .description("Tells every difference between two versions of a schema, and whom it breaks.")
    .argument("<base>", "the schema that data and programs in use have (.fbs or .bfbs)")
    .argument("<next>", "the schema that is to follow it")
    .option("--breaking", "only what breaks readers of buffers")
    .option("--json", "one JSON object per change, for machines")
    .action(compareFiles);
  addSchemaOptions(command).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens compare released.bfbs monster.fbs
  flatlens compare old.fbs new.fbs --breaking --json

old-reader: a program with BASE that gets new data. new-reader: one with NEXT that gets old data. json: text written
with the one and read with the other. The exit status is 1 if a reader of buffers breaks.`;

interface Flags extends SchemaFlags {
  readonly breaking?: boolean;
  readonly json?: boolean;
}

async function compareFiles(basePath: string, nextPath: string, flags: Flags): Promise<void> {
  const base = await loadSchemaFile(basePath, flags);
  const next = await loadSchemaFile(nextPath, flags);
  const changes = compareSchemas(base, next).filter(({ breaking }) => breaking || !flags.breaking);
  if (changes.some(({ breaking }) => breaking)) raiseExitCode(EXIT_BAD_DATA);
  const encoder = new TextEncoder();
  for (const change of changes) {
    if (flags.json) await writeStdout(printableJson(encoder.encode(`${JSON.stringify(change)}\n`)));
    else await writeStdout([`${printable(changeLine(change))}\n`]);
  }
}

function changeLine({ code, path, message, breaking, breaks }: Change): string {
  const whom = breaks.length === 0 ? "breaks nothing" : `breaks ${breaks.join(", ")}`;
  return `${breaking ? "breaking" : "ok"}: ${code}${path === "" ? "" : ` ${path}`}: ${message} (${whom})`;
}
