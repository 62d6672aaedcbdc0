import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readBase64 } from "../text/base64.js";
import { encodeUtf8 } from "../wire/encode-utf8.js";
import { isFlatbufferError } from "../wire/error.js";
import { clearMemory } from "./copy-bytes.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";
import { storeValue } from "./put-scalar.js";
import { alignForStruct, isList, putStruct } from "./put-struct.js";
import { type Fields, putTable } from "./put-table.js";
import { putString } from "./put-text.js";
import {
  closeInlineVector,
  openInlineVector,
  writeByteVector,
  writeInlineVector,
  writeRefVector,
} from "./write-vector.js";

/** Writes a vector of anything but unions, from an array or a typed array. Returns its reference. */
export function putVector(state: ObjectState, number: number, kind: number, value: unknown, owner: Fields): number {
  const { writer, program } = state;
  const address = number * P.FIELD_WORDS;
  if (kind === Kind.ScalarVector) return putScalars(state, number, value, owner);
  if (!isList(value)) throw notList(state, value);
  const child = program.fields[address + P.FIELD_CHILD]!;
  if (kind === Kind.StructVector) return putStructs(state, address, child, value);
  const base = writer.refTop;
  if (kind === Kind.TableVector) {
    forEach(state, value, (item) => writer.pushRef(putTable(state, child, item)));
    return writeRefVector(writer, address, base, child);
  }
  forEach(state, value, (item) => writer.pushRef(putString(state, item, false)));
  return writeRefVector(writer, address, base, -1);
}

/** Typed arrays by the kind of the elements that they hold as FlatBuffers does, on machines that are little-endian. */
const SAME_BYTES: readonly (string | undefined)[] = [
  undefined,
  "Uint8Array",
  undefined,
  "Int8Array",
  "Uint8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
];
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function putScalars(state: ObjectState, number: number, value: unknown, owner: Fields): number {
  const { writer, program, path } = state;
  const { scratch } = writer;
  const address = number * P.FIELD_WORDS;
  const element = program.fields[address + P.FIELD_ELEMENT]!;
  const stride = program.fields[address + P.FIELD_STRIDE]!;
  const base = scratch.top;
  if (element === Kind.UType) needValues(state, number, owner);
  if (typeof value === "string" && element === Kind.UByte && state.rules.base64) putBase64(state, value);
  else if (!isList(value)) throw notList(state, value);
  else if (ArrayBuffer.isView(value) && isLittleEndian && SAME_BYTES[element] === tagOf.call(value)) {
    const isBytes = value instanceof Uint8Array;
    const bytes = isBytes ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return writeByteVector(writer, address, bytes);
  } else {
    const count = value.length;
    const level = path.length;
    scratch.reserve(count * stride);
    for (let index = 0; index < count; index++) {
      path.set(level, index);
      storeValue(state, address, element, scratch.data, scratch.top, value[index]);
      scratch.top += stride;
    }
    path.length = level;
  }
  return writeInlineVector(writer, address, base);
}

function putBase64(state: ObjectState, text: string): void {
  const { scratch } = state.writer;
  const utf8 = encodeUtf8(text);
  scratch.reserve(utf8.length);
  try {
    scratch.top += readBase64(utf8, 0, utf8.length, scratch.bytes, scratch.top);
  } catch (error) {
    throw isFlatbufferError(error) ? failAtPath(state, error.code, error.message) : error;
  }
}

/** Types of a union vector without their values make a buffer that nobody may read. */
function needValues(state: ObjectState, number: number, owner: Fields): void {
  const name = state.names.fields[number + 1]!;
  const values = Object.hasOwn(owner, name) ? owner[name] : undefined;
  if (values !== undefined && values !== null) return;
  throw failAtPath(state, "union-types-without-values", `the types need the values beside them, as ${name}`);
}

/** Writes a vector of structs, each put where it will stay. */
function putStructs(state: ObjectState, address: number, child: number, list: ArrayLike<unknown>): number {
  const { program, writer, path } = state;
  const { builder } = writer;
  const level = path.length;
  const count = list.length;
  const size = program.objectSize[child]!;
  if (count > 0) alignForStruct(state, child);
  const start = openInlineVector(writer, address, count);
  clearMemory(builder, start, start + count * size);
  const { data } = builder;
  for (let index = 0; index < count; index++) {
    path.set(level, index);
    putStruct(state, child, data, start + index * size, list[index]);
  }
  path.length = level;
  return closeInlineVector(writer, address, count);
}

function forEach(state: ObjectState, list: ArrayLike<unknown>, put: (item: unknown, index: number) => void): void {
  const { path } = state;
  const level = path.length;
  const count = list.length;
  for (let index = 0; index < count; index++) {
    path.set(level, index);
    put(list[index], index);
  }
  path.length = level;
}

function notList(state: ObjectState, value: unknown): Error {
  const hint = typeof value === "string" ? " (bytes: 'base64' takes [ubyte] as text)" : "";
  return failAtPath(state, "wrong-type", `expected an array, got ${describeValue(value)}${hint}`);
}

/** The name of a typed array's type, whatever class it is extended by. */
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!.get!;
