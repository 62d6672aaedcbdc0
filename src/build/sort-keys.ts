import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { readScalar } from "../program/read-scalar.js";
import type { Writer } from "./writer.js";

/**
 * Orders finished tables, `refs` from `base` up, by their key field, if their object has one. Equal keys keep their
 * order (flatc's own order of those is an accident of its sorting). Already sorted input costs one pass.
 */
export function sortTables(writer: Writer, object: number, base: number): void {
  const address = writer.plan.keyField[object]!;
  if (address < 0) return;
  const { refs } = writer;
  const compare = tableComparer(writer, address);
  const order = sortedOrder(writer.refTop - base, (left, right) => compare(refs[base + left]!, refs[base + right]!));
  if (order === undefined) return;
  const sorted = Uint32Array.from(order, (index) => refs[base + index]!);
  refs.set(sorted, base);
}

/** Orders the `count` structs that were written last by their key field, if they have one. */
export function sortStructs(writer: Writer, object: number, count: number): void {
  const address = writer.plan.keyField[object]!;
  if (address < 0) return;
  const { program, builder } = writer;
  const { data, bytes, head } = builder;
  const size = program.objectSize[object]!;
  const key = head + program.fields[address + P.FIELD_SLOT]!;
  const order = sortedOrder(count, (left, right) =>
    compareField(program, address, data, key + left * size, key + right * size),
  );
  if (order === undefined) return;
  const unsorted = bytes.slice(head, head + count * size);
  order.forEach((from, to) => {
    bytes.set(unsorted.subarray(from * size, (from + 1) * size), head + to * size);
  });
}

/** The order that sorts `count` things, or undefined when they are sorted. */
function sortedOrder(count: number, compare: (left: number, right: number) => number): number[] | undefined {
  let index = 1;
  while (index < count && compare(index - 1, index) <= 0) index++;
  if (index >= count) return undefined;
  return Array.from({ length: count }, (_, at) => at).sort(compare);
}

type CompareRefs = (left: number, right: number) => number;

function tableComparer(writer: Writer, address: number): CompareRefs {
  const { program, builder } = writer;
  const { bytes, data, capacity } = builder;
  const kind = program.fields[address + P.FIELD_KIND]!;
  const slot = program.fields[address + P.FIELD_SLOT]!;
  const valuePos = (ref: number): number => {
    const table = capacity - ref;
    const vtable = table - data.getInt32(table, true);
    const inTable = slot < data.getUint16(vtable, true) ? data.getUint16(vtable + slot, true) : 0;
    return inTable === 0 ? -1 : table + inTable;
  };
  if (kind === Kind.String) {
    const stringPos = (ref: number): number => {
      const pos = valuePos(ref);
      return pos + data.getUint32(pos, true);
    };
    return (left, right) => compareStrings(bytes, data, stringPos(left), stringPos(right));
  }
  // An absent scalar counts as its default; it is laid out beside the buffer to be compared like the rest.
  const fallback = defaultBytes(program, address);
  return (left, right) => {
    const leftPos = valuePos(left);
    const rightPos = valuePos(right);
    if (leftPos >= 0 && rightPos >= 0) return compareField(program, address, data, leftPos, rightPos);
    if (leftPos < 0 && rightPos < 0) return 0;
    const order = compareScalars(
      kind,
      leftPos < 0 ? fallback : data,
      Math.max(leftPos, 0),
      rightPos < 0 ? fallback : data,
      Math.max(rightPos, 0),
    );
    return order;
  };
}

function defaultBytes(program: P.Program, address: number): DataView {
  const data = new DataView(new ArrayBuffer(8));
  const kind = program.fields[address + P.FIELD_KIND]!;
  const number = address / P.FIELD_WORDS;
  if (kind === Kind.Float) data.setFloat32(0, program.defaultNumbers[number]!, true);
  else if (kind === Kind.Double) data.setFloat64(0, program.defaultNumbers[number]!, true);
  else data.setBigInt64(0, program.defaultIntegers[number]!, true);
  return data;
}

/** Byte by byte, unsigned; the shorter of two with a common beginning comes first. */
function compareStrings(bytes: Uint8Array, data: DataView, left: number, right: number): number {
  const leftLength = data.getUint32(left, true);
  const rightLength = data.getUint32(right, true);
  const common = Math.min(leftLength, rightLength);
  for (let index = 4; index < common + 4; index++) {
    const difference = bytes[left + index]! - bytes[right + index]!;
    if (difference !== 0) return difference;
  }
  return leftLength - rightLength;
}

/** Compares two values of one field that lie inline: scalars, and structs and arrays member by member. */
function compareField(program: P.Program, address: number, data: DataView, left: number, right: number): number {
  const { fields } = program;
  const kind = fields[address + P.FIELD_KIND]!;
  if (kind <= Kind.Double) return compareScalars(kind, data, left, data, right);
  const object = fields[address + P.FIELD_CHILD]!;
  if (kind === Kind.Struct) return compareStructs(program, object, data, left, right);
  const stride = fields[address + P.FIELD_STRIDE]!;
  const element = fields[address + P.FIELD_ELEMENT]!;
  const end = stride * fields[address + P.FIELD_LENGTH]!;
  for (let at = 0; at < end; at += stride) {
    const order =
      kind === Kind.ScalarArray
        ? compareScalars(element, data, left + at, data, right + at)
        : compareStructs(program, object, data, left + at, right + at);
    if (order !== 0) return order;
  }
  return 0;
}

function compareStructs(program: P.Program, object: number, data: DataView, left: number, right: number): number {
  const first = program.objectFields[object]!;
  const end = first + program.objectFieldCount[object]! * P.FIELD_WORDS;
  for (let address = first; address < end; address += P.FIELD_WORDS) {
    const slot = program.fields[address + P.FIELD_SLOT]!;
    const order = compareField(program, address, data, left + slot, right + slot);
    if (order !== 0) return order;
  }
  return 0;
}

function compareScalars(type: number, leftData: DataView, left: number, rightData: DataView, right: number): number {
  // Bools as the bytes they are, which may be others than 0 and 1.
  const kind = type === Kind.Bool ? Kind.UByte : type;
  const a = readScalar(leftData, kind, left);
  const b = readScalar(rightData, kind, right);
  if (a < b) return -1;
  if (a > b) return 1;
  // NaN is neither; it goes last, so that the order is one.
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
