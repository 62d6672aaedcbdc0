import type { FieldDef, ObjectDef } from "../model/schema.js";
import { Kind, LAST_SCALAR } from "../program/kind.js";
import * as P from "../program/program.js";
import { FlatbufferError } from "../wire/error.js";
import { readError } from "../wire/view.js";
import { enumNames } from "./enum-names.js";
import { fieldBytes, fieldValue } from "./field-value.js";
import { followField, placeOf } from "./follow.js";
import { absentScalar, readScalar } from "./scalar.js";
import { setValue } from "./set-value.js";
import type { Source } from "./source.js";
import { unknownField } from "./unknown-field.js";
import type { AnyFields, ViewOf } from "./view-types.js";

/**
 * A table of a buffer, read field by field on demand; made by `read`.
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
  readonly #object: number;
  readonly #pos: number;

  /** @internal Tables are made by `read` and by other views. */
  constructor(source: Source, object: number, pos: number) {
    this.#source = source;
    this.#object = object;
    this.#pos = pos;
  }

  /** What the schema says of this table. */
  get def(): ObjectDef {
    return this.#source.program.schema.objectList[this.#object]!;
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
    const field = source.names[this.#object]!.get(name);
    if (field === undefined) throw unknownField(this.def, name);
    const { fields } = source.program;
    try {
      const place = placeOf(source.data, this.#pos, fields[field + P.FIELD_SLOT]!);
      const kind = fields[field + P.FIELD_KIND]!;
      if (kind <= LAST_SCALAR) {
        return place === 0 ? absentScalar(source.program, field) : readScalar(source.data, kind, place);
      }
      if (place === 0) return undefined;
      return fieldValue(source, field, place, this.#typePlace(field, kind));
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** Whether a field is stored. One that isn't reads as its default. */
  has(name: keyof T & string): boolean {
    return this.#place(this.#field(name)) !== 0;
  }

  /**
   * Changes a stored value in place: a scalar (an enum also by name), or a string of the same length in UTF-8 bytes.
   * Offsets are never touched. False when the field is not stored and so has no place to write to.
   *
   * Throws `wrong-type`, `number-out-of-range`, `unknown-enum-value` or `wrong-length` before anything is written.
   * What stands twice in the data (a shared string) changes everywhere; sorted vectors are not sorted again.
   */
  set<K extends keyof T & string>(name: K, value: T[K] | string | number | bigint | boolean): boolean {
    const field = this.#field(name);
    const source = this.#source;
    const kind = source.program.fields[field + P.FIELD_KIND]!;
    return this.#guard(() => {
      const place = this.#place(field);
      const pos = place !== 0 && kind === Kind.String ? followField(source, field, place) : place;
      return setValue(source, kind, field, pos, value);
    });
  }

  /**
   * The member that a union field holds: its name, `"NONE"` for none, its number when the schema doesn't know it.
   * Throws `wrong-type` for a field that is no union.
   */
  unionType(name: keyof T & string): string | number {
    const field = this.#field(name);
    const { program, data } = this.#source;
    const kind = program.fields[field + P.FIELD_KIND]!;
    if (kind !== Kind.Union) {
      throw new FlatbufferError(
        "wrong-type",
        `${this.def.name}.${name} is no union; a vector of unions has unionType(index)`,
      );
    }
    const place = this.#place(field - P.FIELD_WORDS);
    const tag = place === 0 ? 0 : this.#guard(() => data.getUint8(place));
    return enumNames(program.schema)[program.fields[field + P.FIELD_CHILD]!]!.byValue.get(tag) ?? tag;
  }

  /**
   * The bytes of a stored string, scalar, struct, or vector of scalars or structs (also those that hold a nested
   * FlatBuffer or FlexBuffers); undefined when absent. It's the buffer's own memory, not a copy.
   */
  bytes(name: keyof T & string): Uint8Array | undefined {
    const field = this.#field(name);
    const place = this.#place(field);
    return place === 0 ? undefined : this.#guard(() => fieldBytes(this.#source, field, place));
  }

  /** The fields that are stored, in order of id. */
  fields(): FieldDef[] {
    return this.def.fields.filter(({ name }) => this.has(name as keyof T & string));
  }

  /** `[name, value]` of the fields that are stored, in order of id. */
  *[Symbol.iterator](): IterableIterator<[string, unknown]> {
    for (const { name } of this.fields()) yield [name, this.get(name as keyof T & string)];
  }

  #field(name: string): number {
    const field = this.#source.names[this.#object]!.get(name);
    if (field === undefined) throw unknownField(this.def, name);
    return field;
  }

  #place(field: number): number {
    const { data, program } = this.#source;
    return this.#guard(() => placeOf(data, this.#pos, program.fields[field + P.FIELD_SLOT]!));
  }

  /** The type of a union, or the types of a vector of unions, stand in the field before. */
  #typePlace(field: number, kind: number): number {
    if (kind !== Kind.Union && kind !== Kind.UnionVector) return 0;
    const { data, program } = this.#source;
    return placeOf(data, this.#pos, program.fields[field - P.FIELD_WORDS + P.FIELD_SLOT]!);
  }

  #guard<R>(read: () => R): R {
    try {
      return read();
    } catch (error) {
      throw readError(this.#source.view, error);
    }
  }
}
