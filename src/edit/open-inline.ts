import { storeValue } from "../build/put-scalar.js";
import { putStruct, putStructMember } from "../build/put-struct.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { firstElement, vectorLength } from "../read/follow.js";
import { areSorted } from "../verify/lint-keys.js";
import { View } from "../wire/view.js";
import { type EditState, enterPart, failHere, indexIn, newIndexIn, wrongPart } from "./edit-state.js";
import type { Container, Slot, Stored } from "./node.js";
import { refuseType } from "./open-list.js";

/** Bytes of our own that grow. */
interface Inline {
  bytes: Uint8Array;
  byteLength: number;
}

/**
 * What lies inline and a path went into: a struct, a vector of scalars or structs; or a struct or fixed array inside
 * one. All parts of one thing share its bytes.
 */
export class OpenInline implements Container {
  readonly slot: Slot;
  /** Of a vector of structs: whether it was in order of its key, if it has one. */
  readonly isSorted: boolean;
  readonly #edit: EditState;
  readonly #inline: Inline;
  /** Where this part begins. */
  readonly #start: number;

  constructor(edit: EditState, slot: Slot, inline: Inline, start: number, isSorted: boolean) {
    this.#edit = edit;
    this.slot = slot;
    this.#inline = inline;
    this.#start = start;
    this.isSorted = isSorted;
  }

  /** The bytes of the whole thing as they are now. */
  get bytes(): Uint8Array {
    return this.#inline.bytes.subarray(0, this.#inline.byteLength);
  }

  enter(part: string | number): Container {
    const inner = this.#at(part);
    const { kind } = inner.slot;
    if (kind <= Kind.Double) throw failHere(this.#edit, "invalid-path", "it is a number, there is nothing inside it");
    return new OpenInline(this.#edit, inner.slot, this.#inline, inner.pos, true);
  }

  set(part: string | number, value: unknown, type: unknown): void {
    const inner = this.#at(part);
    refuseType(this.#edit, type);
    this.#inline.bytes.set(encode(this.#edit, inner.slot, value), inner.pos);
  }

  remove(part: string | number): void {
    if (this.slot.kind === Kind.Struct) throw this.#fixed(part, "a struct always has all of its members");
    this.#needVector(part);
    const { pos } = this.#at(part);
    this.#inline.bytes.copyWithin(pos, pos + this.#stride(), this.#inline.byteLength);
    this.#inline.byteLength -= this.#stride();
  }

  insert(part: string | number | undefined, value: unknown, type: unknown): void {
    if (this.slot.kind === Kind.Struct) throw this.#fixed(part, "a struct has members, no elements");
    this.#needVector(part);
    const inline = this.#inline;
    const stride = this.#stride();
    const pos = newIndexIn(this.#edit, part, inline.byteLength / stride) * stride;
    refuseType(this.#edit, type);
    const item = encode(this.#edit, this.#itemSlot(), value);
    if (inline.byteLength + stride > inline.bytes.length) {
      const larger = new Uint8Array(Math.max(64, (inline.byteLength + stride) * 2));
      larger.set(inline.bytes);
      inline.bytes = larger;
    }
    inline.bytes.copyWithin(pos + stride, pos, inline.byteLength);
    inline.bytes.set(item, pos);
    inline.byteLength += stride;
  }

  /** The member or element at `part` and where it begins. */
  #at(part: string | number): { slot: Slot; pos: number } {
    const edit = this.#edit;
    const { fields } = edit.program;
    if (this.slot.kind !== Kind.Struct) {
      const length = this.#length();
      const index = indexIn(edit, part, length);
      return { slot: this.#itemSlot(), pos: this.#start + index * this.#stride() };
    }
    const def = edit.program.schema.objectList[this.slot.object]!;
    const member = typeof part === "string" ? def.fieldsByName.get(part) : undefined;
    if (member === undefined) throw noMember(edit, part, def);
    enterPart(edit, part);
    const address = edit.program.objectFields[this.slot.object]! + member.id * P.FIELD_WORDS;
    const slot = { kind: fields[address + P.FIELD_KIND]!, object: fields[address + P.FIELD_CHILD]!, address };
    return { slot, pos: this.#start + fields[address + P.FIELD_SLOT]! };
  }

  #itemSlot(): Slot {
    const { object, address } = this.slot;
    const element = this.#edit.program.fields[address + P.FIELD_ELEMENT]!;
    return { kind: element === 0 ? Kind.Struct : element, object, address };
  }

  #stride(): number {
    return this.#edit.program.fields[this.slot.address + P.FIELD_STRIDE]!;
  }

  #length(): number {
    if (this.#isVector()) return this.#inline.byteLength / this.#stride();
    return this.#edit.program.fields[this.slot.address + P.FIELD_LENGTH]!;
  }

  #isVector(): boolean {
    return this.slot.kind === Kind.ScalarVector || this.slot.kind === Kind.StructVector;
  }

  #needVector(part: string | number | undefined): void {
    if (!this.#isVector()) throw this.#fixed(part, `a fixed array always has its ${this.#length()} elements`);
  }

  #fixed(part: string | number | undefined, reason: string): Error {
    return wrongPart(this.#edit, part, `${reason}; they can only be set`);
  }
}

/** Opens a stored struct, or vector of scalars or structs. */
export function openInline(edit: EditState, { source, pos }: Stored, slot: Slot): OpenInline {
  const { program } = edit;
  const { view } = source;
  if (slot.kind === Kind.Struct) {
    const size = program.objectSize[slot.object]!;
    view.need(pos, size);
    return new OpenInline(edit, slot, { bytes: view.bytes.slice(pos, pos + size), byteLength: size }, 0, true);
  }
  const length = vectorLength(source, slot.address, pos);
  const stride = program.fields[slot.address + P.FIELD_STRIDE]!;
  const start = firstElement(program, slot.address, pos);
  const bytes = view.bytes.slice(start, start + length * stride);
  const isSorted =
    slot.kind !== Kind.StructVector ||
    areSorted(program, View.on(bytes), slot.object, length, (index) => index * stride);
  return new OpenInline(edit, slot, { bytes, byteLength: bytes.length }, 0, isSorted);
}

/** An empty vector; a struct of the given value, or of zeros. */
export function newInline(edit: EditState, slot: Slot, value?: unknown): OpenInline {
  let bytes = new Uint8Array(slot.kind === Kind.Struct ? edit.program.objectSize[slot.object]! : 0);
  if (value !== undefined) bytes = encode(edit, slot, value);
  return new OpenInline(edit, slot, { bytes, byteLength: bytes.length }, 0, true);
}

/** The bytes of a value that lies inline. */
function encode(edit: EditState, { kind, object, address }: Slot, value: unknown): Uint8Array<ArrayBuffer> {
  const { encoder, program } = edit;
  const { fields } = program;
  const isArray = kind === Kind.ScalarArray || kind === Kind.StructArray;
  const size = kind === Kind.Struct ? program.objectSize[object]! : inlineSize(fields, address, isArray);
  const memory = new ArrayBuffer(size);
  const data = new DataView(memory);
  if (kind === Kind.Struct) putStruct(encoder, object, data, 0, value);
  else if (isArray) putStructMember(encoder, address, data, -fields[address + P.FIELD_SLOT]!, value);
  else storeValue(encoder, address, kind, data, 0, value);
  return new Uint8Array(memory);
}

function inlineSize(fields: Int32Array, address: number, isArray: boolean): number {
  const stride = fields[address + P.FIELD_STRIDE]!;
  return isArray || stride === 0 ? fields[address + P.FIELD_SIZE]! : stride;
}

function noMember(
  edit: EditState,
  part: string | number,
  def: { readonly name: string; readonly fields: readonly { readonly name: string }[] },
): Error {
  const names = def.fields.slice(0, 8).map(({ name }) => name);
  if (typeof part === "number") return wrongPart(edit, part, `${def.name} is a struct, its members have names`);
  enterPart(edit, part);
  return failHere(edit, "unknown-field", `${def.name} has no such member; it has ${names.join(", ")}`);
}
