import { enterDepth, failAtPath } from "../build/object-state.js";
import { putFlexbuffer, putNested } from "../build/put-embedded.js";
import { putField } from "../build/put-field.js";
import { putTable } from "../build/put-table.js";
import { putString } from "../build/put-text.js";
import { putUnionMember } from "../build/put-union.js";
import { putVector } from "../build/put-vector.js";
import { writeEmbedded, writeInlineVector, writeRefVector } from "../build/write-vector.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { Copied, type CopyState, checkOutput } from "./copy-state.js";
import { copyField, copyMember, copyPiece, copyString, copyTable, findUnknownFields } from "./copy-table.js";
import { copyUnionVector, createInlineVector, createUnionVector } from "./copy-vector.js";
import { Given, type Node, type Slot, Stored, type UnionValue } from "./node.js";
import { OpenInline } from "./open-inline.js";
import { OpenList } from "./open-list.js";
import { OpenNested } from "./open-nested.js";
import { OpenPlain } from "./open-plain.js";
import { OpenTable, slotOf } from "./open-table.js";
import { memberSlot, OpenUnions } from "./open-unions.js";
import { writeWideFirst } from "./write-wide.js";

/** Writes a whole buffer whose root is `node`. */
export function writeBuffer(
  copy: CopyState,
  node: Node,
  object: number,
  identifier: Uint8Array | undefined,
  sizePrefixed: boolean,
): Uint8Array {
  const root = writeRoot(copy, node, object);
  return copy.state.writer.builder.finish(root, { identifier, sizePrefixed });
}

function writeRoot(copy: CopyState, node: Node, object: number): number {
  writeWideFirst(copy, node, object);
  return writeTable(copy, node, object);
}

/** Writes a table. Returns its reference. */
export function writeTable(copy: CopyState, node: Node, object: number): number {
  if (node instanceof Stored) return copyTable(copy, node.source, object, node.pos);
  if (node instanceof OpenTable) return writeOpenTable(copy, node);
  return putTable(copy.state, object, node instanceof Given ? node.value : undefined);
}

function writeOpenTable(copy: CopyState, table: OpenTable): number {
  const { state } = copy;
  const { writer, path, names } = state;
  const { object, stored } = table;
  enterDepth(state);
  if (stored !== undefined) findUnknownFields(copy, stored.source, object, stored.pos);
  const base = writer.top;
  const scratchBase = writer.scratch.top;
  const level = path.length;
  const numbers = [...table.fields.keys(), ...table.unions.keys()].sort((a, b) => a - b);
  for (const number of numbers) {
    path.set(level, names.fields[number]!);
    const union = table.unions.get(number);
    if (union === undefined) writeField(copy, number, table.fields.get(number)!);
    else writeUnion(copy, number, union);
  }
  path.length = level;
  writer.arrange(object, base);
  const missing = writer.missingField(object, base);
  if (missing >= 0) {
    const { name } = copy.edit.program.schema.objectList[object]!;
    const field = names.fields[missing / P.FIELD_WORDS]!;
    throw failAtPath(state, "missing-required", `${name} needs the field ${field}`, field);
  }
  const ref = writer.writeTable(object, base);
  writer.scratch.top = scratchBase;
  state.depth--;
  checkOutput(copy);
  return ref;
}

/** Puts a field, not a union, into the innermost table. */
function writeField(copy: CopyState, number: number, node: Node): void {
  const { edit, state } = copy;
  const { writer } = state;
  const { kind } = slotOf(edit.program, number);
  const early = copy.copied.early.get(node);
  if (early !== undefined) writer.putRef(number, early, 0);
  else if (kind === Kind.UnionVector) writeUnionVector(copy, number, node);
  else if (node instanceof Stored) copyField(copy, node.source, number, node.pos);
  else if (node instanceof Given) writeGiven(copy, number, kind, node);
  else if (kind === Kind.Struct && node instanceof OpenInline) {
    const start = writer.scratch.take(node.bytes.length);
    writer.scratch.bytes.set(node.bytes, start);
    writer.putRef(number, start, 0);
  } else writer.putRef(number, refOf(copy, number, node), 0);
}

/** What a change has named is stored even if it has its default; of what comes with it, `forceDefaults` decides. */
function writeGiven({ state }: CopyState, number: number, kind: number, { value, isNamed }: Given): void {
  const { writer } = state;
  const { forceDefaults } = writer;
  if (isNamed && kind <= Kind.Double) writer.forceDefaults = true;
  putField(state, number, value, NOTHING);
  writer.forceDefaults = forceDefaults;
}

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null) as Record<string, unknown>);

/** Writes what the offset of field `number` leads to, unions excepted. Returns its reference. */
export function refOf(copy: CopyState, number: number, node: Node): number {
  const { edit, state } = copy;
  const { kind, object, address } = slotOf(edit.program, number);
  if (node instanceof Stored) return copyPiece(copy, node.source, number, node.pos);
  if (node instanceof Given) {
    const { value } = node;
    if (kind === Kind.String) return putString(state, value, state.writer.plan.isShared[number] === 1);
    if (kind === Kind.Table) return putTable(state, object, value);
    if (kind === Kind.NestedFlatbuffer) return putNested(state, address, value);
    if (kind === Kind.Flexbuffer) return putFlexbuffer(state, address, value);
    return putVector(state, number, kind, value, NOTHING);
  }
  if (node instanceof OpenList) return writeList(copy, node);
  if (node instanceof OpenInline) return writeInline(copy, number, node);
  if (node instanceof OpenNested) return writeNested(copy, address, node);
  if (node instanceof OpenPlain) return putFlexbuffer(state, address, node.value);
  return writeTable(copy, node, object);
}

function writeList(copy: CopyState, { items, itemSlot, slot, isSorted }: OpenList): number {
  const { state } = copy;
  const { writer, path } = state;
  const base = writer.refTop;
  const level = path.length;
  for (let index = 0; index < items.length; index++) {
    path.set(level, index);
    writer.pushRef(memberRef(copy, itemSlot, items[index]!));
  }
  path.length = level;
  const keyed = itemSlot.kind === Kind.Table && isSorted ? slot.object : -1;
  return writeRefVector(writer, slot.address, base, keyed);
}

function writeInline(copy: CopyState, number: number, { bytes, isSorted }: OpenInline): number {
  const { edit, state } = copy;
  const { writer } = state;
  const address = number * P.FIELD_WORDS;
  if (!isSorted) {
    const align = edit.program.fields[address + P.FIELD_ELEMENT_ALIGN]!;
    return createInlineVector(copy, number, bytes, 0, bytes.length, align);
  }
  const start = writer.scratch.top;
  writer.scratch.reserve(bytes.length);
  writer.scratch.bytes.set(bytes, start);
  writer.scratch.top += bytes.length;
  return writeInlineVector(writer, address, start);
}

/** A nested buffer that was open: a buffer of its own, with what is copied from the old one counted anew. */
function writeNested(copy: CopyState, address: number, { root, identifier }: OpenNested): number {
  const { writer } = copy.state;
  const { copied } = copy;
  copy.copied = new Copied();
  writer.beginNested();
  const { content, align } = writer.endNested(writeRoot(copy, root, root.object), identifier);
  copy.copied = copied;
  return writeEmbedded(writer, address, content, align);
}

function writeUnion(copy: CopyState, number: number, { tag, value, isStale }: UnionValue): void {
  const { edit, state } = copy;
  const { writer } = state;
  if (isStale) throw staleUnion(copy, number);
  let ref = 0;
  if (value instanceof Stored) {
    const union = edit.program.fields[number * P.FIELD_WORDS + P.FIELD_CHILD]!;
    ref = copyMember(copy, value.source, union, tag, value.pos);
    if (ref === 0) return;
  } else if (value !== undefined) ref = unionRef(copy, number, tag, value);
  const { forceDefaults } = writer;
  writer.forceDefaults = true;
  writer.putInt(number - 1, tag, 0);
  writer.forceDefaults = forceDefaults;
  if (ref !== 0) writer.putRef(number, ref, 0);
}

function writeUnionVector(copy: CopyState, number: number, node: Node): void {
  const { state } = copy;
  const { writer, path, names } = state;
  if (node instanceof Given) {
    const owner = Object.create(null) as Record<string, unknown>;
    owner[names.fields[number - 1]!] = node.types;
    owner[names.fields[number]!] = node.value;
    if (node.types !== undefined) putField(state, number - 1, node.types, owner);
    if (node.value !== undefined) putField(state, number, node.value, owner);
    return;
  }
  if (node instanceof OpenUnions) {
    const base = writer.refTop;
    const level = path.length;
    const tags = Uint8Array.from(node.items, (item, index) => {
      path.set(level, index);
      const ref = elementRef(copy, number, item);
      writer.pushRef(ref);
      return ref === 0 ? 0 : item.tag;
    });
    path.length = level;
    const refs = createUnionVector(copy, number, tags, base);
    writer.putRef(number - 1, refs.types, 0);
    writer.putRef(number, refs.values, 0);
  } else if (node instanceof Stored) {
    const refs = copyUnionVector(copy, node, number);
    writer.putRef(number - 1, refs.types, 0);
    writer.putRef(number, refs.values, 0);
  }
}

/** An element of a vector of unions; 0 for NONE. */
function elementRef(copy: CopyState, number: number, { tag, value, isStale }: UnionValue): number {
  if (isStale) throw staleUnion(copy, number);
  if (value === undefined) return 0;
  if (!(value instanceof Stored)) return unionRef(copy, number, tag, value);
  const union = copy.edit.program.fields[number * P.FIELD_WORDS + P.FIELD_CHILD]!;
  return copyMember(copy, value.source, union, tag, value.pos);
}

function unionRef(copy: CopyState, number: number, tag: number, value: Node): number {
  const address = number * P.FIELD_WORDS;
  const union = copy.edit.program.fields[address + P.FIELD_CHILD]!;
  if (value instanceof Given) return putUnionMember(copy.state, union, tag, value.value);
  return memberRef(copy, memberSlot(copy.edit.program, address, tag)!, value);
}

/** A table, string or struct that stands on its own: an element of a vector, the value of a union. */
function memberRef(copy: CopyState, { kind, object }: Slot, node: Node): number {
  if (kind === Kind.Table) return writeTable(copy, node, object);
  if (node instanceof OpenInline) {
    const { builder } = copy.state.writer;
    builder.prealign(node.bytes.length, copy.edit.program.objectAlign[object]!);
    builder.pushBytes(node.bytes);
    return builder.size;
  }
  if (node instanceof Stored) return copyString(copy, node.source, node.pos, false);
  return putString(copy.state, node instanceof Given ? node.value : undefined, false);
}

function staleUnion({ state }: CopyState, number: number): Error {
  const name = state.names.fields[number]!;
  const reason = `its type was changed, and the value that was there is of the old one; set ${name}, too`;
  return failAtPath(state, "union-types-without-values", reason);
}
