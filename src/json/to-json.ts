import type { Schema } from "../model/schema.js";
import { openBuffer } from "../verify/open.js";
import type { BytesInput, View } from "../wire/view.js";
import { resolveTextRules, type TextRules, type ToJSONOptions } from "./options.js";
import { planOfTable } from "./plan.js";
import { grow, reserve, SLACK, useMemory } from "./sink.js";
import { textOf } from "./text-of.js";
import { withWriter } from "./with-writer.js";
import { returnLarge, SPARE_BYTES, takeLarge } from "./workspace.js";
import { writeFields } from "./write-fields.js";
import { type JsonWriter, outerSeparator } from "./writer.js";

/**
 * The JSON text of a FlatBuffer.
 *
 * Verifies the bytes first unless `trusted`. By default the text is valid JSON on one line that loses nothing: floats
 * have the shortest digits that read back the same, 64-bit integers all of theirs (`int64: 'string'` quotes them),
 * enums their names. `style: 'flatc'` gives flatc's own text.
 *
 * Throws FlatbufferError: what `verify` finds, `invalid-utf8`, `non-finite`, `output-limit`, `string-too-long`.
 *
 * @example
 * ```ts
 * const text = toJSON(schema, bytes);
 * const same = toJSON(schema, bytes, { style: "flatc" }); // as flatc --json --strict-json
 * ```
 */
export function toJSON(schema: Schema, bytes: BytesInput, options: ToJSONOptions = {}): string {
  return writeText(schema, bytes, options, takeLarge, (writer, length, isSpare) => {
    const text = textOf(writer.memory, length, !writer.escape.wroteNonAscii);
    if (!isSpare) returnLarge(writer.memory, length);
    return text;
  });
}

/**
 * The same text as UTF-8 bytes, without making a string of it; options and errors as `toJSON`.
 *
 * A long text is a view on a larger block of memory whose rest was never touched (and so takes no memory on systems
 * that map pages lazily): copy it with `.slice()` before transferring its buffer.
 */
export function toJSONBytes(schema: Schema, bytes: BytesInput, options: ToJSONOptions = {}): Uint8Array {
  return writeText(schema, bytes, options, reserveLarge, (writer, length, isSpare) =>
    isSpare ? writer.bytes.slice(0, length) : writer.bytes.subarray(0, length),
  );
}

function reserveLarge(guess: number): View {
  return reserve(SPARE_BYTES, guess);
}

function writeText<T>(
  schema: Schema,
  bytes: BytesInput,
  options: ToJSONOptions,
  large: (guess: number) => View,
  finish: (writer: JsonWriter, length: number, isSpare: boolean) => T,
): T {
  const rules = resolveTextRules(options);
  const open = openBuffer(schema, bytes, options, false);
  const isBounded = !open.trusted && options.profile !== "native";
  return withWriter(open, rules, isBounded, "root", (writer, spare) => {
    const guess = Math.min(open.view.byteLength * (rules.indent < 0 ? 6 : 8), writer.maxOutputBytes + SLACK);
    if (guess > SPARE_BYTES) useMemory(writer, large(guess));
    const length = writeDocument(writer, rules, open.object, open.pos);
    return finish(writer, length, writer.memory === spare);
  });
}

function writeDocument(writer: JsonWriter, rules: TextRules, object: number, table: number): number {
  let pos = writeFields(writer, 0, planOfTable(writer, object, table), table, outerSeparator(rules) + writer.step);
  if (pos > writer.end) grow(writer, pos, 0);
  if (rules.indent >= 0) writer.out.setUint8(pos++, 0x0a);
  if (pos > writer.maxOutputBytes) grow(writer, pos, 0);
  return pos;
}
