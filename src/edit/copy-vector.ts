import { writeRefVector } from "../build/write-vector.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { firstElement, vectorLength } from "../read/follow.js";
import type { Source } from "../read/source.js";
import { type CopyState, checkOutput, type UnionRefs } from "./copy-state.js";
import { copyMember, copyString, copyTable } from "./copy-table.js";
import type { Stored } from "./node.js";
import { unionCount } from "./open-unions.js";

/** Vectors of unions that are remembered; the map of an engine has an end, and only sharing is lost beyond. */
const MAX_REMEMBERED = 2 ** 20;
/** Bytes may be anything, also what wants an alignment that the schema doesn't tell; so they keep what they have. */
const BYTES_ALIGN = 16;

/** Copies a vector of scalars or structs, or the bytes of an embedded buffer, unless it is there. Returns its reference. */
export function copyInlineVector(copy: CopyState, source: Source, number: number, pos: number): number {
  const { program, plan } = copy.edit;
  const { pieces } = copy.copied;
  const known = pieces.get(pos, plan.vectorType[number]!);
  if (known !== 0) return known;
  const address = number * P.FIELD_WORDS;
  const byteLength = vectorLength(source, address, pos) * program.fields[address + P.FIELD_STRIDE]!;
  const start = firstElement(program, address, pos);
  const align = program.fields[address + P.FIELD_ELEMENT_ALIGN]!;
  const kept = align > 1 ? align : keptAlign(copy, address, start);
  const bytes = source.view.bytes;
  const ref = createInlineVector(copy, number, bytes, start, start + byteLength, kept);
  pieces.set(pos, plan.vectorType[number]!, ref);
  checkOutput(copy);
  return ref;
}

/** Writes elements that lie inline as they are, in their order, with at least this alignment. */
export function createInlineVector(
  { edit, state }: CopyState,
  number: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  align: number,
): number {
  const { fields } = edit.program;
  const { builder, plan } = state.writer;
  const address = number * P.FIELD_WORDS;
  const stride = fields[address + P.FIELD_STRIDE]!;
  const isLong = P.hasLongLength(edit.program, address);
  return builder.createVector(bytes, start, end, stride, align, plan.forceAlign[number]!, isLong);
}

/** Copies a vector of strings or tables in its order, unless it is there. Returns its reference. */
export function copyRefVector(copy: CopyState, source: Source, number: number, pos: number): number {
  const { program, plan } = copy.edit;
  const { pieces } = copy.copied;
  const { writer, path } = copy.state;
  const known = pieces.get(pos, plan.vectorType[number]!);
  if (known !== 0) return known;
  const address = number * P.FIELD_WORDS;
  const length = vectorLength(source, address, pos);
  const start = firstElement(program, address, pos);
  const object = program.fields[address + P.FIELD_CHILD]!;
  const isTables = program.fields[address + P.FIELD_KIND] === Kind.TableVector;
  const base = writer.refTop;
  const level = path.length;
  for (let index = 0; index < length; index++) {
    path.set(level, index);
    const place = start + 4 * index;
    const target = place + source.data.getUint32(place, true);
    writer.pushRef(isTables ? copyTable(copy, source, object, target) : copyString(copy, source, target, false));
  }
  path.length = level;
  const ref = writeRefVector(writer, address, base, -1);
  pieces.set(pos, plan.vectorType[number]!, ref);
  checkOutput(copy);
  return ref;
}

/** Copies a vector of unions, types and values, unless both are there. */
export function copyUnionVector(copy: CopyState, stored: Stored, number: number): UnionRefs {
  const { source, pos, typesPos } = stored;
  const { unions } = copy.copied;
  const { writer, path } = copy.state;
  const address = number * P.FIELD_WORDS;
  const union = copy.edit.program.fields[address + P.FIELD_CHILD]!;
  const key = `${union} ${pos} ${typesPos}`;
  const known = unions.get(key);
  if (known !== undefined) return known;
  const length = unionCount(stored, address);
  const tags = source.view.bytes.slice(typesPos + 4, typesPos + 4 + length);
  const base = writer.refTop;
  const level = path.length;
  for (let index = 0; index < length; index++) {
    path.set(level, index);
    const place = pos + 4 + 4 * index;
    const uoffset = source.data.getUint32(place, true);
    const isNone = tags[index] === 0 && uoffset === 0;
    const ref = isNone ? 0 : copyMember(copy, source, union, tags[index]!, place + uoffset);
    if (ref === 0) tags[index] = 0;
    writer.pushRef(ref);
  }
  path.length = level;
  const refs = createUnionVector(copy, number, tags, base);
  if (unions.size < MAX_REMEMBERED) unions.set(key, refs);
  checkOutput(copy);
  return refs;
}

/** Writes the `refs` from `base` up, 0 for NONE, and their types; takes them off. */
export function createUnionVector({ state }: CopyState, number: number, tags: Uint8Array, base: number): UnionRefs {
  const { writer } = state;
  const { builder, plan, refs } = writer;
  const values = builder.createOffsetVector(refs, base, writer.refTop, plan.forceAlign[number]!);
  writer.refTop = base;
  const types = builder.createVector(tags, 0, tags.length, 1, 1, plan.forceAlign[number - 1]!);
  return { types, values };
}

/** The alignment that bytes have where they are, as far as anything of their sort may want it. */
function keptAlign({ edit }: CopyState, address: number, start: number): number {
  const kind = edit.program.fields[address + P.FIELD_KIND];
  const max = kind === Kind.NestedFlatbuffer ? edit.plan.maxAlign : kind === Kind.Flexbuffer ? 8 : BYTES_ALIGN;
  let align = 1;
  while (align < max && start % (align * 2) === 0) align *= 2;
  return align;
}
