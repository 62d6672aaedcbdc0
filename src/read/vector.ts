import type { FieldDef } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar } from "../program/read-scalar.js";
import { FlatbufferError } from "../wire/error.js";
import { guardReads, type NumberArray, readError } from "../wire/view.js";
import { enumNames } from "./enum-names.js";
import { fieldDef, fieldName } from "./field-def.js";
import { readString, unionMember } from "./field-value.js";
import { findByKey, type LookupKey } from "./find-by-key.js";
import { stringLength } from "./follow.js";
import { NUMBER_ARRAYS } from "./scalar.js";
import { setValue } from "./set-value.js";
import type { Source } from "./source.js";

import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { ViewOf } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/** All elements of a vector: a typed array for numbers, an array of views or values for the rest. */
export type ArrayOf<E> = unknown extends E
  ? readonly unknown[] | NumberArray
  : E extends bigint
    ? BigInt64Array | BigUint64Array
    : E extends number
      ? Exclude<NumberArray, BigInt64Array | BigUint64Array>
      : ViewOf<E>[];

/** @internal Where an element is stored; see `Vector.element`. */
export interface VectorElement {
  readonly source: Source;
  readonly field: number;
  readonly kind: number;
  readonly place: number;
  readonly typePlace: number;
}

/**
 * A vector of a buffer, or a fixed array of a struct, read element by element on demand.
 *
 * @typeParam E Plain values of the elements, as `toObject` makes them.
 */
export class Vector<E = unknown> {
  /** Number of elements. */
  readonly length: number;
  readonly #source: Source;
  readonly #field: number;
  /** What to dispatch on: the kind of one element. */
  readonly #kind: number;
  readonly #start: number;
  readonly #stride: number;
  /** Type of the elements that are tables or structs. */
  readonly #type: ViewType | undefined;
  /** The types of a vector of unions. */
  readonly #types: Vector | undefined;

  /** @internal Vectors are made by other views; `start` is where the elements begin. */
  constructor(source: Source, field: number, start: number, length: number, types: Vector | undefined) {
    const { fields } = source.program;
    this.length = length;
    this.#source = source;
    this.#field = field;
    this.#kind = elementKind(fields[field + P.FIELD_KIND]!, fields[field + P.FIELD_ELEMENT]!);
    this.#start = start;
    this.#stride = fields[field + P.FIELD_STRIDE]!;
    this.#type = source.types[fields[field + P.FIELD_CHILD]!];
    this.#types = types;
  }

  /**
   * @internal Where the element at `index` is stored, for those who print it: what to dispatch on, its place, and that
   * of its type in a vector of unions, else 0. Undefined when there is no such element.
   */
  static element(vector: Vector, index: number): VectorElement | undefined {
    const at = vector.#fromEnd(index);
    if (at === vector.length) return undefined;
    const types = vector.#types;
    return {
      source: vector.#source,
      field: vector.#field,
      kind: vector.#kind,
      place: vector.#start + at * vector.#stride,
      typePlace: types === undefined ? 0 : types.#start + at * types.#stride,
    };
  }

  /** What the schema says of the field that holds this vector. */
  get field(): FieldDef {
    return fieldDef(this.#source.program, this.#field);
  }

  /**
   * The element at `index`: values and views as `Table.get` gives them; an index below 0 counts from the end.
   * Undefined when there is no such element, and for the type NONE in a vector of unions.
   */
  at(index: number): ViewOf<E> | undefined;
  at(index: number): unknown {
    if (this.#kind !== Kind.Table || index >>> 0 !== index || index >= this.length) return this.#element(index);
    const source = this.#source;
    const place = this.#start + index * 4;
    try {
      return new Table(source, this.#type!, place + source.data.getUint32(place, true));
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** The elements in order. */
  *[Symbol.iterator](): IterableIterator<ViewOf<E>> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as ViewOf<E>;
  }

  /**
   * All elements. Numbers come as a typed array of their width: the buffer's own memory where it is aligned for that,
   * else a copy; don't rely on either. Bools, strings and views come as a plain array.
   */
  toArray(): ArrayOf<E>;
  toArray(): unknown {
    const type = NUMBER_ARRAYS[this.#kind];
    return type === undefined ? [...this] : this.#source.view.numbers(type, this.#start, this.length);
  }

  /** The bytes of all elements that are scalars or structs: the buffer's own memory. Throws `wrong-type` for others. */
  bytes(): Uint8Array {
    if (this.#kind > Kind.LAST_SCALAR && this.#kind !== Kind.Struct)
      throw this.#wrongType("are stored elsewhere; bytesAt(index) gives those of a string");
    return this.#source.view.numbers(Uint8Array, this.#start, this.length * this.#stride);
  }

  /** The UTF-8 bytes of the string at `index`: the buffer's own memory. Throws `wrong-type` where there are no strings. */
  bytesAt(index: number): Uint8Array | undefined {
    if (this.#kind !== Kind.String) throw this.#wrongType("are no strings");
    const at = this.#fromEnd(index);
    if (at === this.length) return undefined;
    const source = this.#source;
    return guardReads(source.view, () => {
      const pos = this.#elementPos(at);
      return source.view.numbers(Uint8Array, pos + 4, stringLength(source, pos));
    });
  }

  /** Changes an element in place, as `Table.set` does. False when there is no such element. */
  set(index: number, value: E | string | number | bigint | boolean): boolean {
    const source = this.#source;
    return guardReads(source.view, () => {
      const at = this.#fromEnd(index);
      return setValue(source, this.#kind, this.#field, at === this.length ? 0 : this.#elementPos(at), value);
    });
  }

  /**
   * The member at `index` of a vector of unions: its name, `"NONE"` for none, its number when the schema doesn't know
   * it; undefined when there is no such element. Throws `wrong-type` where there are no unions.
   */
  unionType(index: number): string | number | undefined {
    if (this.#types === undefined) throw this.#wrongType("are no unions");
    const tag = this.#types.at(index) as number | undefined;
    const { program } = this.#source;
    return tag === undefined ? undefined : (enumNames(program.schema)[this.#child()]!.byValue.get(tag) ?? tag);
  }

  /**
   * The table or struct whose `key` field has this value, found by binary search, or undefined. The writer of the
   * buffer must have sorted the vector, as flatc does; strings are ordered by their UTF-8 bytes, numbers by value. An
   * enum key may be given by name.
   *
   * Throws `wrong-type` where the elements have no key, and for a key of another type.
   */
  lookupByKey(key: LookupKey): ViewOf<E> | undefined {
    const kind = this.#kind;
    if (kind !== Kind.Table && kind !== Kind.Struct) throw this.#wrongType("have no key to look up by");
    const source = this.#source;
    const elementPos = (index: number) => this.#elementPos(index);
    const found = guardReads(source.view, () => findByKey(source, this.#child(), this.length, elementPos, key));
    return found < 0 ? undefined : this.at(found);
  }

  #element(index: number): unknown {
    const at = this.#fromEnd(index);
    if (at === this.length) return undefined;
    const source = this.#source;
    const place = this.#start + at * this.#stride;
    const kind = this.#kind;
    try {
      if (kind === Kind.Struct) return new Struct(source, this.#type!, place);
      if (kind === Kind.Table) return new Table(source, this.#type!, place + source.data.getUint32(place, true));
      if (kind === Kind.String) return readString(source, place + source.data.getUint32(place, true));
      if (kind === Kind.Union) return this.#member(at, place);
      return readScalar(source.data, kind, place);
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** The index counted from 0, fractions cut off; `length` when there is no such element. */
  #fromEnd(index: number): number {
    const whole = Math.trunc(index);
    const at = whole < 0 ? whole + this.length : whole;
    return at >= 0 && at < this.length ? at : this.length;
  }

  /** Where the element itself is, behind its offset if it has one. */
  #elementPos(at: number): number {
    const place = this.#start + at * this.#stride;
    return this.#kind <= Kind.LAST_SCALAR || this.#kind === Kind.Struct
      ? place
      : place + this.#source.data.getUint32(place, true);
  }

  #member(at: number, place: number): unknown {
    return unionMember(this.#source, this.#child(), this.#types!.at(at) as number, place);
  }

  #child(): number {
    return this.#source.program.fields[this.#field + P.FIELD_CHILD]!;
  }

  #wrongType(why: string): FlatbufferError {
    return new FlatbufferError("wrong-type", `the elements of ${fieldName(this.#source.program, this.#field)} ${why}`);
  }
}

function elementKind(kind: number, scalar: number): number {
  switch (kind) {
    case Kind.StringVector:
      return Kind.String;
    case Kind.TableVector:
      return Kind.Table;
    case Kind.StructVector:
    case Kind.StructArray:
      return Kind.Struct;
    case Kind.UnionVector:
      return Kind.Union;
    default:
      return scalar;
  }
}
