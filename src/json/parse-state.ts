import type { BuildRules } from "../build/options.js";
import { takeWriter } from "../build/spare-writer.js";
import type { Writer } from "../build/writer.js";
import type { Schema } from "../model/schema.js";
import type { Program } from "../program/program.js";
import { findLoneSurrogate } from "../wire/encode-utf8.js";
import { FlatbufferError } from "../wire/error.js";
import { type BytesInput, bytesOf } from "../wire/view.js";
import { failAt } from "./parse-error.js";
import { type JsonNames, jsonNames } from "./parse-names.js";

/** Zeros behind the text: end of text looks like a NUL, and whole words can be read at its last byte. */
const TAIL = 8;

/** What shapes how a text is read, decided. */
export interface ParseRules extends BuildRules {
  /** RFC 8259 and nothing else. */
  readonly strict: boolean;
  readonly fileName: string | undefined;
}

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
  /** The text with zeros behind its end; a copy that nobody else can change. */
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
  readonly rules: ParseRules;
  /** Values of unions met before their type, of all tables under way. */
  readonly deferred: DeferredUnion[] = [];
  /** Strings with escapes are spelled out here. */
  text: Uint8Array = new Uint8Array(64);

  constructor(schema: Schema, text: Uint8Array, end: number, rules: ParseRules) {
    this.schema = schema;
    this.bytes = text;
    this.data = new DataView(text.buffer, text.byteOffset, text.byteLength);
    this.end = end;
    this.rules = rules;
    // JSON is about twice as long as what it becomes.
    this.writer = takeWriter(schema, rules.forceDefaults, Math.max(1024, Math.ceil(end / 2)));
    this.program = this.writer.program;
    this.names = jsonNames(schema);
  }

  /** `text`, grown to at least `byteLength` bytes. */
  textRoom(byteLength: number): Uint8Array {
    if (this.text.length < byteLength) this.text = new Uint8Array(Math.max(byteLength, this.text.length * 2));
    return this.text;
  }
}

/**
 * The text as UTF-8 with room behind it: the bytes, and where the text ends in them.
 *
 * Throws `invalid-argument` for what is no text, `invalid-utf8` for a string with a lone surrogate.
 */
export function textBytes(
  input: string | BytesInput,
  fileName: string | undefined,
): { bytes: Uint8Array; end: number } {
  if (typeof input === "string") return encode(input, fileName);
  if (input === null || typeof input !== "object") {
    throw new FlatbufferError("invalid-argument", `expected JSON as a string or as UTF-8 bytes, got ${typeof input}`);
  }
  const source = bytesOf(input);
  const bytes = new Uint8Array(source.length + TAIL);
  bytes.set(source);
  return { bytes, end: source.length };
}

const encoder = new TextEncoder();

function encode(text: string, fileName: string | undefined): { bytes: Uint8Array; end: number } {
  // Nearly all JSON is ASCII but for some characters, so this nearly always suffices.
  let bytes = new Uint8Array(text.length + (text.length >> 4) + TAIL);
  const { read, written } = encoder.encodeInto(text, bytes.subarray(0, bytes.length - TAIL));
  let end = written;
  if (read < text.length) {
    const larger = new Uint8Array(written + (text.length - read) * 3 + TAIL);
    larger.set(bytes.subarray(0, written));
    end += encoder.encodeInto(text.slice(read), larger.subarray(written, larger.length - TAIL)).written;
    bytes = larger;
  }
  const lone = end > text.length && hasReplacement(bytes, end) ? findLoneSurrogate(text) : -1;
  if (lone < 0) return { bytes, end };
  const pos = encoder.encode(text.slice(0, lone)).length;
  throw failAt(bytes, pos, end, fileName, "invalid-utf8", "a lone surrogate can't be written as UTF-8");
}

/** Node's own is ten times as fast as that of the language, which takes as long as a thirtieth of the reading. */
const { indexOf } = (globalThis as { Buffer?: { prototype?: Uint8Array } }).Buffer?.prototype ?? Uint8Array.prototype;

/** Whether U+FFFD occurs, which the encoder also writes for half a surrogate pair. */
function hasReplacement(bytes: Uint8Array, end: number): boolean {
  for (let pos = indexOf.call(bytes, 0xef, 0); pos >= 0 && pos < end; pos = indexOf.call(bytes, 0xef, pos + 1)) {
    if (bytes[pos + 1] === 0xbf && bytes[pos + 2] === 0xbd) return true;
  }
  return false;
}
