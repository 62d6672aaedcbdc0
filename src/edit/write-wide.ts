import { enterDepth } from "../build/object-state.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { firstElement, followField, placeOf, vectorLength } from "../read/follow.js";
import type { Source } from "../read/source.js";
import type { CopyState } from "./copy-state.js";
import { copyPiece } from "./copy-table.js";
import { type Node, Stored } from "./node.js";
import { OpenList } from "./open-list.js";
import { OpenTable, slotOf, storedUnions } from "./open-table.js";
import { memberSlot, OpenUnions, unionCount } from "./open-unions.js";
import { refOf } from "./write-node.js";

/**
 * Writes what 64-bit offsets lead to, before anything else: so it lies at the end of the buffer, where all 32-bit
 * offsets stay short of it. Values deep in what a change gives are left to their place.
 */
export function writeWideFirst(copy: CopyState, node: Node, object: number): void {
  if (copy.edit.plan.reachesWide[object] === 0) return;
  if (node instanceof Stored) searchStored(copy, node.source, object, node.pos);
  else if (node instanceof OpenTable) searchOpen(copy, node);
}

function searchOpen(copy: CopyState, table: OpenTable): void {
  const { program } = copy.edit;
  enterDepth(copy.state);
  for (const [number, node] of table.fields) {
    const slot = slotOf(program, number);
    if (isWide(copy, slot.address)) {
      if (node instanceof Stored) copyPiece(copy, node.source, number, node.pos);
      else copy.copied.early.set(node, refOf(copy, number, node));
    } else if (slot.kind === Kind.Table) writeWideFirst(copy, node, slot.object);
    else if (slot.kind === Kind.TableVector && node instanceof OpenList) {
      for (const item of node.items) writeWideFirst(copy, item, slot.object);
    } else if (slot.kind === Kind.UnionVector && node instanceof OpenUnions) {
      for (const { tag, value } of node.items) searchMember(copy, slot.address, tag, value);
    } else if (node instanceof Stored) searchField(copy, node.source, number, node.pos, node.typesPos);
  }
  for (const [number, { tag, value }] of table.unions) searchMember(copy, number * P.FIELD_WORDS, tag, value);
  copy.state.depth--;
}

function searchStored(copy: CopyState, source: Source, object: number, pos: number): void {
  const { program } = copy.edit;
  const { searched } = copy.copied;
  if (searched.get(pos, object) !== 0) return;
  searched.set(pos, object, 1);
  enterDepth(copy.state);
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  const end = first + program.objectFieldCount[object]!;
  const placeAt = (number: number): number =>
    placeOf(source.data, pos, program.fields[number * P.FIELD_WORDS + P.FIELD_SLOT]!);
  for (let number = first; number < end; number++) {
    const address = number * P.FIELD_WORDS;
    const kind = program.fields[address + P.FIELD_KIND]!;
    const place = placeAt(number);
    if (place === 0 || kind <= Kind.Double || kind === Kind.Struct) continue;
    if (kind === Kind.Union) {
      const typePlace = placeAt(number - 1);
      const tag = typePlace === 0 ? 0 : source.data.getUint8(typePlace);
      searchMember(copy, address, tag, new Stored(source, followField(source, address, place)));
    } else if (kind === Kind.UnionVector) {
      const unions = storedUnions(source, address, place, placeAt(number - 1))!;
      searchField(copy, source, number, unions.pos, unions.typesPos);
    } else if (isWide(copy, address)) copyPiece(copy, source, number, followField(source, address, place));
    else searchField(copy, source, number, followField(source, address, place), 0);
  }
  copy.state.depth--;
}

/** Goes into what a stored field with a 32-bit offset holds. */
function searchField(copy: CopyState, source: Source, number: number, pos: number, typesPos: number): void {
  const { program, plan } = copy.edit;
  const { kind, object, address } = slotOf(program, number);
  if (kind === Kind.Table) writeWideFirst(copy, new Stored(source, pos), object);
  const isTables = kind === Kind.TableVector && plan.reachesWide[object] === 1;
  if (!isTables && kind !== Kind.UnionVector) return;
  const length = isTables ? vectorLength(source, address, pos) : unionCount(new Stored(source, pos, typesPos), address);
  const start = firstElement(program, address, pos);
  for (let index = 0; index < length; index++) {
    const place = start + 4 * index;
    const item = new Stored(source, place + source.data.getUint32(place, true));
    if (isTables) writeWideFirst(copy, item, object);
    else searchMember(copy, address, source.data.getUint8(typesPos + 4 + index), item);
  }
}

function searchMember(copy: CopyState, address: number, tag: number, value: Node | undefined): void {
  const slot = memberSlot(copy.edit.program, address, tag);
  if (slot?.kind === Kind.Table && value !== undefined) writeWideFirst(copy, value, slot.object);
}

function isWide(copy: CopyState, address: number): boolean {
  return (copy.edit.program.fields[address + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0;
}
