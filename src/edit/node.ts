import type { Source } from "../read/source.js";
import type { OpenInline } from "./open-inline.js";
import type { OpenList } from "./open-list.js";
import type { OpenNested } from "./open-nested.js";
import type { OpenPlain } from "./open-plain.js";
import type { OpenTable } from "./open-table.js";
import type { OpenUnions } from "./open-unions.js";

/** What stands in a place: in the old bytes, given by a change, or open because a path went inside. */
export type Node = Stored | Given | OpenTable | OpenList | OpenUnions | OpenInline | OpenNested | OpenPlain;

/** What kind of thing a place takes. */
export interface Slot {
  readonly kind: number;
  /** Object of tables and structs, else what FIELD_CHILD has. */
  readonly object: number;
  /** Field that it belongs to, or whose element or member it is; 0 for a root. */
  readonly address: number;
}

/** Something in the old bytes that no change concerns. */
export class Stored {
  readonly source: Source;
  /** Where it is: offsets are followed already. */
  readonly pos: number;
  /** Of a vector of unions: where its types are. */
  readonly typesPos: number;

  constructor(source: Source, pos: number, typesPos = 0) {
    this.source = source;
    this.pos = pos;
    this.typesPos = typesPos;
  }
}

/** A value as `fromObject` takes it. */
export class Given {
  readonly value: unknown;
  /** Whether a change named this very field: then it's stored even if it has its default. */
  readonly isNamed: boolean;
  /** Of a vector of unions: the types. */
  readonly types: unknown;

  constructor(value: unknown, isNamed: boolean, types?: unknown) {
    this.value = value;
    this.isNamed = isNamed;
    this.types = types;
  }
}

/** A union: its type and value, which change together. */
export interface UnionValue {
  /** The tag on the wire; 0 for NONE. */
  readonly tag: number;
  /** Absent for NONE, and where a type stands alone. */
  value: Node | undefined;
  /** Whether the type was changed and the value that belonged to the old one is gone. */
  readonly isStale: boolean;
}

/** What a path can go into. `part` is the next part of the path. */
export interface Container {
  /**
   * What stands at `part`, open; undefined when nothing does.
   *
   * @param create Whether to create it then.
   */
  enter(part: string | number, create: boolean): Container | undefined;
  set(part: string | number, value: unknown, type: unknown): void;
  remove(part: string | number): void;
  /** Adds an element before `part`, at the end when that is undefined. */
  insert(part: string | number | undefined, value: unknown, type: unknown): void;
}
