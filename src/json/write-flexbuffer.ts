import { type FlexSink, walkFlexBuffer } from "../flexbuffers/walk.js";
import type { JsonEscape } from "../text/escape-json.js";
import { writeFixedDouble } from "../text/write-fixed-float.js";
import { writeSafeInteger } from "../text/write-integer.js";
import { writeShortestDouble } from "../text/write-shortest-double.js";
import { grow } from "./sink.js";
import { writeBase64 } from "./write-base64.js";
import { writeNonFinite } from "./write-scalar.js";
import { writeQuoted } from "./write-string.js";
import { writeClose, writeEmpty, writeSeparator, writeWord } from "./write-text.js";
import { firstOf, lengthOf } from "./write-vector.js";
import type { JsonWriter } from "./writer.js";

/** The FlexBuffers data in the [ubyte] at `vector`, as the value it holds. */
export function writeFlexbuffer(writer: JsonWriter, pos: number, field: number, vector: number, width: number): number {
  const length = lengthOf(writer, field, vector);
  const first = firstOf(writer, field, vector);
  return writeFlex(writer, pos, first, first + length, width);
}

/** The FlexBuffers data in the bytes `[start, end)`, as the value it holds. */
export function writeFlex(writer: JsonWriter, pos: number, start: number, end: number, width: number): number {
  const { limits, maxDepth, level, visitsLeft, view } = writer;
  const budget = { limits, depthLeft: maxDepth - level, visitsLeft, bytesLeft: limits.maxApparentBytes };
  const sink = writer.rules.isFlatc ? new FlatcFlexWriter(writer, pos) : new PlainFlexWriter(writer, pos, width);
  walkFlexBuffer({ view, start, end }, budget, sink);
  writer.visitsLeft = budget.visitsLeft;
  return sink.pos;
}

/** What both styles have in common: scalars. */
class FlexScalars {
  readonly writer: JsonWriter;
  pos: number;

  constructor(writer: JsonWriter, pos: number) {
    this.writer = writer;
    this.pos = pos;
  }

  null(): void {
    this.pos = writeWord(this.room(), this.pos, "null");
  }

  bool(value: boolean): void {
    this.pos = writeWord(this.room(), this.pos, value ? "true" : "false");
  }

  int(value: number | bigint): void {
    if (Number.isSafeInteger(value)) {
      const out = this.room();
      if ((value as number) < 0) out.setUint8(this.pos++, 0x2d);
      this.pos = writeSafeInteger(out, this.pos, Math.abs(value as number));
      return;
    }
    // Types are the values' own here, so int64: 'string' quotes what a double can't hold and nothing else.
    const quote = this.writer.quoteInt64 && typeof value === "bigint" ? '"' : "";
    this.pos = writeWord(this.room(), this.pos, `${quote}${value}${quote}`);
  }

  float(value: number): void {
    const { writer, pos } = this;
    const out = this.room();
    NUMBER.setFloat64(0, value, true);
    if (value - value !== 0) this.pos = writeNonFinite(writer, pos, value, value < 0, -1);
    else
      this.pos = writer.fixedFloats ? writeFixedDouble(out, pos, NUMBER, 0) : writeShortestDouble(out, pos, NUMBER, 0);
  }

  /** The memory, with room for what fits in the slack. */
  room(): DataView {
    if (this.pos > this.writer.end) grow(this.writer, this.pos, 0);
    return this.writer.out;
  }
}

/** Where a number stands for those who write numbers. */
const NUMBER = new DataView(new ArrayBuffer(8));

/** JSON like that of the fields around it: the same separators, one level deeper in each vector and map. */
class PlainFlexWriter extends FlexScalars implements FlexSink {
  #width: number;
  /** Where the vectors and maps around the value start: their first comma becomes the bracket. */
  readonly #starts: number[] = [];

  constructor(writer: JsonWriter, pos: number, width: number) {
    super(writer, pos);
    this.#width = width - writer.step;
  }

  key(start: number, end: number): void {
    this.string(start, end);
  }

  string(start: number, end: number): void {
    this.pos = writeQuoted(this.writer, this.pos, start, end);
  }

  blob(start: number, end: number): void {
    const { writer } = this;
    if (writer.rules.base64) {
      this.pos = writeBase64(writer, this.pos, start, end - start);
      return;
    }
    this.startVector();
    for (let at = start; at < end; at++) {
      this.element();
      this.int(writer.view.bytes[at]!);
    }
    this.endVector(end - start);
  }

  startVector(): void {
    this.#starts.push(this.pos);
    this.#width += this.writer.step;
  }

  element(): void {
    this.pos = writeSeparator(this.room(), this.pos, this.writer.separator, this.#width);
  }

  endVector(length: number): void {
    this.#end(length, 0x5b, 0x5d);
  }

  startMap(): void {
    this.startVector();
  }

  entry(_index: number, keyStart: number, keyEnd: number): void {
    this.element();
    this.string(keyStart, keyEnd);
    const out = this.room();
    out.setUint16(this.pos, 0x203a, true); // colon and space
    this.pos += this.writer.rules.indent < 0 ? 1 : 2;
  }

  endMap(length: number): void {
    this.#end(length, 0x7b, 0x7d);
  }

  #end(length: number, open: number, close: number): void {
    const start = this.#starts.pop()!;
    if (length === 0) {
      this.pos = writeEmpty(this.writer, this.pos, this.#width, open, close);
    } else {
      this.writer.out.setUint8(start, open);
      this.pos = writeClose(this.writer, this.pos, this.#width, close);
    }
    this.#width -= this.writer.step;
  }
}

/** The text of FlexBuffers' own printer, which flatc embeds: one line, spaces inside the brackets, blobs as strings. */
class FlatcFlexWriter extends FlexScalars implements FlexSink {
  key(start: number, end: number): void {
    const isBare = !this.writer.rules.quoteKeys && isIdentifier(this.writer.view.bytes, start, end);
    this.pos = isBare ? this.#bare(start, end) : this.#quoted(start, end);
  }

  string(start: number, end: number): void {
    this.pos = this.#quoted(start, end);
  }

  blob(start: number, end: number): void {
    this.pos = this.#quoted(start, end);
  }

  startVector(): void {
    this.pos = writeWord(this.room(), this.pos, "[ ");
  }

  element(index: number): void {
    if (index > 0) this.pos = writeWord(this.room(), this.pos, ", ");
  }

  endVector(): void {
    this.pos = writeWord(this.room(), this.pos, " ]");
  }

  startMap(): void {
    this.pos = writeWord(this.room(), this.pos, "{ ");
  }

  entry(index: number, keyStart: number, keyEnd: number): void {
    this.element(index);
    this.key(keyStart, keyEnd);
    this.pos = writeWord(this.room(), this.pos, ": ");
  }

  endMap(): void {
    this.pos = writeWord(this.room(), this.pos, " }");
  }

  #quoted(start: number, end: number): number {
    return writeQuoted(this.writer, this.pos, start, end, ASCII);
  }

  /** The name of an identifier. */
  #bare(start: number, end: number): number {
    const { writer, pos } = this;
    const { bytes } = writer.view;
    if (pos + (end - start) > writer.end) grow(writer, pos, end - start);
    writer.bytes.set(bytes.subarray(start, end), pos);
    return pos + end - start;
  }
}

/** Whatever the options say; `wroteNonAscii` stays as it is. */
const ASCII: JsonEscape = { ascii: true, isFlatc: true, invalid: "escape", wroteNonAscii: false };

function isIdentifier(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end || isDigit(bytes[start]!)) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const letter = byte | 0x20;
    if (!(letter >= 0x61 && letter <= 0x7a) && !isDigit(byte) && byte !== 0x5f) return false;
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
