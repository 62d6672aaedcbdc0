import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands.js";
import { EXIT_USAGE, raiseExitCode } from "./exit-code.js";
import { printable } from "./printable.js";
import { reportError } from "./report.js";

/**
 * Parses the command line, runs the command, turns whatever is thrown into one line and an exit code. Never throws.
 *
 * @param argv As `process.argv`: the first two are skipped.
 */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) raiseExitCode(error.exitCode === 0 ? 0 : EXIT_USAGE);
    else reportError(error);
  }
}

/** Commands inherit these settings, since they are registered after them. */
function commandLine(): Command {
  const program = new Command("flatlens")
    .description("Looks into any FlatBuffer with nothing but its schema.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(usageLine(text)) })
    .configureHelp({ showGlobalOptions: false })
    .addHelpText("after", AFTER_HELP)
    .exitOverride();
  for (const register of COMMANDS) register(program);
  return program;
}

const AFTER_HELP = `
Examples:
  flatlens json monster.bfbs save.bin
  flatlens verify monster.bfbs save.bin

Exit status: 0 all good, 1 bad data, 2 the command can't be carried out as written.
flatlens COMMAND --help tells more.`;

/** Commander's message, with its "(Did you mean ...?)", as one line; a shell argument can smuggle in no escapes. */
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
