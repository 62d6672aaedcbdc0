import { enterDepth } from "../build/object-state.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { followField, placeOf, stringLength } from "../read/follow.js";
import type { Source } from "../read/source.js";
import { type CopyState, checkOutput } from "./copy-state.js";
import { copyInlineVector, copyRefVector, copyUnionVector } from "./copy-vector.js";
import { loseData } from "./lost.js";
import { storedUnions } from "./open-table.js";

/** Copies the table of `object` at `pos`, unless it is there. Returns its reference. */
export function copyTable(copy: CopyState, source: Source, object: number, pos: number): number {
  const { state, copied } = copy;
  const known = copied.pieces.get(pos, object);
  if (known !== 0) return known;
  const { program, plan } = copy.edit;
  const { writer, path } = state;
  enterDepth(state);
  findUnknownFields(copy, source, object, pos);
  const base = writer.top;
  const scratchBase = writer.scratch.top;
  const level = path.length;
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  const end = first + program.objectFieldCount[object]!;
  for (let number = first; number < end; number++) {
    const address = number * P.FIELD_WORDS;
    const place = placeOf(source.data, pos, program.fields[address + P.FIELD_SLOT]!);
    path.set(level, state.names.fields[number]!);
    if (plan.isUnionType[number] === 1) {
      // The union is copied with its type: one tells what the other is.
      number++;
      path.set(level, state.names.fields[number]!);
      const valueAddress = number * P.FIELD_WORDS;
      const valuePlace = placeOf(source.data, pos, program.fields[valueAddress + P.FIELD_SLOT]!);
      copyPair(copy, source, number, place, valuePlace);
    } else if (place !== 0) copyField(copy, source, number, valuePos(source, address, place));
  }
  path.length = level;
  writer.arrange(object, base);
  const table = writer.writeTable(object, base);
  writer.scratch.top = scratchBase;
  state.depth--;
  copied.pieces.set(pos, object, table);
  checkOutput(copy);
  return table;
}

/** Copies the field `number` of the innermost table, any but unions and their types, from `pos`: offsets are followed. */
export function copyField(copy: CopyState, source: Source, number: number, pos: number): void {
  const { writer } = copy.state;
  const { fields } = copy.edit.program;
  const address = number * P.FIELD_WORDS;
  const kind = fields[address + P.FIELD_KIND]!;
  if (kind <= Kind.Double) copyScalar(copy, source, number, pos);
  else if (kind === Kind.Struct) {
    const size = fields[address + P.FIELD_SIZE]!;
    source.view.need(pos, size);
    const start = writer.scratch.take(size);
    writer.scratch.bytes.set(source.view.bytes.subarray(pos, pos + size), start);
    writer.putRef(number, start, 0);
  } else writer.putRef(number, copyPiece(copy, source, number, pos), 0);
}

/** Copies what the offset of field `number` leads to, unions excepted. Returns its reference. */
export function copyPiece(copy: CopyState, source: Source, number: number, pos: number): number {
  const address = number * P.FIELD_WORDS;
  const { fields } = copy.edit.program;
  switch (fields[address + P.FIELD_KIND]) {
    case Kind.String:
      return copyString(copy, source, pos, copy.state.writer.plan.isShared[number] === 1);
    case Kind.Table:
      return copyTable(copy, source, fields[address + P.FIELD_CHILD]!, pos);
    case Kind.StringVector:
    case Kind.TableVector:
      return copyRefVector(copy, source, number, pos);
    default:
      return copyInlineVector(copy, source, number, pos);
  }
}

/** Copies a string, unless it is there. Returns its reference. */
export function copyString(copy: CopyState, source: Source, pos: number, isShared: boolean): number {
  const { pieces } = copy.copied;
  const type = copy.edit.plan.stringType;
  const known = pieces.get(pos, type);
  if (known !== 0) return known;
  const end = pos + 4 + stringLength(source, pos);
  const ref = copy.state.writer.builder.createStringFrom(source.view.bytes, pos + 4, end, isShared);
  pieces.set(pos, type, ref);
  checkOutput(copy);
  return ref;
}

/**
 * Copies the value of a union of this type. Returns its reference, or 0 where it can't be copied because the schema
 * doesn't know the type, or because there is none.
 */
export function copyMember(copy: CopyState, source: Source, union: number, tag: number, pos: number): number {
  const { program } = copy.edit;
  const member = tag === 0 ? -1 : P.unionMember(program, union, tag);
  if (member < 0) {
    const { name } = program.schema.enumList[union]!;
    const what = tag === 0 ? "a value without a type" : `a value of type ${tag}`;
    const code = tag === 0 ? "union-value-without-type" : "unknown-union-type";
    loseData(copy, code, source.view.bytes, pos, `the union ${name} has ${what}, which the schema doesn't know`);
    return 0;
  }
  const object = program.memberObject[member]!;
  if (program.memberKind[member] === Kind.Table) return copyTable(copy, source, object, pos);
  if (program.memberKind[member] === Kind.String) return copyString(copy, source, pos, false);
  return copyStruct(copy, source, object, pos);
}

/** Says which stored fields the schema doesn't have. */
export function findUnknownFields(copy: CopyState, source: Source, object: number, pos: number): void {
  const { data, program } = source;
  const vtable = pos - data.getInt32(pos, true);
  const stored = (data.getUint16(vtable, true) - 4) / 2;
  for (let id = program.objectFieldCount[object]!; id < stored; id++) {
    const entry = data.getUint16(vtable + 4 + 2 * id, true);
    if (entry === 0) continue;
    const { name } = program.schema.objectList[object]!;
    const what = `the table has a field with id ${id}, which ${name} doesn't have in this schema`;
    loseData(copy, "unknown-field", source.view.bytes, pos + entry, what);
  }
}

/** Where the value of a table's field is: in the table, or where its offset leads. */
export function valuePos(source: Source, address: number, place: number): number {
  const kind = source.program.fields[address + P.FIELD_KIND]!;
  return kind <= Kind.Double || kind === Kind.Struct ? place : followField(source, address, place);
}

/** Copies a union, or vector of unions, with its type; `number` is that of the value. */
function copyPair(copy: CopyState, source: Source, number: number, typePlace: number, place: number): void {
  const { program } = copy.edit;
  const { writer } = copy.state;
  const address = number * P.FIELD_WORDS;
  if (program.fields[address + P.FIELD_KIND] === Kind.UnionVector) {
    const stored = storedUnions(source, address, place, typePlace);
    if (stored === undefined) return;
    const refs = copyUnionVector(copy, stored, number);
    writer.putRef(number - 1, refs.types, 0);
    writer.putRef(number, refs.values, 0);
    return;
  }
  const tag = typePlace === 0 ? 0 : source.data.getUint8(typePlace);
  if (place !== 0) {
    const union = program.fields[address + P.FIELD_CHILD]!;
    const ref = copyMember(copy, source, union, tag, followField(source, address, place));
    if (ref === 0) return;
    copyScalar(copy, source, number - 1, typePlace);
    writer.putRef(number, ref, 0);
  } else if (typePlace !== 0) copyScalar(copy, source, number - 1, typePlace);
}

/** Bit by bit, so that any NaN stays what it was; stored even where it is the default. */
function copyScalar(copy: CopyState, { data }: Source, number: number, place: number): void {
  const { writer } = copy.state;
  const { forceDefaults } = writer;
  writer.forceDefaults = true;
  switch (copy.edit.program.fields[number * P.FIELD_WORDS + P.FIELD_SIZE]) {
    case 1:
      writer.putInt(number, data.getInt8(place), 0);
      break;
    case 2:
      writer.putInt(number, data.getInt16(place, true), 0);
      break;
    case 4:
      writer.putInt(number, data.getInt32(place, true), 0);
      break;
    default:
      writer.putLong(number, data.getInt32(place, true), data.getInt32(place + 4, true), 0);
  }
  writer.forceDefaults = forceDefaults;
}

/** A struct that stands on its own, as a union's value. */
function copyStruct(copy: CopyState, source: Source, object: number, pos: number): number {
  const { program } = copy.edit;
  const { pieces } = copy.copied;
  const { builder } = copy.state.writer;
  const known = pieces.get(pos, object);
  if (known !== 0) return known;
  const size = program.objectSize[object]!;
  source.view.need(pos, size);
  builder.prealign(size, program.objectAlign[object]!);
  builder.pushBytes(source.view.bytes, pos, pos + size);
  pieces.set(pos, object, builder.size);
  checkOutput(copy);
  return builder.size;
}
