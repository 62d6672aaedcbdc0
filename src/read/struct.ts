import type { FieldDef, ObjectDef } from "../model/schema.js";
import * as Kind from "../program/kind.js";
import { readScalar } from "../program/read-scalar.js";
import { guardReads, readError } from "../wire/view.js";
import { fieldBytes, fieldValue } from "./field-value.js";
import { setValue } from "./set-value.js";
import type { Source } from "./source.js";
import type { AnyFields, AnyView, ViewOf } from "./value-types.js";
import type { ViewType } from "./view-type.js";

/**
 * A struct of a buffer, read field by field on demand. It has the methods of a `Table`; all its fields are always
 * stored.
 *
 * @typeParam T Plain values of the struct, as `toObject` makes them.
 */
export class Struct<T = AnyFields> {
  // As in Table, line for line: with a class above both, the engine makes every view in `reader(vector.at(index))`
  // that it can leave out now, and a read takes three times as long (bench, `--only read`).
  readonly #source: Source;
  readonly #type: ViewType;
  readonly #pos: number;

  /** @internal Structs are made by other views. */
  constructor(source: Source, type: ViewType, pos: number) {
    this.#source = source;
    this.#type = type;
    this.#pos = pos;
  }

  /** @internal */
  static source(view: AnyView): Source {
    return (view as Struct).#source;
  }

  /** @internal */
  static type(view: AnyView): ViewType {
    return (view as Struct).#type;
  }

  /** @internal */
  static pos(view: AnyView): number {
    return (view as Struct).#pos;
  }

  /** What the schema says of this struct. */
  get def(): ObjectDef {
    return this.#type.def;
  }

  /** The value of a field: a scalar, a `Struct`, or a `Vector` for a fixed array. Throws `unknown-field`. */
  get<K extends keyof T & string>(name: K): ViewOf<T[K]>;
  get(name: string): unknown {
    const source = this.#source;
    const access = this.#type.field(name);
    const place = this.#pos + access.slot;
    try {
      if (access.kind <= Kind.LAST_SCALAR) return readScalar(source.data, access.kind, place);
      return fieldValue(source, access.field, place, 0);
    } catch (error) {
      throw readError(source.view, error);
    }
  }

  /** Always true: structs store all their fields. Throws `unknown-field`. */
  has(name: keyof T & string): boolean {
    return this.#type.field(name).field >= 0;
  }

  /** Changes a scalar field in place, as `Table.set` does. Always true, as the field is always stored. */
  set<K extends keyof T & string>(name: K, value: T[K] | string | number | bigint | boolean): boolean {
    const { field, kind, slot } = this.#type.field(name);
    const source = this.#source;
    return guardReads(source.view, () => setValue(source, kind, field, this.#pos + slot, value));
  }

  /** The bytes of a field: the buffer's own memory, not a copy. */
  bytes(name: keyof T & string): Uint8Array {
    const { field, slot } = this.#type.field(name);
    const source = this.#source;
    return guardReads(source.view, () => fieldBytes(source, field, this.#pos + slot));
  }

  /** All fields, in order. */
  fields(): FieldDef[] {
    return [...this.def.fields];
  }

  /** `[name, value]` of all fields, in order. */
  *[Symbol.iterator](): IterableIterator<[string, unknown]> {
    for (const { name } of this.def.fields) yield [name, this.get(name as keyof T & string)];
  }
}
