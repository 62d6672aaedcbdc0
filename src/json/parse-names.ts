import type { Schema } from "../model/schema.js";
import { derived } from "../program/derived.js";
import { encodeUtf8 } from "../wire/encode-utf8.js";

/** Names by scope and bytes, found without making strings of them. */
export interface NameTable {
  /** All names, one after another, each with a `"` behind it and padded to whole words with zeros. */
  readonly pool: Uint8Array;
  readonly poolData: DataView;
  /** By name: where it starts in the pool. */
  readonly start: Int32Array;
  /** By name: bytes without the quote. */
  readonly length: Int32Array;
  /** By name: what it belongs to (an object, an enum). */
  readonly scope: Int32Array;
  /** By name: 1 when a JSON text may hold it between quotes as it is. */
  readonly isPlain: Uint8Array;
  /** Open addressing: number of a name + 1, or 0. */
  readonly slots: Int32Array;
  readonly seed: number;
}

/** What fromJSON keeps per schema. */
export interface JsonNames {
  /** Fields, numbered as in the program (address / FIELD_WORDS), in the scope of their object. */
  readonly fields: NameTable;
  /** By field: the field that followed it last. A guess, made better by use; never believed unchecked. */
  readonly follower: Int32Array;
  /** By object: the field that came first last time, -1 when it has none. Guessed as well. */
  readonly first: Int32Array;
  /** Enumerators, in the scope of their enum. */
  readonly values: NameTable;
  /** By enumerator: low and high half of its value. */
  readonly valueLow: Int32Array;
  readonly valueHigh: Int32Array;
}

/** The names of a schema. */
export const jsonNames: (schema: Schema) => JsonNames = derived(makeJsonNames);

function makeJsonNames(schema: Schema): JsonNames {
  const fields = schema.objectList.flatMap((object) =>
    object.fields.map((field) => [object.index, field.name] as const),
  );
  const values = schema.enumList.flatMap((enumDef) =>
    enumDef.values.map((value) => [enumDef.index, value.name] as const),
  );
  const bits = schema.enumList.flatMap((enumDef) => enumDef.values.map((value) => value.value));
  return {
    fields: makeTable(fields),
    // The last field of an object is followed by itself: a field of another object must never be guessed.
    follower: Int32Array.from(fields, ([object], number) => (fields[number + 1]?.[0] === object ? number + 1 : number)),
    first: firstFields(schema),
    values: makeTable(values),
    valueLow: Int32Array.from(bits, (value) => Number(BigInt.asIntN(32, value))),
    valueHigh: Int32Array.from(bits, (value) => Number(BigInt.asIntN(32, value >> 32n))),
  };
}

function firstFields(schema: Schema): Int32Array {
  let number = 0;
  return Int32Array.from(schema.objectList, ({ fields }) => {
    const first = fields.length === 0 ? -1 : number;
    number += fields.length;
    return first;
  });
}

/** The number of the name that stands in `bytes[start, end)`, or -1. */
export function findName(table: NameTable, scope: number, bytes: Uint8Array, start: number, end: number): number {
  const mask = table.slots.length - 1;
  let slot = hashName(table.seed, scope, bytes, start, end) & mask;
  for (;;) {
    const number = table.slots[slot]! - 1;
    if (number < 0) return -1;
    if (table.scope[number] === scope && table.length[number] === end - start) {
      const from = table.start[number]!;
      let index = 0;
      while (index < end - start && table.pool[from + index] === bytes[start + index]) index++;
      if (index === end - start) return number;
    }
    slot = (slot + 1) & mask;
  }
}

/**
 * Whether the name of that number, with a quote behind it, stands at `pos`. Reads up to 3 bytes more than that, so
 * the text must have some zeros behind its end. False for names that need escapes.
 */
export function isNameAt(table: NameTable, number: number, data: DataView, pos: number): boolean {
  if (table.isPlain[number] === 0) return false;
  const { poolData } = table;
  const from = table.start[number]!;
  const length = table.length[number]! + 1;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    if (data.getInt32(pos + index, true) !== poolData.getInt32(from + index, true)) return false;
  }
  const difference = data.getInt32(pos + index, true) ^ poolData.getInt32(from + index, true);
  return (difference & TAIL_MASKS[length - index]!) === 0;
}

/** The bytes of a word that belong to a name when 0 to 3 of them do. */
const TAIL_MASKS = [0, 0xff, 0xffff, 0xffffff];

function makeTable(names: readonly (readonly [scope: number, name: string])[]): NameTable {
  const utf8 = names.map(([, name]) => encodeUtf8(name));
  const start = new Int32Array(names.length);
  let size = 0;
  for (const [number, bytes] of utf8.entries()) {
    start[number] = size;
    size += Math.floor(bytes.length / 4) * 4 + 8;
  }
  const pool = new Uint8Array(size);
  for (const [number, bytes] of utf8.entries()) {
    pool.set(bytes, start[number]);
    pool[start[number]! + bytes.length] = 0x22;
  }
  let slotCount = 8;
  while (slotCount < names.length * 2) slotCount *= 2;
  const table: NameTable = {
    pool,
    poolData: new DataView(pool.buffer),
    start,
    length: Int32Array.from(utf8, (bytes) => bytes.length),
    scope: Int32Array.from(names, ([scope]) => scope),
    isPlain: Uint8Array.from(utf8, (bytes) => (bytes.every(isPlainByte) ? 1 : 0)),
    slots: new Int32Array(slotCount),
    // Drawn anew per schema, so that nobody can write a schema whose names all meet in one chain.
    seed: Math.floor(Math.random() * 0x7fffffff),
  };
  for (let number = 0; number < names.length; number++) fill(table, number);
  return table;
}

function fill(table: NameTable, number: number): void {
  const { pool, slots } = table;
  const start = table.start[number]!;
  const end = start + table.length[number]!;
  // Of two equal names in one scope the first one stays; a checked schema has none.
  if (findName(table, table.scope[number]!, pool, start, end) >= 0) return;
  const mask = slots.length - 1;
  let slot = hashName(table.seed, table.scope[number]!, pool, start, end) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = number + 1;
}

function hashName(seed: number, scope: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = seed ^ Math.imul(scope, 0x9e3779b1);
  const multiplier = 0x01000193 ^ (seed & 0x7ffffe);
  for (let pos = start; pos < end; pos++) hash = Math.imul(hash ^ bytes[pos]!, multiplier);
  return hash ^ (hash >>> 15);
}

function isPlainByte(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x22 && byte !== 0x5c;
}
