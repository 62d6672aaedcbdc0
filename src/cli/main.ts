#!/usr/bin/env node
import { runCommandLine } from "./command-line.js";
import { reportError } from "./report.js";

for (const stream of [process.stdout, process.stderr]) stream.on("error", leaveQuietly);
process.on("uncaughtException", reportError);
await runCommandLine(process.argv);

/** The reader of our output went away (`flatlens ... | head`): nothing is left to do, and nobody to tell. */
function leaveQuietly(error: Error): void {
  if ((error as { code?: unknown }).code !== "EPIPE") reportError(error);
  process.exit();
}
