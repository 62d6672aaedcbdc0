import * as P from "../program/program.js";
import { copyBytes, copyMemory } from "./copy-bytes.js";
import { sortStructs, sortTables } from "./sort-keys.js";
import type { Writer } from "./writer.js";

/**
 * Writes the scalars or structs that lie in `scratch` from `start` up as the vector of the field at `address`, takes
 * them off and returns the vector's reference.
 */
export function writeInlineVector(writer: Writer, address: number, start: number): number {
  const { program, builder, scratch } = writer;
  const count = (scratch.top - start) / program.fields[address + P.FIELD_STRIDE]!;
  const at = openInlineVector(writer, address, count);
  copyMemory(builder, at, scratch, start, scratch.top);
  scratch.top = start;
  return closeInlineVector(writer, address, count);
}

/**
 * Takes room in the buffer for the `count` scalars or structs of the vector of the field at `address`; returns where
 * they start. Nothing but their bytes, all of them, may be written before `closeInlineVector`.
 */
export function openInlineVector(writer: Writer, address: number, count: number): number {
  const { program, builder, plan } = writer;
  const stride = program.fields[address + P.FIELD_STRIDE]!;
  const align = program.fields[address + P.FIELD_ELEMENT_ALIGN]!;
  builder.startVector(
    stride,
    count,
    align,
    plan.forceAlign[address / P.FIELD_WORDS]!,
    P.hasLongLength(program, address),
  );
  return builder.room(count * stride);
}

/** Completes that vector and returns its reference. Structs with a key are sorted by it. */
export function closeInlineVector(writer: Writer, address: number, count: number): number {
  const { program, builder } = writer;
  const child = program.fields[address + P.FIELD_CHILD]!;
  // Only structs have a child here; a nested root lies in bytes, which have no key.
  if (program.fields[address + P.FIELD_ELEMENT]! === 0 && child >= 0) sortStructs(writer, child, count);
  return builder.endVector(count, P.hasLongLength(program, address));
}

/** Writes bytes, which lie in order already, as the vector of the field at `address`: one of scalars. */
export function writeByteVector(writer: Writer, address: number, bytes: Uint8Array): number {
  const { program, builder } = writer;
  const count = bytes.length / program.fields[address + P.FIELD_STRIDE]!;
  const at = openInlineVector(writer, address, count);
  copyBytes(builder.bytes, at, bytes, 0, bytes.length);
  return closeInlineVector(writer, address, count);
}

/**
 * Writes the `refs` from `base` up as the vector of the field at `address`, takes them off and returns its reference.
 *
 * @param keyed Object of the tables, to sort them by their key; -1 for strings and unions.
 */
export function writeRefVector(writer: Writer, address: number, base: number, keyed: number): number {
  if (keyed >= 0) sortTables(writer, keyed, base);
  const forceAlign = writer.plan.forceAlign[address / P.FIELD_WORDS]!;
  const ref = writer.builder.createOffsetVector(writer.refs, base, writer.refTop, forceAlign);
  writer.refTop = base;
  return ref;
}

/**
 * Writes bytes that are a buffer of their own (a nested FlatBuffer, FlexBuffers data) as the vector of the field at
 * `address`; `align` is the alignment that the content was built with.
 */
export function writeEmbedded(writer: Writer, address: number, content: Uint8Array, align: number): number {
  const { program, builder } = writer;
  builder.prealign(content.length, align);
  return builder.createVector(content, 0, content.length, 1, 1, 1, P.hasLongLength(program, address));
}
