import { type Command, InvalidArgumentError, Option } from "commander";
import type { GateOptions, Limits, ReadOptions, ToJSONOptions } from "../index.js";

/** Which root, which checks, which limits: for every command that takes buffers. */
export function addGateOptions(command: Command): Command {
  return command
    .optionsGroup("Checks and limits:")
    .option("--root-type <name>", "full name of the root table; default: root_type")
    .option("--size-prefixed", "the buffer starts with its length")
    .option("--raw-binary", "don't compare the file identifier")
    .addOption(choice("--profile <name>", "strict: every check; native: as the C++ verifier", ["strict", "native"]))
    .addOption(choice("--unknown-unions <what>", "union types the schema doesn't know", ["allow", "reject"]))
    .option("--max-depth <n>", "tables inside one another; default: 64", wholeNumber(1))
    .option("--max-visits <n>", "followed offsets; default: max(10^6, 8 x size)", wholeNumber(1))
    .option("--max-apparent-bytes <n>", "unfolded size; default: max(2^31, 8 x size)", wholeNumber(1));
}

/** What commander makes of `addGateOptions`. */
export interface GateFlags extends LimitFlags {
  readonly rootType?: string;
  readonly sizePrefixed?: boolean;
  readonly rawBinary?: boolean;
  readonly profile?: "strict" | "native";
  readonly unknownUnions?: "allow" | "reject";
}

/** The library's options for these flags. */
export function gateOptions(flags: GateFlags): GateOptions {
  return {
    rootType: flags.rootType,
    sizePrefixed: flags.sizePrefixed,
    identifier: flags.rawBinary ? "ignore" : "check",
    profile: flags.profile,
    unknownUnions: flags.unknownUnions,
    limits: limitsOf(flags),
  };
}

/** The gate's options plus `--trusted`, for commands that read. */
export function addReadOptions(command: Command): Command {
  return addGateOptions(command).option("--trusted", "skip verification; limits still hold");
}

/** What commander makes of `addReadOptions`. */
export interface ReadFlags extends GateFlags {
  readonly trusted?: boolean;
}

/** The library's options for these flags. */
export function readOptions(flags: ReadFlags): ReadOptions {
  return { ...gateOptions(flags), trusted: flags.trusted };
}

/** How JSON text looks: for every command that prints JSON. */
export function addJsonOptions(command: Command): Command {
  return command
    .optionsGroup("Text:")
    .addOption(choice("--style <name>", "plain: lossless; flatc: byte for byte flatc's", ["plain", "flatc"]))
    .option("--indent <n>", "spaces per level; 0: line breaks only; -1: one line", wholeNumber(-1, 64))
    .option("--ndjson", "one line per document, whatever the style")
    .option("--defaults-json", "print absent scalars too")
    .addOption(choice("--int64 <form>", "64-bit integers", ["number", "string"]))
    .addOption(choice("--non-finite <form>", "nan and inf", ["string", "null", "error", "bare"]))
    .addOption(choice("--enums <form>", "enum values", ["name", "number"]))
    .addOption(choice("--bytes <form>", "vectors of ubyte", ["array", "base64"]))
    .option("--no-nested", "nested_flatbuffer fields as bytes")
    .option("--no-flex", "flexbuffer fields as bytes")
    .option("--no-strict-json", "keys without quotes (style flatc)")
    .addOption(new Option("--strict-json", "keys in quotes; the default").hideHelp())
    .option("--natural-utf8", "UTF-8 as it is (style flatc)")
    .option("--ascii", "\\u escapes instead of UTF-8 (style plain)")
    .addOption(choice("--invalid-utf8 <what>", "bytes that are no UTF-8", ["error", "replace", "escape"]))
    .addOption(new Option("--allow-non-utf8", "as --invalid-utf8 escape").hideHelp())
    .option("--max-output-bytes <n>", "default: max(256 MiB, 16 x size)", wholeNumber(1));
}

/** What commander makes of `addJsonOptions`. */
export interface JsonFlags extends LimitFlags {
  readonly style?: "plain" | "flatc";
  readonly indent?: number;
  readonly ndjson?: boolean;
  readonly defaultsJson?: boolean;
  readonly strictJson: boolean;
  readonly naturalUtf8?: boolean;
  readonly ascii?: boolean;
  readonly allowNonUtf8?: boolean;
  readonly invalidUtf8?: "error" | "replace" | "escape";
  readonly int64?: "number" | "string";
  readonly nonFinite?: "string" | "null" | "error" | "bare";
  readonly enums?: "name" | "number";
  readonly bytes?: "array" | "base64";
  readonly nested: boolean;
  readonly flex: boolean;
}

/** The library's options for these flags; what is not given is left to the style's default. */
export function jsonOptions(flags: JsonFlags): ToJSONOptions {
  return {
    style: flags.style,
    quoteKeys: flags.strictJson,
    indent: flags.ndjson ? -1 : flags.indent,
    defaults: flags.defaultsJson,
    ascii: flags.naturalUtf8 ? false : flags.ascii,
    int64: flags.int64,
    nonFinite: flags.nonFinite,
    enums: flags.enums,
    bytes: flags.bytes,
    nested: flags.nested,
    flex: flags.flex,
    invalidUtf8: flags.invalidUtf8 ?? (flags.allowNonUtf8 ? "escape" : undefined),
  };
}

/** A flag with a closed list of values. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

/** Parser for a flag that takes a whole number of at least `min`. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };
}

/** Parser for a flag that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

interface LimitFlags {
  readonly maxDepth?: number;
  readonly maxVisits?: number;
  readonly maxApparentBytes?: number;
  readonly maxOutputBytes?: number;
}

function limitsOf(flags: LimitFlags): Partial<Limits> {
  const { maxDepth, maxVisits, maxApparentBytes, maxOutputBytes } = flags;
  const given = Object.entries({ maxDepth, maxVisits, maxApparentBytes, maxOutputBytes }).filter(
    ([, n]) => n !== undefined,
  );
  return Object.fromEntries(given);
}
