import type { Schema } from "../model/schema.js";

/*
 * A field's record in `Program.fields`: FIELD_WORDS words from its address. A field is known everywhere by this
 * address; the fields of an object follow one another by id, so field `id` of an object is at
 * `objectFields[object] + id * FIELD_WORDS`.
 */
export const FIELD_WORDS = 12;
/** What to dispatch on (`Kind`). */
export const FIELD_KIND = 0;
/** Table: the field's place in the vtable (4 + 2 x id). Struct: its byte offset. */
export const FIELD_SLOT = 1;
/** Bytes of the value inline in the table or struct: a scalar's or struct's size, 4 or 8 for an offset. */
export const FIELD_SIZE = 2;
/** Alignment of the value inline. */
export const FIELD_ALIGN = 3;
/** Object of tables, structs, vectors and arrays of them and nested roots; union (enum index) of unions; else -1. */
export const FIELD_CHILD = 4;
/** Base type of the elements of scalar vectors and arrays (`Kind` 1 to 12); 0 otherwise. */
export const FIELD_ELEMENT = 5;
/** Bytes from one element of a vector or array to the next; 0 for other kinds. */
export const FIELD_STRIDE = 6;
/** Alignment of the elements of a vector or array (4 for offsets). */
export const FIELD_ELEMENT_ALIGN = 7;
/** Elements of a fixed array; 0 otherwise. */
export const FIELD_LENGTH = 8;
/** Enum of a scalar or of the elements of a scalar vector or array, or -1. Union types have their union here. */
export const FIELD_ENUM = 9;
/** Sum of the FLAG_ bits below. */
export const FIELD_FLAGS = 10;
/** Object that the field belongs to. */
export const FIELD_OBJECT = 11;

export const FLAG_REQUIRED = 1;
export const FLAG_DEPRECATED = 2;
export const FLAG_KEY = 4;
/** A scalar that is null when absent. */
export const FLAG_OPTIONAL = 8;
/** The offset is 8 bytes wide. */
export const FLAG_OFFSET64 = 16;
/** The vector's length is 8 bytes wide. */
export const FLAG_LENGTH64 = 32;
/** Integer whose enum has bit_flags. */
export const FLAG_BIT_FLAGS = 64;

/**
 * A schema compiled into flat tables: layout and nothing else. Every verb walks the same program; what a verb needs
 * besides is kept through `derived`.
 */
export interface Program {
  readonly schema: Schema;

  /** Field records; see the FIELD_ words. */
  readonly fields: Int32Array;
  /** By field number (address / FIELD_WORDS): default of integers as stored (uint64 as its bits). */
  readonly defaultIntegers: BigInt64Array;
  /** By field number: default as a number: of floats (a float's rounded to float32) and of integers up to 32 bits. */
  readonly defaultNumbers: Float64Array;

  /** By object: address of the record of its field 0. */
  readonly objectFields: Int32Array;
  /** By object: how many fields. */
  readonly objectFieldCount: Int32Array;
  /** By object: bytes of a struct; 0 for a table. */
  readonly objectSize: Int32Array;
  /** By object: alignment of a struct; 4 for a table. */
  readonly objectAlign: Int32Array;
  /** By object: field addresses of its required fields, in order of id. */
  readonly objectRequired: readonly Int32Array[];

  /** By enum: place of its first member in the `member` tables; unions only, else -1. */
  readonly unionFirst: Int32Array;
  /** By enum: how many members (NONE is none). */
  readonly unionCount: Int32Array;
  /** By member: its value (the tag on the wire), ascending within a union. */
  readonly memberValue: Int32Array;
  /** By member: Kind.Table, Kind.Struct or Kind.String. */
  readonly memberKind: Int32Array;
  /** By member: its object, or -1 for a string. */
  readonly memberObject: Int32Array;
}

/** The member of a union that has this tag on the wire, or -1. Looked up by value: positions mean nothing. */
export function unionMember(program: Program, union: number, tag: number): number {
  const { memberValue } = program;
  const first = program.unionFirst[union]!;
  const count = program.unionCount[union]!;
  // Without explicit values the members count from 1, so the first guess is nearly always right.
  const guess = first + tag - 1;
  if (tag > 0 && tag <= count && memberValue[guess] === tag) return guess;
  let low = first;
  let high = first + count - 1;
  while (low <= high) {
    const middle = low + ((high - low) >>> 1);
    const value = memberValue[middle]!;
    if (value === tag) return middle;
    if (value < tag) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Whether the length of the vector in `field` has 64 bits. */
export function hasLongLength(program: Program, field: number): boolean {
  return (program.fields[field + FIELD_FLAGS]! & FLAG_LENGTH64) !== 0;
}

/** How many bytes that length takes; the first element stands right behind it. */
export function lengthSize(program: Program, field: number): 4 | 8 {
  return hasLongLength(program, field) ? 8 : 4;
}
