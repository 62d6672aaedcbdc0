import { valueToFlex } from "../flexbuffers/from-value.js";
import type { Schema } from "../model/schema.js";
import { placeOf } from "../read/follow.js";
import { type PathParts, parsePath, pathText } from "../read/parse-path.js";
import { getPath } from "../read/path.js";
import { type Source, sourceOf } from "../read/source.js";
import { Struct } from "../read/struct.js";
import { Table } from "../read/table.js";
import { Vector } from "../read/vector.js";
import { type OpenBuffer, openBuffer } from "../verify/open.js";
import type { Limits } from "../wire/limits.js";
import { type BytesInput, guardReads, type View, viewOf } from "../wire/view.js";
import { resolveTextRules, type ToJSONOptions } from "./options.js";
import { planOfTable } from "./plan.js";
import { grow } from "./sink.js";
import { withWriter } from "./with-writer.js";
import { writeFields } from "./write-fields.js";
import { writeFlex } from "./write-flexbuffer.js";
import { type StoredValue, writeValue } from "./write-value.js";
import { type JsonWriter, outerSeparator } from "./writer.js";

/** The JSON text, as UTF-8, of the value at a path of `getPath`; undefined when there is no value. */
export type PathPrinter = (path: string | PathParts) => Uint8Array | undefined;

/**
 * Prints single values of a buffer, each as `toJSON` prints it where it stands: its digits, names and options. Only the
 * gate looks at the rest of the buffer. An absent scalar is printed as its default; what is optional, or a union of a
 * type that the schema doesn't know, is no value.
 *
 * Throws what `toJSON` throws; the function it gives throws that and what `getPath` throws.
 */
export function pathPrinter(schema: Schema, bytes: BytesInput, options: ToJSONOptions = {}): PathPrinter {
  const rules = resolveTextRules(options);
  const open = openBuffer(schema, bytes, options, rules.invalidUtf8 === "error" ? undefined : false);
  const isBounded = !open.trusted && options.profile !== "native";
  const source = sourceOf(open);
  const root = new Table(source, source.types[open.object]!, open.pos);
  return (path) => {
    const parts = parsePath(path);
    const spot = parts.length === 0 ? tableAsSpot(open) : spotAt(root, parts, open.limits);
    if (spot === undefined) return undefined;
    return withWriter({ ...open, view: spot.view }, rules, isBounded, nameOf(parts), (writer) => textAt(writer, spot));
  };
}

/** What is to be printed. */
interface Spot {
  /** The window that the value is in: a nested buffer has one of its own. */
  readonly view: View;
  /** The field that has it, for errors; -1 for none. */
  readonly field: number;
  /** Gives -1 when nobody can tell what the value is. */
  readonly write: (writer: JsonWriter, width: number) => number;
}

function textAt(writer: JsonWriter, { field, write }: Spot): Uint8Array | undefined {
  writer.field = field;
  const length = write(writer, outerSeparator(writer.rules) + writer.step);
  if (length < 0) return undefined;
  if (length > writer.maxOutputBytes) grow(writer, length, 0);
  return writer.bytes.slice(0, length);
}

/** What errors call the value. */
function nameOf(parts: PathParts): string {
  const text = pathText(parts);
  return text === "" || text.startsWith("[") ? `root${text}` : `root.${text}`;
}

function tableAsSpot({ view, object, pos }: OpenBuffer): Spot {
  const write = (writer: JsonWriter, width: number) =>
    writeFields(writer, 0, planOfTable(writer, object, pos), pos, width);
  return { view, field: -1, write };
}

/** Where the value at a path is: the last part is looked up in the view that the others lead to. */
function spotAt(root: Table, parts: PathParts, depth: Pick<Limits, "maxDepth">): Spot | undefined {
  const holder = getPath(root, parts.slice(0, -1));
  const last = parts.at(-1);
  if (holder instanceof Table && typeof last === "string") return tableSpot(holder, last);
  if (holder instanceof Struct && typeof last === "string") return structSpot(holder, last);
  if (holder instanceof Vector && typeof last === "number") return elementSpot(holder, last);
  // A value inside FlexBuffers; or getPath says why there can't be any.
  return flexSpot(getPath(root, parts), depth);
}

function tableSpot(table: Table, name: string): Spot | undefined {
  const source = Table.source(table);
  const pos = Table.pos(table);
  const { field, kind, slot, typeSlot, absent } = Table.type(table).field(name);
  return guardReads(source.view, () => {
    const place = placeOf(source.data, pos, slot);
    // Null is what an optional scalar reads as.
    if (place === 0 && (absent === undefined || absent === null)) return undefined;
    return valueSpot(source, { field, kind, place, typePlace: typeSlot && placeOf(source.data, pos, typeSlot) });
  });
}

function structSpot(struct: Struct, name: string): Spot {
  const { field, kind, slot } = Struct.type(struct).field(name);
  return valueSpot(Struct.source(struct), { field, kind, place: Struct.pos(struct) + slot, typePlace: 0 });
}

function elementSpot(vector: Vector, index: number): Spot | undefined {
  const element = Vector.element(vector, index);
  return element && valueSpot(element.source, element);
}

function valueSpot({ view }: Source, value: StoredValue): Spot {
  return { view, field: value.field, write: (writer, width) => writeValue(writer, 0, value, width) };
}

/** Goes through FlexBuffers once more, so that one walker knows how their values are printed. */
function flexSpot(value: unknown, depth: Pick<Limits, "maxDepth">): Spot | undefined {
  if (value === undefined) return undefined;
  const view = viewOf(valueToFlex(value, { limits: depth }));
  return { view, field: -1, write: (writer, width) => writeFlex(writer, 0, 0, view.byteLength, width) };
}
