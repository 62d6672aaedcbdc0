import type { BuildRules } from "../build/options.js";
import { takeWriter } from "../build/spare-writer.js";
import type { Writer } from "../build/writer.js";
import type { Schema } from "../model/schema.js";
import type { Program } from "../program/program.js";
import { type JsonNames, jsonNames } from "./parse-names.js";
import type { ParseText } from "./parse-text.js";

/** The value of a union that was passed over because its type wasn't known yet. */
export interface DeferredUnion {
  /** Field number of the value. */
  readonly number: number;
  /** Where its key is, where it starts and where it ends. */
  readonly key: number;
  readonly start: number;
  readonly end: number;
}

/** The state of one fromJSON: the text, how far it is read, and what is being built from it. */
export class ParseState {
  /** The text with zeros behind its end, as in `ParseText`. */
  readonly bytes: Uint8Array;
  /** The same memory for multi-byte reads. */
  readonly data: DataView;
  /** Where the text ends. */
  readonly end: number;
  /** The next byte to read. */
  pos = 0;
  /** Tables (and FlexBuffers vectors and maps) around the position. */
  depth = 0;
  /** Structs around the position. */
  structDepth = 0;
  /** Vectors of unions and of their types in tables under way; each is counted. */
  unionVectors = 0;
  /** Halves of the 64-bit integer read last. */
  low = 0;
  high = 0;

  readonly schema: Schema;
  readonly program: Program;
  readonly writer: Writer;
  readonly names: JsonNames;
  readonly rules: BuildRules;
  /** RFC 8259 and nothing else. */
  readonly strict: boolean;
  readonly fileName: string | undefined;
  /** Values of unions met before their type, of all tables under way. */
  readonly deferred: DeferredUnion[] = [];

  constructor(schema: Schema, { bytes, data, end }: ParseText, rules: BuildRules, strict: boolean, fileName?: string) {
    this.schema = schema;
    this.bytes = bytes;
    this.data = data;
    this.end = end;
    this.rules = rules;
    this.strict = strict;
    this.fileName = fileName;
    // JSON is about twice as long as what it becomes.
    this.writer = takeWriter(schema, rules.forceDefaults, Math.max(1024, Math.ceil(end / 2)));
    this.program = this.writer.program;
    this.names = jsonNames(schema);
  }
}
