import type { FieldDef, ObjectDef } from "../model/schema.js";
import * as P from "../program/program.js";
import { guardReads, readError } from "../wire/view.js";
import { fieldBytes, fieldValue } from "./field-value.js";
import { setValue } from "./set-value.js";
import type { Source } from "./source.js";
import { unknownField } from "./unknown-field.js";
import type { AnyFields, ViewOf } from "./view-types.js";

/**
 * A struct of a buffer, read member by member on demand. It has the methods of a `Table`; all its members are always
 * stored.
 *
 * @typeParam T Plain values of the struct, as `toObject` makes them.
 */
export class Struct<T = AnyFields> {
  readonly #source: Source;
  readonly #object: number;
  readonly #pos: number;

  /** @internal Structs are made by other views. */
  constructor(source: Source, object: number, pos: number) {
    this.#source = source;
    this.#object = object;
    this.#pos = pos;
  }

  /** What the schema says of this struct. */
  get def(): ObjectDef {
    return this.#source.program.schema.objectList[this.#object]!;
  }

  /** The value of a member: a scalar, a `Struct`, or a `Vector` for a fixed array. Throws `unknown-field`. */
  get<K extends keyof T & string>(name: K): ViewOf<T[K]>;
  get(name: string): unknown {
    const field = this.#field(name);
    const source = this.#source;
    try {
      return fieldValue(source, field, this.#place(field), 0);
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** Always true: structs store all their members. Throws `unknown-field`. */
  has(name: keyof T & string): boolean {
    return this.#field(name) >= 0;
  }

  /** Changes a scalar member in place, as `Table.set` does. Always true, as the member is always stored. */
  set<K extends keyof T & string>(name: K, value: T[K] | string | number | bigint | boolean): boolean {
    const field = this.#field(name);
    const { program, view } = this.#source;
    const kind = program.fields[field + P.FIELD_KIND]!;
    return guardReads(view, () => setValue(this.#source, kind, field, this.#place(field), value));
  }

  /** The bytes of a member: the buffer's own memory, not a copy. */
  bytes(name: keyof T & string): Uint8Array {
    const field = this.#field(name);
    return fieldBytes(this.#source, field, this.#place(field));
  }

  /** All fields, in order. */
  fields(): FieldDef[] {
    return [...this.def.fields];
  }

  /** `[name, value]` of all members, in order. */
  *[Symbol.iterator](): IterableIterator<[string, unknown]> {
    for (const { name } of this.def.fields) yield [name, this.get(name as keyof T & string)];
  }

  #field(name: string): number {
    const field = this.#source.names[this.#object]!.get(name);
    if (field === undefined) throw unknownField(this.def, name);
    return field;
  }

  #place(field: number): number {
    return this.#pos + this.#source.program.fields[field + P.FIELD_SLOT]!;
  }
}
