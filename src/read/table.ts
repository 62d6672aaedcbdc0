import { Kind } from "../program/kind.js";
import * as P from "../program/program.js";
import type { OpenBuffer } from "../verify/open.js";
import { FlatbufferError } from "../wire/error.js";
import { decodeUtf8 } from "../wire/utf8.js";

/** A table read field by field, lazily. */
export class Table {
  readonly #open: OpenBuffer;
  readonly #object: number;
  readonly #pos: number;

  constructor(open: OpenBuffer, object: number, pos: number) {
    this.#open = open;
    this.#object = object;
    this.#pos = pos;
  }

  /** The value of a field; undefined when a string, vector or table is absent. */
  get(name: string): unknown {
    const { program, view } = this.#open;
    const field = program.schema.objectList[this.#object]?.fieldsByName.get(name);
    if (field === undefined) throw new FlatbufferError("unknown-field", `no field ${JSON.stringify(name)}`);
    const address = program.objectFields[this.#object]! + field.id * P.FIELD_WORDS;
    const kind = program.fields[address + P.FIELD_KIND]!;
    const vtable = this.#pos - view.i32(this.#pos);
    const slot = field.offset < view.u16(vtable) ? view.u16(vtable + field.offset) : 0;
    if (kind <= P_LAST_SCALAR) {
      return slot === 0 ? defaultOf(program, address, kind) : readScalar(this.#open, kind, this.#pos + slot);
    }
    if (slot === 0) return undefined;
    const place = this.#pos + slot;
    return this.#read(kind, program.fields[address + P.FIELD_CHILD]!, place + view.u32(place));
  }

  #read(kind: number, child: number, pos: number): unknown {
    const { view } = this.#open;
    if (kind === Kind.String) return readString(this.#open, pos);
    if (kind === Kind.Table) return new Table(this.#open, child, pos);
    const values: unknown[] = [];
    const element = kind === Kind.StringVector ? Kind.String : Kind.Table;
    for (let index = 0, length = view.u32(pos); index < length; index++) {
      const place = pos + 4 + 4 * index;
      values.push(this.#read(element, child, place + view.u32(place)));
    }
    return values;
  }
}

const P_LAST_SCALAR = Kind.Double;

function readString(open: OpenBuffer, pos: number): string {
  const length = open.view.u32(pos);
  open.view.need(pos + 4, length);
  return decodeUtf8(open.view.bytes, pos + 4, pos + 4 + length);
}

function readScalar(open: OpenBuffer, kind: number, pos: number): unknown {
  const { data } = open.view;
  switch (kind) {
    case Kind.Bool:
      return data.getUint8(pos) !== 0;
    case Kind.UType:
    case Kind.UByte:
      return data.getUint8(pos);
    case Kind.Byte:
      return data.getInt8(pos);
    case Kind.Short:
      return data.getInt16(pos, true);
    case Kind.UShort:
      return data.getUint16(pos, true);
    case Kind.Int:
      return data.getInt32(pos, true);
    case Kind.UInt:
      return data.getUint32(pos, true);
    case Kind.Long:
      return data.getBigInt64(pos, true);
    case Kind.ULong:
      return data.getBigUint64(pos, true);
    case Kind.Float:
      return data.getFloat32(pos, true);
    default:
      return data.getFloat64(pos, true);
  }
}

function defaultOf(program: P.Program, address: number, kind: number): unknown {
  const number = address / P.FIELD_WORDS;
  if (kind === Kind.Bool) return program.defaultNumbers[number] !== 0;
  if (kind === Kind.Long) return program.defaultIntegers[number];
  if (kind === Kind.ULong) return BigInt.asUintN(64, program.defaultIntegers[number]!);
  return program.defaultNumbers[number];
}
