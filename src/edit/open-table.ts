import { describeValue } from "../build/object-state.js";
import { type Fields, findField, isObject, unknownField } from "../build/put-table.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { followField, placeOf } from "../read/follow.js";
import type { Source } from "../read/source.js";
import { FlatbufferError } from "../wire/error.js";
import { type EditState, enterPart, failHere, wrongPart } from "./edit-state.js";
import { type Container, Given, type Node, type Slot, Stored, type UnionValue } from "./node.js";
import { refuseType } from "./open-list.js";
import { emptyNode, openNode } from "./open-node.js";
import { givenUnion, type OpenUnions, openUnion, retyped } from "./open-unions.js";

/** A table that a path went into. */
export class OpenTable implements Container {
  readonly object: number;
  /** By field number: what is there; a vector of unions stands for its types as well. */
  readonly fields: Map<number, Node> = new Map();
  /** By field number of the value: unions, types included. */
  readonly unions: Map<number, UnionValue> = new Map();
  /** The table in the old bytes, if it was there. */
  readonly stored: Stored | undefined;
  readonly #edit: EditState;

  constructor(edit: EditState, object: number, stored?: Stored) {
    this.#edit = edit;
    this.object = object;
    this.stored = stored;
  }

  enter(part: string | number, create: boolean): Container | undefined {
    const edit = this.#edit;
    const number = this.#field(part);
    if (edit.plan.isUnionType[number] === 1) return this.#enterTypes(number + 1);
    const slot = slotOf(edit.program, number);
    if (slot.kind === Kind.Union) {
      const union = this.unions.get(number);
      if (union !== undefined) return openUnion(edit, union, slot.address);
      if (create) throw failHere(edit, "union-type-missing", "there is no union; set it whole, with its type");
      return undefined;
    }
    const present = this.fields.get(number);
    if (present === undefined && !create) return undefined;
    const open = present === undefined ? emptyNode(edit, slot) : openNode(edit, present, slot);
    this.fields.set(number, open);
    return open;
  }

  set(part: string | number, value: unknown, type: unknown): void {
    const edit = this.#edit;
    const number = this.#field(part);
    const { kind, address } = slotOf(edit.program, number);
    if (value === null && (kind > Kind.Double || this.#isOptional(number))) {
      this.#remove(number);
      return;
    }
    if (kind === Kind.Union) {
      this.unions.set(number, givenUnion(edit, address, value, type, this.unions.get(number)?.tag ?? 0));
      return;
    }
    if (kind === Kind.UnionVector) {
      this.fields.set(number, new Given(value, true, type ?? this.#typesAt(number)));
      return;
    }
    refuseType(edit, type);
    if (edit.plan.isUnionType[number] === 0) this.fields.set(number, new Given(value, true));
    else if (kind === Kind.UType) this.#setType(number + 1, value);
    else this.#setTypes(number + 1, value);
  }

  remove(part: string | number): void {
    this.#remove(this.#field(part));
  }

  insert(part: string | number | undefined): void {
    throw wrongPart(this.#edit, part, "it is a table, which has fields and no elements");
  }

  #remove(number: number): void {
    // Without its type a union is nothing, nor with its type alone.
    const both = this.#edit.plan.isUnionType[number] === 1 ? number + 1 : number;
    this.fields.delete(both);
    this.unions.delete(both);
  }

  #setType(number: number, type: unknown): void {
    const address = number * P.FIELD_WORDS;
    this.unions.set(number, retyped(this.#edit, address, this.unions.get(number), type));
  }

  /** Other types for all of a vector of unions: its values must follow, unless a change has given them before. */
  #setTypes(number: number, types: unknown): void {
    const present = this.fields.get(number);
    const values = present instanceof Given ? present.value : undefined;
    this.fields.set(number, new Given(values, true, types));
  }

  #enterTypes(number: number): Container | undefined {
    const slot = slotOf(this.#edit.program, number);
    if (slot.kind === Kind.Union) throw failHere(this.#edit, "invalid-path", "it is the type of a union");
    const present = this.fields.get(number);
    if (present === undefined) return undefined;
    const open = openNode(this.#edit, present, slot) as OpenUnions;
    this.fields.set(number, open);
    return open.types();
  }

  /** The types that a vector of unions has now. */
  #typesAt(number: number): unknown {
    const present = this.fields.get(number);
    if (present === undefined) return undefined;
    if (present instanceof Given) return present.types;
    const open = openNode(this.#edit, present, slotOf(this.#edit.program, number)) as OpenUnions;
    return open.items.map(({ tag }) => tag);
  }

  #isOptional(number: number): boolean {
    return (this.#edit.program.fields[number * P.FIELD_WORDS + P.FIELD_FLAGS]! & P.FLAG_OPTIONAL) !== 0;
  }

  #field(part: string | number): number {
    const edit = this.#edit;
    if (typeof part === "number") throw wrongPart(edit, part, "it is a table, whose fields have names");
    const number = findField(edit.encoder, this.object, part, -1);
    if (number < 0) throw unknownField(edit.encoder, this.object, part);
    enterPart(edit, part);
    return number;
  }
}

/** Opens a table of the old bytes. */
export function openStoredTable(edit: EditState, source: Source, object: number, pos: number): OpenTable {
  const { program, plan } = edit;
  const { data } = source;
  const table = new OpenTable(edit, object, new Stored(source, pos));
  const first = program.objectFields[object]! / P.FIELD_WORDS;
  const end = first + program.objectFieldCount[object]!;
  const placeAt = (number: number): number =>
    placeOf(data, pos, program.fields[number * P.FIELD_WORDS + P.FIELD_SLOT]!);
  for (let number = first; number < end; number++) {
    const address = number * P.FIELD_WORDS;
    if (plan.isUnionType[number] === 1) continue;
    const kind = program.fields[address + P.FIELD_KIND]!;
    const place = placeAt(number);
    if (kind === Kind.Union) {
      const typePlace = placeAt(number - 1);
      if (typePlace === 0 && place === 0) continue;
      const tag = typePlace === 0 ? 0 : data.getUint8(typePlace);
      const value = place === 0 ? undefined : new Stored(source, followField(source, address, place));
      table.unions.set(number, { tag, value, isStale: false });
    } else if (kind === Kind.UnionVector) {
      const stored = storedUnions(source, address, place, placeAt(number - 1));
      if (stored !== undefined) table.fields.set(number, stored);
    } else if (place !== 0) {
      const isInline = kind <= Kind.Double || kind === Kind.Struct;
      table.fields.set(number, new Stored(source, isInline ? place : followField(source, address, place)));
    }
  }
  return table;
}

/** A stored vector of unions by the places of its offsets. Throws for one that has only values or only types. */
export function storedUnions(source: Source, address: number, place: number, typesPlace: number): Stored | undefined {
  if (place === 0 && typesPlace === 0) return undefined;
  if (place === 0 || typesPlace === 0) {
    const code = place === 0 ? "union-types-without-values" : "union-values-without-types";
    throw new FlatbufferError(code, "a vector of unions needs types and values", { offset: place + typesPlace });
  }
  const types = followField(source, address - P.FIELD_WORDS, typesPlace);
  return new Stored(source, followField(source, address, place), types);
}

/** Opens a table that a change has set. */
export function openGivenTable(edit: EditState, object: number, value: unknown): OpenTable {
  if (!isObject(value)) {
    const { name } = edit.program.schema.objectList[object]!;
    throw failHere(edit, "wrong-type", `expected an object for the table ${name}, got ${describeValue(value)}`);
  }
  const table = new OpenTable(edit, object);
  let previous = -1;
  for (const key of Object.keys(value)) {
    if (value[key] === undefined || value[key] === null) continue;
    const number = findField(edit.encoder, object, key, previous);
    if (number < 0) throw unknownField(edit.encoder, object, key);
    previous = number;
    putGiven(edit, table, number, value);
  }
  return table;
}

function putGiven(edit: EditState, table: OpenTable, number: number, owner: Fields): void {
  const { names } = edit.encoder;
  const { kind } = slotOf(edit.program, number);
  const isType = edit.plan.isUnionType[number] === 1;
  const own = (field: number): unknown => ownValue(owner, names.fields[field]!);
  if (kind === Kind.Union || (isType && kind === Kind.UType)) {
    const valueNumber = isType ? number + 1 : number;
    table.unions.set(valueNumber, unionOf(edit, valueNumber, own(valueNumber), own(valueNumber - 1)));
  } else if (kind === Kind.UnionVector || isType) {
    const valueNumber = isType ? number + 1 : number;
    table.fields.set(valueNumber, new Given(own(valueNumber), false, own(valueNumber - 1)));
  } else {
    table.fields.set(number, new Given(own(number), false));
  }
}

/** A given union; a type may stand alone, as it may in `fromObject`. */
function unionOf(edit: EditState, number: number, value: unknown, type: unknown): UnionValue {
  const address = number * P.FIELD_WORDS;
  if (value !== undefined) return givenUnion(edit, address, value, type, 0);
  return { ...retyped(edit, address, undefined, type), isStale: false };
}

/** A property that is the object's own and says something. */
function ownValue(owner: Fields, name: string): unknown {
  return Object.hasOwn(owner, name) ? (owner[name] ?? undefined) : undefined;
}

/** What a table's field takes. */
export function slotOf(program: P.Program, number: number): Slot {
  const address = number * P.FIELD_WORDS;
  return {
    kind: program.fields[address + P.FIELD_KIND]!,
    object: program.fields[address + P.FIELD_CHILD]!,
    address,
  };
}
