import { writeStdout } from "./files.js";
import { printableJson } from "./printable.js";

/**
 * A JSON text on standard output, which ends in one line end. What could steer a terminal is escaped, the value kept;
 * only `exact` text, for which every byte counts, goes unchanged into a pipe or file.
 */
export async function printJson(json: Uint8Array, exact: boolean): Promise<void> {
  await writeStdout(withLineEnd(json, exact && !process.stdout.isTTY ? [json] : printableJson(json)));
}

/** The text in pieces, and a line end behind them if it has none. */
export function* withLineEnd(text: Uint8Array, chunks: Iterable<Uint8Array> = [text]): Generator<Uint8Array> {
  yield* chunks;
  if (text.at(-1) !== LINE_FEED) yield Uint8Array.of(LINE_FEED);
}

const LINE_FEED = 0x0a;
