import type { Command } from "commander";
import { type Issue, isFlatbufferError, type Schema, type VerifyOptions, verify } from "../../index.js";
import { eachFile, type InputFile } from "../each-file.js";
import { EXIT_BAD_DATA, exitCodeOf, raiseExitCode } from "../exit-code.js";
import { writeStdout } from "../files.js";
import { addGateOptions, type GateFlags, gateOptions } from "../options.js";
import { printable, printableJson } from "../printable.js";
import { issueLine, reportError } from "../report.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens verify`: may these bytes be believed? */
export function register(program: Command): void {
  const command = program
    .command("verify")
    .summary("check buffers from strangers")
    .description("Says for each FILE whether it is a sound buffer of this schema, and if not, what is wrong where.")
    .argument("<schema>", "schema (.bfbs or .fbs)")
    .argument("<file...>", "buffers; - is standard input")
    .option("--json", "one JSON object per file, for machines")
    .option("--all", "all issues that can be told, not just the first")
    .option("--lint", "also what is legal but odd: notes never make a file fail")
    .action(verifyFiles);
  addSchemaOptions(addGateOptions(command)).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens verify monster.bfbs save.bin
  flatlens verify monster.bfbs inbox/*.bin --json > report.ndjson
  flatlens verify monster.bfbs save.bin --all --lint

The exit status is 1 if any file fails.`;

interface Flags extends GateFlags, SchemaFlags {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly lint?: boolean;
}

/** `--all` still ends: a file of a million faults is not worth more of them. */
const ALL_ISSUES = 1_000_000;

async function verifyFiles(schemaPath: string, paths: readonly string[], flags: Flags): Promise<void> {
  const schema = await loadSchemaFile(schemaPath, flags);
  const options = verifyOptions(flags);
  if (flags.json) await eachFile(paths, (file) => printJsonLine(schema, file, options), printUnreadable);
  else await eachFile(paths, (file) => printLines(schema, file, options), reportError);
}

function verifyOptions(flags: Flags): VerifyOptions {
  const gate = gateOptions(flags);
  return { ...gate, lint: flags.lint, limits: { ...gate.limits, maxIssues: flags.all ? ALL_ISSUES : 1 } };
}

async function printLines(schema: Schema, { label, bytes }: InputFile, options: VerifyOptions): Promise<void> {
  const result = verify(schema, bytes, options);
  if (!result.ok) {
    raiseExitCode(EXIT_BAD_DATA);
    await writeStdout(result.issues.map((issue) => `${issueLine(label, issue)}\n`));
    return;
  }
  const { tables, depth } = result.stats;
  await writeStdout([
    printable(`${label}: ok (${count(bytes.length, "byte")}, ${count(tables, "table")}, depth ${depth})`),
    "\n",
  ]);
  await writeStdout(result.notes.map((note) => `${issueLine(`${label}: note`, note)}\n`));
}

async function printJsonLine(schema: Schema, { label, bytes }: InputFile, options: VerifyOptions): Promise<void> {
  const result = verify(schema, bytes, options);
  if (!result.ok) raiseExitCode(EXIT_BAD_DATA);
  await writeJsonLine({ file: label, ...result });
}

/** Machines get one line for every file, also for one that could not be read. */
async function printUnreadable(error: unknown, label: string): Promise<void> {
  if (!isFlatbufferError(error)) return reportError(error);
  raiseExitCode(exitCodeOf(error));
  const issue: Issue = { code: error.code, path: "", offset: 0, message: error.message };
  await writeJsonLine({ file: label, ok: false, issues: [issue] });
}

async function writeJsonLine(value: object): Promise<void> {
  await writeStdout(printableJson(new TextEncoder().encode(`${JSON.stringify(value)}\n`)));
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
