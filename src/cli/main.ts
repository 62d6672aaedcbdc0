#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands.js";
import { EXIT_USAGE, raiseExitCode } from "./exit-code.js";
import { printable } from "./printable.js";
import { reportError } from "./report.js";

for (const stream of [process.stdout, process.stderr]) stream.on("error", leaveQuietly);
process.on("uncaughtException", reportError);
await runCommandLine(process.argv);

/** Parses the command line, runs the command, turns whatever is thrown into one line and an exit code. */
async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) raiseExitCode(error.exitCode === 0 ? 0 : EXIT_USAGE);
    else reportError(error);
  }
}

function commandLine(): Command {
  const program = new Command("flatlens")
    .description("Looks into any FlatBuffer with nothing but its schema.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: (text, write) => write(usageLine(text)) })
    .addHelpText("after", AFTER_HELP)
    .exitOverride();
  for (const register of COMMANDS) register(program);

  return program;
}

const AFTER_HELP = `
Examples:
  flatlens json monster.bfbs save.bin
  flatlens verify monster.bfbs save.bin

Exit status: 0 all good, 1 bad data, 2 the command can't be carried out as written.`;

/** Commander's message, "(Did you mean ...?)" included, as one line without the escapes a shell argument may smuggle in. */
function usageLine(text: string): string {
  const message = text
    .trim()
    .replace(/^error: /, "")
    .replace(/\n+/g, " ");
  return `${printable(`flatlens: ${message}`)}\n`;
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** The reader of our output went away (`flatlens ... | head`): nothing is left to do, and nobody to tell. */
function leaveQuietly(error: Error): void {
  if ((error as { code?: unknown }).code === "EPIPE") process.exit();
  reportError(error);
  process.exit();
}
