import { describeValue } from "../build/object-state.js";
import { toInt } from "../build/put-scalar.js";
import { isList } from "../build/put-struct.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { vectorLength } from "../read/follow.js";
import { FlatbufferError } from "../wire/error.js";
import { type EditState, failHere, indexIn, newIndexIn, wrongPart } from "./edit-state.js";
import { type Container, Given, type Slot, Stored, type UnionValue } from "./node.js";
import { openNode } from "./open-node.js";

/** A vector of unions that a path went into: its types and values together. */
export class OpenUnions implements Container {
  readonly slot: Slot;
  readonly items: UnionValue[];
  readonly #edit: EditState;

  constructor(edit: EditState, slot: Slot, items: UnionValue[]) {
    this.#edit = edit;
    this.slot = slot;
    this.items = items;
  }

  enter(part: string | number): Container | undefined {
    const item = this.items[indexIn(this.#edit, part, this.items.length)]!;
    return openUnion(this.#edit, item, this.slot.address);
  }

  set(part: string | number, value: unknown, type: unknown): void {
    const index = indexIn(this.#edit, part, this.items.length);
    const present = this.items[index]!.tag;
    this.items[index] = givenUnion(this.#edit, this.slot.address, value, type, present);
  }

  remove(part: string | number): void {
    this.items.splice(indexIn(this.#edit, part, this.items.length), 1);
  }

  insert(part: string | number | undefined, value: unknown, type: unknown): void {
    const index = newIndexIn(this.#edit, part, this.items.length);
    this.items.splice(index, 0, givenUnion(this.#edit, this.slot.address, value, type, 0));
  }

  /** The types as a vector of their own, whose elements can be set. */
  types(): Container {
    const edit = this.#edit;
    const whole = (part: string | number | undefined): Error =>
      wrongPart(edit, part, "types of a vector of unions come and go with its values; change those, with a type");
    return {
      enter: (part) => {
        throw wrongPart(edit, part, "it is the type of a union, there is nothing inside it");
      },
      set: (part, value) => {
        const index = indexIn(edit, part, this.items.length);
        this.items[index] = retyped(edit, this.slot.address, this.items[index]!, value);
      },
      remove: (part) => {
        throw whole(part);
      },
      insert: (part) => {
        throw whole(part);
      },
    };
  }
}

/** Opens a stored vector of unions. */
export function openStoredUnions(edit: EditState, stored: Stored, slot: Slot): OpenUnions {
  const { source, pos, typesPos } = stored;
  const length = unionCount(stored, slot.address);
  const items = Array.from({ length }, (_, index): UnionValue => {
    const tag = source.data.getUint8(typesPos + 4 + index);
    const place = pos + 4 + 4 * index;
    const uoffset = source.data.getUint32(place, true);
    const value = uoffset === 0 ? undefined : new Stored(source, place + uoffset);
    return { tag, value, isStale: false };
  });
  return new OpenUnions(edit, slot, items);
}

/** How many unions a stored vector has. Throws `union-lengths-differ` when values and types disagree. */
export function unionCount({ source, pos, typesPos }: Stored, address: number): number {
  const length = vectorLength(source, address, pos);
  const types = vectorLength(source, address - P.FIELD_WORDS, typesPos);
  if (length === types) return length;
  const message = `a vector of unions has ${types} types, but ${length} values`;
  throw new FlatbufferError("union-lengths-differ", message, { offset: pos });
}

/** Opens a vector of unions that a change has set. */
export function openGivenUnions(edit: EditState, { value, types }: Given, slot: Slot): OpenUnions {
  if (!isList(value)) throw failHere(edit, "wrong-type", `expected an array, got ${describeValue(value)}`);
  if (!isList(types) || types.length !== value.length) {
    throw failHere(edit, "wrong-length", `${value.length} values need as many types`);
  }
  const items = Array.from(value, (item, index) => givenUnion(edit, slot.address, item, types[index], 0));
  return new OpenUnions(edit, slot, items);
}

/** A union's value of the given type, else of the one that is `present`. */
export function givenUnion(
  edit: EditState,
  address: number,
  value: unknown,
  type: unknown,
  present: number,
): UnionValue {
  if (type === undefined && present === 0) {
    throw failHere(edit, "union-type-missing", "there is no union yet, so its type is needed: {path, set, type}");
  }
  const tag = type === undefined ? present : tagOf(edit, address, type);
  return { tag, value: new Given(value, true), isStale: false };
}

/** The same union with another type. A value that was there belonged to the old one; a given one may be for the new. */
export function retyped(edit: EditState, address: number, union: UnionValue | undefined, type: unknown): UnionValue {
  const tag = tagOf(edit, address, type);
  if (union === undefined) return { tag, value: undefined, isStale: true };
  if (tag === union.tag) return union;
  if (tag !== 0 && union.value instanceof Given) return { tag, value: union.value, isStale: false };
  return { tag, value: undefined, isStale: tag !== 0 };
}

/** What a union holds, open; undefined when it holds nothing. */
export function openUnion(edit: EditState, union: UnionValue, address: number): Container | undefined {
  if (union.isStale) throw failHere(edit, "union-types-without-values", "its type was changed; set its value first");
  if (union.value === undefined) return undefined;
  const slot = memberSlot(edit.program, address, union.tag);
  if (slot === undefined) {
    throw failHere(edit, "unknown-union-type", `its type is ${union.tag}, which the schema doesn't know`);
  }
  const open = openNode(edit, union.value, slot);
  union.value = open;
  return open;
}

/** What a union of this type holds; undefined for NONE and types that the schema doesn't know. */
export function memberSlot(program: P.Program, address: number, tag: number): Slot | undefined {
  const member = tag === 0 ? -1 : P.unionMember(program, program.fields[address + P.FIELD_CHILD]!, tag);
  if (member < 0) return undefined;
  return { kind: program.memberKind[member]!, object: program.memberObject[member]!, address };
}

/** The tag for a type that is given by name or number. */
function tagOf(edit: EditState, address: number, type: unknown): number {
  return toInt(edit.encoder, address - P.FIELD_WORDS, Kind.UType, type);
}
