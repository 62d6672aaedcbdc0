import type { FieldDef, ObjectDef } from "../model/schema.js";
import type { Table } from "./table.js";
import type { Vector } from "./vector.js";

/** What a view reads when nothing is said of its fields: any name, any value. */
export type AnyFields = Readonly<Record<string, unknown>>;

/** Any `Table` or `Struct`, whatever is known of its fields. */
export interface AnyView {
  readonly def: ObjectDef;
  fields(): FieldDef[];
}

/**
 * What a view gives for a field whose plain value (as `toObject` makes it) is `V`: arrays come as `Vector`, objects as
 * `Table` (a struct as `Struct`, which has the same methods), all else as it is.
 */
export type ViewOf<V> = unknown extends V
  ? unknown
  : V extends Uint8Array
    ? Vector<number>
    : V extends readonly (infer E)[]
      ? Vector<E>
      : V extends object
        ? Table<V>
        : V;

/** Stands in a view for a union member that is newer than the schema: its type is known, nothing else. */
export interface UnknownMember {
  /** The union type as stored. */
  readonly $unknown: number;
}

/** The value at a path of `getPath`, as far as the text of the path can tell. */
export type ValueAtPath<V, Path extends string> = unknown extends V
  ? unknown
  : V extends null | undefined
    ? undefined
    : Path extends ""
      ? V
      : Path extends `[${number}]${infer Rest}`
        ? ValueAtPath<ElementOf<V>, Rest>
        : Path extends `.${infer Rest}`
          ? ValueAtPath<V, Rest>
          : Path extends `${infer Name}[${infer Rest}`
            ? Name extends `${infer First}.${infer Second}`
              ? ValueAtPath<FieldOf<V, First>, `${Second}[${Rest}`>
              : ValueAtPath<FieldOf<V, Name>, `[${Rest}`>
            : Path extends `${infer Name}.${infer Rest}`
              ? ValueAtPath<FieldOf<V, Name>, Rest>
              : FieldOf<V, Path>;

type ElementOf<V> = V extends Uint8Array ? number : V extends readonly (infer E)[] ? E | undefined : unknown;
type FieldOf<V, Name extends string> = Name extends keyof V ? V[Name] : unknown;
