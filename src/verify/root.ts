import { needSchema } from "../model/need-schema.js";
import type { ObjectDef, Schema } from "../model/schema.js";
import { FlatbufferError } from "../wire/error.js";
import type { GateOptions } from "../wire/options.js";
import type { View } from "../wire/view.js";

/** A root offset, a soffset and the two words of the smallest vtable. */
export const MIN_BUFFER_BYTES = 12;

/** Where a buffer starts and what its root is. */
export interface Root {
  /** The bytes that belong to the buffer, size prefix included (alignment counts from its first byte). */
  readonly view: View;
  readonly object: ObjectDef;
  /** Position of the root table. */
  readonly pos: number;
  /** Position of the root offset: 0, or 4 behind a size prefix. */
  readonly start: number;
}

/**
 * The object that is read as root. Throws `invalid-argument` for what is no schema, `no-root-type` or
 * `unknown-root-type`: what the caller asked for is wrong, whatever the bytes.
 */
export function rootObject(schema: Schema, rootType: string | undefined): ObjectDef {
  needSchema(schema);
  if (rootType === undefined) {
    if (schema.rootTable !== undefined) return schema.rootTable;
    throw new FlatbufferError(
      "no-root-type",
      `the schema has no root_type; name one with rootType, e.g. ${some(schema)}`,
    );
  }
  const object = schema.object(rootType);
  if (object?.isStruct === false) return object;
  const why = object === undefined ? "is not in the schema" : "is a struct; a root must be a table";
  throw new FlatbufferError("unknown-root-type", `rootType ${JSON.stringify(rootType)} ${why}; try ${some(schema)}`);
}

/**
 * Finds the root table of type `object`: size prefix, file identifier, root offset. Throws FlatbufferError for each; follows nothing
 * beyond the root offset.
 */
export function findRoot(schema: Schema, object: ObjectDef, view: View, options: GateOptions): Root {
  const start = options.sizePrefixed === true ? 4 : 0;
  if (view.byteLength < start + MIN_BUFFER_BYTES) {
    const what = view.byteLength === 0 ? "the buffer is empty" : `the buffer has only ${view.byteLength} bytes`;
    throw new FlatbufferError("buffer-too-short", `${what}; the smallest has ${start + MIN_BUFFER_BYTES}`, {
      path: "root",
      offset: 0,
    });
  }
  const framed = start === 0 ? view : frameOf(view, options);
  checkIdentifier(schema, object, framed, start, options);
  return { view: framed, object, pos: rootPos(framed, start), start };
}

/**
 * Whether bytes that were opened without `sizePrefixed` look as if they began with a size prefix. Only asked after
 * something failed, to give a hint; never to decide how to read.
 */
export function looksSizePrefixed(view: View): boolean {
  if (view.byteLength < 4 + MIN_BUFFER_BYTES || view.u32(0) !== view.byteLength - 4) return false;
  const root = view.u32(4);
  return root >= 4 && 4 + root <= view.byteLength - 4;
}

/** What to tell when `looksSizePrefixed`. */
export const SIZE_PREFIX_HINT =
  "the first 4 bytes are the length of the rest, so this looks size-prefixed: read it with sizePrefixed: true (--size-prefixed)";

function frameOf(view: View, options: GateOptions): View {
  const length = view.u32(0);
  if (length > view.byteLength - 4) {
    const message = `the size prefix says ${length} bytes follow, there are ${view.byteLength - 4}; is it size-prefixed at all?`;
    throw new FlatbufferError("size-prefix-out-of-range", message, { path: "root", offset: 0 });
  }
  // The native verifier looks at all bytes that are there; we hold a strict frame to what its prefix says.
  if (options.profile === "native") return view;
  if (length < MIN_BUFFER_BYTES) {
    throw new FlatbufferError(
      "buffer-too-short",
      `the size prefix leaves ${length} bytes; the smallest buffer has ${MIN_BUFFER_BYTES}`,
      { path: "root", offset: 0 },
    );
  }
  return length + 4 === view.byteLength ? view : view.window(0, length + 4);
}

function checkIdentifier(schema: Schema, object: ObjectDef, view: View, start: number, options: GateOptions): void {
  const expected = schema.fileIdentifier;
  if (options.identifier === "ignore" || expected === "" || object !== schema.rootTable) return;
  if (hasIdentifier(view, start + 4, expected)) return;
  const offset = start + 4;
  if (start === 0 && looksSizePrefixed(view) && hasIdentifier(view, 8, expected)) {
    throw new FlatbufferError("size-prefix-unexpected", SIZE_PREFIX_HINT, { path: "root", offset: 0 });
  }
  const found = Array.from(view.bytes.subarray(offset, offset + 4), printable).join("");
  const message = `expected the file identifier "${Array.from(expected, (c) => printable(c.charCodeAt(0))).join("")}", found "${found}"; another schema's buffer? identifier: 'ignore' reads it anyway`;
  throw new FlatbufferError("wrong-identifier", message, { path: "root", offset });
}

/** Native readers compare like C strings: up to four bytes, the identifier's own end included. */
function hasIdentifier(view: View, pos: number, identifier: string): boolean {
  for (let index = 0; index < 4; index++) {
    const expected = index < identifier.length ? identifier.charCodeAt(index) & 0xff : 0;
    if (view.u8(pos + index) !== expected) return false;
    if (expected === 0) return true;
  }
  return true;
}

function rootPos(view: View, start: number): number {
  const uoffset = view.u32(start);
  const pos = start + uoffset;
  if (uoffset === 0 || uoffset > 0x7fffffff || pos + 4 > view.byteLength) {
    const message = `the root offset ${uoffset} leads to no table in ${view.byteLength} bytes`;
    throw new FlatbufferError("root-out-of-range", message, { path: "root", offset: start });
  }
  return pos;
}

function printable(code: number): string {
  return code >= 0x20 && code < 0x7f && code !== 0x22 && code !== 0x5c
    ? String.fromCharCode(code)
    : `\\x${code.toString(16).padStart(2, "0")}`;
}

function some(schema: Schema): string {
  const names = schema.objectList.filter((object) => !object.isStruct).map((object) => JSON.stringify(object.name));
  if (names.length === 0) return "another schema, this one has no tables";
  return names.slice(0, 5).join(", ") + (names.length > 5 ? ` (${names.length} tables)` : "");
}
