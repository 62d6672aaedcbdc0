import { findLoneSurrogate } from "../wire/encode-utf8.js";
import { FlatbufferError } from "../wire/error.js";
import { type BytesInput, bytesOf } from "../wire/view.js";
import { failAt } from "./parse-error.js";

/** Zeros behind the text: end of text looks like a NUL, and whole words can be read at its last byte. */
const TAIL = 8;

/** Memory for longer texts isn't kept for a next call that may never come. */
const MAX_KEPT_BYTES = 64 * 1024;

/** A text as UTF-8 with zeros behind its end; a copy that nobody else can change. */
export class ParseText {
  readonly bytes: Uint8Array;
  /** The same memory for multi-byte reads. */
  readonly data: DataView;
  /** The part of it that a text may fill. */
  readonly room: Uint8Array;
  /** Where the text ends. */
  end = 0;

  constructor(byteLength: number) {
    const memory = new ArrayBuffer(byteLength + TAIL);
    this.bytes = new Uint8Array(memory);
    this.data = new DataView(memory);
    this.room = new Uint8Array(memory, 0, byteLength);
  }

  /** Says where the text in `room` ends. */
  endAt(end: number): void {
    this.end = end;
    for (let pos = end; pos < end + TAIL; pos++) this.bytes[pos] = 0;
  }
}

let spare: ParseText | undefined;

/**
 * The text to parse. Who is done with it gives it to `returnText`.
 *
 * Throws `invalid-argument` for what is no text, `invalid-utf8` for a string with a lone surrogate.
 */
export function takeText(input: string | BytesInput, fileName: string | undefined): ParseText {
  if (typeof input === "string") return encode(input, fileName);
  if (input === null || typeof input !== "object") {
    throw new FlatbufferError("invalid-argument", `expected JSON as a string or as UTF-8 bytes, got ${typeof input}`);
  }
  const source = bytesOf(input);
  const text = textFor(source.length);
  text.room.set(source);
  text.endAt(source.length);
  return text;
}

/** Leaves the memory of a text to the next one: getting it costs as much as parsing some fields of a small message. */
export function returnText(text: ParseText): void {
  if (text.room.length <= MAX_KEPT_BYTES) spare = text;
}

function textFor(byteLength: number): ParseText {
  const kept = spare;
  if (kept === undefined || kept.room.length < byteLength) return new ParseText(byteLength);
  spare = undefined;
  return kept;
}

const encoder = new TextEncoder();

function encode(input: string, fileName: string | undefined): ParseText {
  // Nearly all JSON is ASCII but for some characters, so this nearly always suffices.
  let text = textFor(input.length + (input.length >> 4));
  const { read, written } = encoder.encodeInto(input, text.room);
  let end = written;
  if (read < input.length) {
    const larger = new ParseText(written + (input.length - read) * 3);
    larger.room.set(text.room.subarray(0, written));
    end += encoder.encodeInto(input.slice(read), larger.room.subarray(written)).written;
    text = larger;
  }
  text.endAt(end);
  const lone = end > input.length && hasReplacement(text.bytes, end) ? findLoneSurrogate(input) : -1;
  if (lone < 0) return text;
  const pos = encoder.encode(input.slice(0, lone)).length;
  throw failAt(text.bytes, pos, end, fileName, "invalid-utf8", "a lone surrogate can't be written as UTF-8");
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
