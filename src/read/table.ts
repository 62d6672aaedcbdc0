import type { FieldDef, ObjectDef } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar } from "../program/read-scalar.js";
import { FlatbufferError } from "../wire/error.js";
import { guardReads, readError } from "../wire/view.js";
import { enumNames } from "./enum-names.js";
import { fieldName } from "./field-def.js";
import { fieldBytes, fieldValue } from "./field-value.js";
import { followField, placeOf } from "./follow.js";
import { setValue } from "./set-value.js";
import type { Source } from "./source.js";
import type { AnyFields, AnyView, ViewOf } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/**
 * A table of a buffer, read field by field on demand; made by `read` or met as the value of a field.
 *
 * Nothing is decoded or copied before it is asked for, and nothing is remembered: the bytes are the state. Fields are
 * named by strings, so a field may have any name. Iterating gives `[name, value]` of the fields that are stored.
 *
 * All methods throw FlatbufferError: `unknown-field` for a name the table doesn't have; with `trusted: true` also what
 * a damaged buffer deserves (`out-of-range`, ...).
 *
 * @typeParam T Plain values of the table, as `toObject` makes them.
 */
export class Table<T = AnyFields> {
  readonly #source: Source;
  readonly #type: ViewType;
  readonly #pos: number;

  /** @internal Tables are made by `read` and by other views. */
  constructor(source: Source, type: ViewType, pos: number) {
    this.#source = source;
    this.#type = type;
    this.#pos = pos;
  }

  /** @internal What the library reads besides; not for programs that use it. */
  static source(view: AnyView): Source {
    return (view as Table).#source;
  }

  /** @internal */
  static type(view: AnyView): ViewType {
    return (view as Table).#type;
  }

  /** @internal */
  static pos(view: AnyView): number {
    return (view as Table).#pos;
  }

  /** What the schema says of this table. */
  get def(): ObjectDef {
    return this.#type.def;
  }

  /**
   * The value of a field.
   *
   * - scalars: number, bigint (64 bits) or boolean; enums as their number. Absent: the default, null when optional
   * - strings: decoded anew each time; tables, structs, vectors and fixed arrays: views
   * - unions: a view on the member, or a string; `{$unknown: type}` for a member newer than the schema
   * - nested_flatbuffer fields: the root table inside; flexbuffer fields: plain values
   *
   * Absent fields that are no scalars are undefined.
   */
  get<K extends keyof T & string>(name: K): ViewOf<T[K]>;
  get(name: string): unknown {
    const source = this.#source;
    const access = this.#type.field(name);
    try {
      const place = placeOf(source.data, this.#pos, access.slot);
      if (place === 0) return access.absent;
      if (access.kind <= Kind.LAST_SCALAR) return readScalar(source.data, access.kind, place);
      const typePlace = access.typeSlot === 0 ? 0 : placeOf(source.data, this.#pos, access.typeSlot);
      return fieldValue(source, access.field, place, typePlace);
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** Whether a field is stored; one that isn't reads as its default. */
  has(name: keyof T & string): boolean {
    const { slot } = this.#type.field(name);
    return this.#place(slot) !== 0;
  }

  /**
   * Changes a stored value in place: a scalar (an enum also by name), or a string of the same length in UTF-8 bytes.
   * Offsets are never touched. False when the field is not stored and so has no place to write to.
   *
   * Throws `wrong-type`, `number-out-of-range`, `unknown-enum-value` or `wrong-length` before anything is written.
   * What stands twice in the data (a shared string) changes everywhere; sorted vectors are not sorted again.
   */
  set<K extends keyof T & string>(name: K, value: T[K] | string | number | bigint | boolean): boolean {
    const { field, kind, slot } = this.#type.field(name);
    const source = this.#source;
    return guardReads(source.view, () => {
      const place = this.#place(slot);
      const pos = place !== 0 && kind === Kind.String ? followField(source, field, place) : place;
      return setValue(source, kind, field, pos, value);
    });
  }

  /**
   * The member that a union field holds: its name, `"NONE"` for none, its number when the schema doesn't know it.
   * Throws `wrong-type` for a field that is no union.
   */
  unionType(name: keyof T & string): string | number {
    const { field, kind, typeSlot } = this.#type.field(name);
    const { program, data, view } = this.#source;
    if (kind !== Kind.Union) {
      const hint = kind === Kind.UnionVector ? "; its vector has unionType(index)" : "";
      throw new FlatbufferError("wrong-type", `${fieldName(program, field)} is no union${hint}`);
    }
    const place = this.#place(typeSlot);
    const tag = place === 0 ? 0 : guardReads(view, () => data.getUint8(place));
    return enumNames(program.schema)[program.fields[field + P.FIELD_CHILD]!]!.byValue.get(tag) ?? tag;
  }

  /**
   * The bytes of a stored string, scalar, struct, or vector of scalars or structs (also those that hold a nested
   * FlatBuffer or FlexBuffers); undefined when absent. It's the buffer's own memory, not a copy.
   */
  bytes(name: keyof T & string): Uint8Array | undefined {
    const { field, slot } = this.#type.field(name);
    const place = this.#place(slot);
    const source = this.#source;
    return place === 0 ? undefined : guardReads(source.view, () => fieldBytes(source, field, place));
  }

  /** The fields that are stored, in order of id. */
  fields(): FieldDef[] {
    return this.def.fields.filter(({ offset }) => this.#place(offset) !== 0);
  }

  /** `[name, value]` of the fields that are stored, in order of id. */
  *[Symbol.iterator](): IterableIterator<[string, unknown]> {
    for (const { name } of this.fields()) yield [name, this.get(name as keyof T & string)];
  }

  #place(slot: number): number {
    const { data, view } = this.#source;
    return guardReads(view, () => placeOf(data, this.#pos, slot));
  }
}
