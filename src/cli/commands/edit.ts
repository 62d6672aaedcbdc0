import { type Command, InvalidArgumentError } from "commander";
import { type EditChange, edit, FlatbufferError, type Issue, type SetChange } from "../../index.js";
import { parseExactJson } from "../exact-json.js";
import { readInput, writeOutputFile, writeStdout } from "../files.js";
import { addReadOptions, choice, type ReadFlags, readOptions, wholeNumber } from "../options.js";
import { outputPaths } from "../output-paths.js";
import { fileLabel, issueLine, withFile } from "../report.js";
import { addSchemaOptions, loadSchemaFile, type SchemaFlags } from "../schema-file.js";

/** `flatlens edit`: changes to a buffer, written anew. */
export function register(program: Command): void {
  // Changes apply in the order of the command line, whatever their kind.
  const changes: EditChange[] = [];
  const command = program
    .command("edit")
    .summary("change a buffer by path")
    .description(
      "Applies the changes to FILE, one after the other, and writes the whole buffer anew. FILE - is standard input.",
    )
    .argument("<schema>", "schema (.bfbs or .fbs)")
    .argument("<file>", "buffer")
    .option(
      "-o, --output <path>",
      "write to this file (it may be FILE), or to NAME.bin in this folder; default: stdout",
    )
    .optionsGroup("Changes:")
    .option("--set <path=json>", "give a field, element or the root (no path) a value", (text) => {
      const { path, value } = assignment(text);
      changes.push({ path, set: value });
    })
    .option("--delete <path>", "take a field or an element away", (path) => {
      changes.push({ path, delete: true });
    })
    .option("--append <path=json>", "add an element at a vector's end", (text) => {
      const { path, value } = assignment(text);
      changes.push({ path, append: value });
    })
    .option("--insert <path=json>", "add an element before that of the path", (text) => {
      const { path, value } = assignment(text);
      changes.push({ path, insert: value });
    })
    .option("--type <member>", "the union member that the change before this one sets", (type) => {
      changes.push(withType(changes.pop(), type));
    })
    .option("--create", "create tables that are absent on the way")
    .optionsGroup("Values:")
    .option("--force-defaults", "store scalars that are given as their default")
    .option("--drop-unknown", "leave out what a newer schema's writer stored, and say so")
    .addOption(choice("--bytes <form>", "vectors of ubyte; base64: also as text", ["array", "base64"]))
    .option("--max-output-bytes <n>", "default: max(256 MiB, 16 x size)", wholeNumber(1))
    .action((schemaPath: string, path: string, flags: Flags) => editFile(schemaPath, path, flags, changes));
  addSchemaOptions(addReadOptions(command)).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  flatlens edit monster.bfbs orc.bin --set 'name="Grog the Tall"' --set hp=80 -o grog.bin
  flatlens edit monster.bfbs orc.bin --append 'inventory=7' --delete 'weapons[-1]' -o orc.bin
  flatlens edit monster.bfbs orc.bin --set 'equipped={"damage": 5}' --type Weapon > armed.bin

JSON as fromJSON and toJSON have it; nan, inf and -inf stand for themselves. Text needs its quotes, which the shell must
leave in place. If any change fails nothing is written.`;

interface Flags extends ReadFlags, SchemaFlags {
  readonly output?: string;
  readonly create?: boolean;
  readonly forceDefaults?: boolean;
  readonly dropUnknown?: boolean;
  readonly bytes?: "array" | "base64";
  readonly maxOutputBytes?: number;
}

async function editFile(schemaPath: string, path: string, flags: Flags, changes: readonly EditChange[]): Promise<void> {
  const schema = await loadSchemaFile(schemaPath, flags);
  const label = fileLabel(path);
  const onDropped = (issue: Issue) => {
    process.stderr.write(`${issueLine(label, issue)}; it was left out\n`);
  };
  const options = {
    ...readOptions(flags),
    forceDefaults: flags.forceDefaults,
    bytes: flags.bytes,
    ...(flags.dropUnknown ? { unknownFields: "drop" as const, onDropped } : {}),
  };
  const all = flags.create ? changes.map((change) => ({ ...change, create: true })) : changes;
  await withFile(label, async () => {
    const target = await targetOf(flags.output, path);
    const bytes = edit(schema, await readInput(path), all, options);
    if (target === undefined) await writeStdout([bytes]);
    else await writeOutputFile(target, bytes);
  });
}

/** Where the buffer goes; undefined for standard output, which must be no terminal. */
async function targetOf(output: string | undefined, path: string): Promise<string | undefined> {
  if (output !== undefined && output !== "-") return (await outputPaths(output, [path], ".bin")).get(path);
  if (output === undefined && process.stdout.isTTY) {
    throw new FlatbufferError("invalid-option", "a buffer is nothing for a terminal; name a file with -o");
  }
  return undefined;
}

/** Parses PATH=JSON. A name in brackets and quotes may have a = of its own. */
function assignment(text: string): { path: string; value: unknown } {
  const path = /^(?:\["(?:[^"\\]|\\.)*"\]|[^=])*?(?==)/.exec(text)?.[0];
  if (path === undefined) throw new InvalidArgumentError("Expected PATH=JSON.");
  const json = text.slice(path.length + 1);
  const word = WORDS.get(json);
  if (word !== undefined) return { path, value: word };
  try {
    return { path, value: parseExactJson(json) };
  } catch {
    const hint = /^[\p{L}_]/u.test(json) ? `; text needs quotes: '${path}="..."'` : "";
    throw new InvalidArgumentError(`What follows ${path}= is no JSON${hint}.`);
  }
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

function withType(change: EditChange | undefined, type: string): EditChange {
  if (change === undefined || "delete" in change) {
    throw new InvalidArgumentError("It belongs behind --set, --append or --insert.");
  }
  // The types of a whole vector of unions: one name for each, with commas between.
  return type.includes(",") ? { ...(change as SetChange), type: type.split(",") } : { ...change, type };
}
