import type { BaseType } from "./base-type.js";

/** The type of a field, an enum's values or a union member. */
export interface FieldType {
  readonly baseType: BaseType;
  /** Type of the elements of a vector or fixed array; `BaseType.None` otherwise. */
  readonly element: BaseType;
  /** Position in `schema.objectList` or `schema.enumList` (unions and enum-typed integers), or -1. */
  readonly index: number;
  /** Elements of a fixed array; 0 otherwise. */
  readonly fixedLength: number;
}

/** Attributes and doc comments, which every named thing of a schema may carry. */
export interface Documented {
  /** Attribute values by name; the value of one without a value is `"0"`, as flatc stores it. */
  readonly attributes: ReadonlyMap<string, string>;
  /** One string per `///` line, the space after the slashes kept. */
  readonly documentation: readonly string[];
}

/** A field of a table or struct. */
export interface FieldDef extends Documented {
  readonly name: string;
  readonly type: FieldType;
  /** Position in the declaration or the `id` attribute; `objectDef.fields[id]` is this field. */
  readonly id: number;
  /** In a table the place in the vtable (4 + 2 x id), in a struct the byte offset. */
  readonly offset: number;
  /** Default of integers, bools and enums; 0n for the rest. Exact, also for uint64. */
  readonly defaultInteger: bigint;
  /** Default of float and double as the schema stores it (a float's is not rounded to float32); 0 for the rest. */
  readonly defaultReal: number;
  /** A default text that is not empty; known only to schemas read from .fbs (a .bfbs can't hold it). */
  readonly defaultString: string | undefined;
  readonly deprecated: boolean;
  readonly required: boolean;
  readonly key: boolean;
  /** A scalar that may be null; for other types: absent by default. */
  readonly optional: boolean;
  /** Padding bytes after a struct's field. */
  readonly padding: number;
  /** The offset to the value is 64 bits wide. */
  readonly offset64: boolean;
}

/** A table or struct. */
export interface ObjectDef extends Documented {
  /** Full name with dots. */
  readonly name: string;
  /** Position in `schema.objectList` (sorted by name). */
  readonly index: number;
  readonly isStruct: boolean;
  /** In order of `id`. */
  readonly fields: readonly FieldDef[];
  readonly fieldsByName: ReadonlyMap<string, FieldDef>;
  /** Alignment of a struct; 1 for tables. */
  readonly minAlign: number;
  /** Bytes of a struct; 0 for tables. */
  readonly byteSize: number;
  /** File that declared it as flatc writes it (`//dir/file.fbs`), or empty. */
  readonly declarationFile: string;
}

/** A name and number of an enum, or a member of a union. */
export interface EnumValDef extends Documented {
  readonly name: string;
  /** Exact, also for uint64 enums. */
  readonly value: bigint;
  /** What the union member is: `Obj` with its index, `String`, or `None`. */
  readonly unionType: FieldType | undefined;
}

/** An enum or union. */
export interface EnumDef extends Documented {
  readonly name: string;
  /** Position in `schema.enumList` (sorted by name). */
  readonly index: number;
  /** Sorted by value. */
  readonly values: readonly EnumValDef[];
  readonly isUnion: boolean;
  /** Whether values are combined bit by bit (`bit_flags`; seen only if the .bfbs was made with --bfbs-builtins). */
  readonly isBitFlags: boolean;
  readonly underlyingType: FieldType;
  readonly declarationFile: string;
}

/** A method of an RPC service. */
export interface RpcCallDef extends Documented {
  readonly name: string;
  readonly request: ObjectDef;
  readonly response: ObjectDef;
}

/** An RPC service. */
export interface ServiceDef extends Documented {
  readonly name: string;
  /** In declaration order. */
  readonly calls: readonly RpcCallDef[];
  readonly declarationFile: string;
}

/** A source file and what it includes, as flatc records them. */
export interface SchemaFileDef {
  readonly fileName: string;
  readonly includedFileNames: readonly string[];
}

/** What a Schema is made of. */
export interface SchemaParts {
  /** Sorted by name; each one's `index` is its place here. */
  readonly objects: readonly ObjectDef[];
  /** Sorted by name; each one's `index` is its place here. */
  readonly enums: readonly EnumDef[];
  readonly services: readonly ServiceDef[];
  readonly rootTable: ObjectDef | undefined;
  readonly fileIdentifier: string;
  readonly fileExtension: string;
  /** Bits of reflection.AdvancedFeatures. */
  readonly advancedFeatures: bigint;
  readonly files: readonly SchemaFileDef[];
  readonly warnings: readonly string[];
  /** Makes the .bfbs when somebody asks for it. */
  readonly bytes: () => Uint8Array;
}

/**
 * A schema: every table, struct, enum, union and service with all that is known about them.
 *
 * Made by `loadSchema` from a .bfbs or by `parseSchema` from schema text; immutable and checked, so that no verb
 * has to check it again.
 */
export class Schema {
  /** Tables and structs by full name, sorted by name. */
  readonly objects: ReadonlyMap<string, ObjectDef>;
  /** Enums and unions by full name, sorted by name. */
  readonly enums: ReadonlyMap<string, EnumDef>;
  /** Services by full name. */
  readonly services: ReadonlyMap<string, ServiceDef>;
  /** What `FieldType.index` of an object type counts in. */
  readonly objectList: readonly ObjectDef[];
  /** What `FieldType.index` of an enum or union type counts in. */
  readonly enumList: readonly EnumDef[];
  readonly rootTable: ObjectDef | undefined;
  /** Four characters, or empty. */
  readonly fileIdentifier: string;
  readonly fileExtension: string;
  /** Bits of reflection.AdvancedFeatures. */
  readonly advancedFeatures: bigint;
  readonly files: readonly SchemaFileDef[];
  /** What is legal but probably not meant, in words for people. */
  readonly warnings: readonly string[];
  readonly #makeBytes: () => Uint8Array;
  #bytes: Uint8Array | undefined;
  /** What the library derived from it; see program/derived.ts. */
  readonly #derived: unknown[] = [];

  constructor(parts: SchemaParts) {
    this.objectList = Object.freeze([...parts.objects]);
    this.enumList = Object.freeze([...parts.enums]);
    this.objects = byName(parts.objects);
    this.enums = byName(parts.enums);
    this.services = byName(parts.services);
    this.rootTable = parts.rootTable;
    this.fileIdentifier = parts.fileIdentifier;
    this.fileExtension = parts.fileExtension;
    this.advancedFeatures = parts.advancedFeatures;
    this.files = Object.freeze([...parts.files]);
    this.warnings = Object.freeze([...parts.warnings]);
    this.#makeBytes = parts.bytes;
    Object.freeze(this);
  }

  /** @internal What the library keeps with a schema; undefined when another copy of it made the schema. */
  static derived(schema: Schema): unknown[] | undefined {
    return #derived in schema ? schema.#derived : undefined;
  }

  /** The schema as a .bfbs: the reflection model in FlatBuffers' own format. Treat the bytes as read-only. */
  get bytes(): Uint8Array {
    this.#bytes ??= this.#makeBytes();
    return this.#bytes;
  }

  /** The table or struct of that full name, or undefined. */
  object(name: string): ObjectDef | undefined {
    return this.objects.get(name);
  }

  /** The enum or union of that full name, or undefined. */
  enum(name: string): EnumDef | undefined {
    return this.enums.get(name);
  }
}

function byName<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((item) => [item.name, item]));
}
