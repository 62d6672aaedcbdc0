import * as Kind from "../../src/program/kind.js";
import * as P from "../../src/program/program.js";
import { viewOf } from "../../src/wire/view.js";

/** Where the words of an honest buffer are that lead somewhere: what a structure-aware mutation changes. */
export interface Anatomy {
  readonly soffsets: number[];
  /** Places of u32 offsets, the root's among them. */
  readonly uoffsets: number[];
  /** Places of the u32 lengths of strings and vectors. */
  readonly lengths: number[];
  /** Places of the u16 words of vtables. */
  readonly voffsets: number[];
  /** Places of union types. */
  readonly tags: number[];
}

/** Takes an honest buffer apart. */
export function anatomyOf(program: P.Program, bytes: Uint8Array, object: number, start = 0): Anatomy {
  const anatomy: Anatomy = { soffsets: [], uoffsets: [], lengths: [], voffsets: [], tags: [] };
  const view = viewOf(bytes);
  const seen = new Set<string>();
  const { fields } = program;

  const follow = (place: number): number => {
    anatomy.uoffsets.push(place);
    return place + view.u32(place);
  };

  const table = (type: number, pos: number): void => {
    if (seen.has(`${type}:${pos}`)) return;
    seen.add(`${type}:${pos}`);
    anatomy.soffsets.push(pos);
    const vtable = pos - view.i32(pos);
    const size = view.u16(vtable);
    for (let at = vtable; at < vtable + size; at += 2) if (!seen.has(`v${at}`)) anatomy.voffsets.push(at);
    for (let at = vtable; at < vtable + size; at += 2) seen.add(`v${at}`);
    for (let id = 0; id < program.objectFieldCount[type]!; id++) {
      const slot = 4 + 2 * id;
      const entry = slot < size ? view.u16(vtable + slot) : 0;
      if (entry !== 0) field(program.objectFields[type]! + id * P.FIELD_WORDS, pos + entry, pos, vtable);
    }
  };

  const field = (address: number, place: number, pos: number, vtable: number): void => {
    const kind = fields[address + P.FIELD_KIND]!;
    const child = fields[address + P.FIELD_CHILD]!;
    const wide = (fields[address + P.FIELD_FLAGS]! & (P.FLAG_OFFSET64 + P.FLAG_LENGTH64)) !== 0;
    if (kind === Kind.UType) anatomy.tags.push(place);
    if (wide) anatomy.uoffsets.push(place);
    if (kind <= Kind.Double || kind === Kind.Struct || wide) return;
    const target = follow(place);
    const typeEntry = () => view.u16(vtable + fields[address + P.FIELD_SLOT]! - 2);
    if (kind === Kind.Table) table(child, target);
    else if (kind === Kind.Union) member(child, view.u8(pos + typeEntry()), target);
    else {
      anatomy.lengths.push(target);
      if (kind === Kind.NestedFlatbuffer) table(child, follow(target + 4));
      if (kind !== Kind.StringVector && kind !== Kind.TableVector && kind !== Kind.UnionVector) return;
      for (let index = 0; index < view.u32(target); index++) {
        const element = follow(target + 4 + 4 * index);
        if (kind === Kind.StringVector) anatomy.lengths.push(element);
        else if (kind === Kind.TableVector) table(child, element);
        else {
          const types = pos + typeEntry();
          anatomy.tags.push(types + view.u32(types) + 4 + index);
          member(child, view.u8(types + view.u32(types) + 4 + index), element);
        }
      }
    }
  };

  const member = (union: number, tag: number, target: number): void => {
    const found = P.unionMember(program, union, tag);
    if (found < 0) return;
    if (program.memberKind[found] === Kind.Table) table(program.memberObject[found]!, target);
    else if (program.memberKind[found] === Kind.String) anatomy.lengths.push(target);
  };

  table(object, follow(start));
  return anatomy;
}
