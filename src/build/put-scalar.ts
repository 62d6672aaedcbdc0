import { type BaseType, baseTypeName, scalarInfo } from "../model/base-type.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { hashBytes } from "../text/hash.js";
import { encodeUtf8 } from "../wire/encode-utf8.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";

/** The integer of up to 32 bits that a value stands for. */
export function toInt(state: ObjectState, address: number, kind: number, value: unknown): number {
  if (typeof value === "number" && isInt(kind, value)) return value;
  if (kind === Kind.Bool && typeof value === "boolean") return value ? 1 : 0;
  return Number(toInteger(state, address, kind, value));
}

/** The 64-bit integer that a value stands for, as a bigint or a safe integer. */
export function toLong(state: ObjectState, address: number, kind: number, value: unknown): number | bigint {
  if (typeof value === "bigint") {
    const { min, max } = scalarInfo(kind as BaseType)!;
    if (value >= min && value <= max) return value;
  } else if (Number.isSafeInteger(value) && (kind === Kind.Long || (value as number) >= 0)) return value as number;
  return toInteger(state, address, kind, value);
}

/** The floating-point number that a value is. */
export function toReal(state: ObjectState, kind: number, value: unknown): number {
  // A NaN may carry a sign, which means nothing.
  if (typeof value === "number") return Number.isNaN(value) ? Number.NaN : value;
  if (typeof value === "bigint") return Number(value);
  throw failAtPath(state, "wrong-type", `expected a number for ${typeName(kind)}, got ${describeValue(value)}`);
}

/** Stores a scalar of `kind` at `pos`. */
export function storeValue(
  state: ObjectState,
  address: number,
  kind: number,
  data: DataView,
  pos: number,
  value: unknown,
): void {
  if (storeOwnKind(data, kind, pos, value)) return;
  if (kind === Kind.Float) data.setFloat32(pos, toReal(state, kind, value), true);
  else if (kind === Kind.Double) data.setFloat64(pos, toReal(state, kind, value), true);
  else if (kind === Kind.Long || kind === Kind.ULong)
    data.setBigInt64(pos, BigInt(toLong(state, address, kind, value)), true);
  else storeOwnKind(data, kind, pos, toInt(state, address, kind, value));
}

/**
 * Stores a scalar at `pos` if it is a value as `toObject` gives it for its kind; false for every other one, which
 * `storeValue` takes or refuses, and for what is no scalar. NaN is left to `storeValue` too: to make it one without a
 * sign here would cost all floats a fifth more (bench, `--only objects --input structs`).
 */
export function storeOwnKind(data: DataView, kind: number, pos: number, value: unknown): boolean {
  if (typeof value === "number") {
    if (kind === Kind.Float || kind === Kind.Double) {
      if (Number.isNaN(value)) return false;
      if (kind === Kind.Float) data.setFloat32(pos, value, true);
      else data.setFloat64(pos, value, true);
    } else {
      if (!isInt(kind, value)) return false;
      if (kind >= Kind.Int) data.setInt32(pos, value, true);
      else if (kind >= Kind.Short) data.setInt16(pos, value, true);
      else data.setInt8(pos, value);
    }
    return true;
  }
  if (typeof value === "bigint") {
    if (kind === Kind.ULong) {
      if (BigInt.asUintN(64, value) !== value) return false;
    } else if (kind !== Kind.Long || BigInt.asIntN(64, value) !== value) return false;
    data.setBigInt64(pos, value, true);
    return true;
  }
  return false;
}

/** Whether a kind is one of integers up to 32 bits and has this one. */
function isInt(kind: number, value: number): boolean {
  return value >= LEAST[kind]! && value <= GREATEST[kind]! && Math.floor(value) === value;
}

/** Range of the integers up to 32 bits, by kind; of all other kinds none. */
const LEAST: Float64Array = new Float64Array(Kind.Flexbuffer + 1).fill(1);
const GREATEST: Float64Array = new Float64Array(Kind.Flexbuffer + 1);
for (let kind: number = Kind.UType; kind <= Kind.UInt; kind++) {
  const { min, max } = scalarInfo(kind as BaseType)!;
  LEAST[kind] = Number(min);
  GREATEST[kind] = Number(max);
}

/** Every other way to give an integer: names of enumerators, text to hash; and what is wrong with the rest. */
function toInteger(state: ObjectState, address: number, kind: number, value: unknown): number | bigint {
  if (typeof value === "string") {
    const meant = textValue(state, address, kind, value);
    if (meant !== undefined) return meant;
  }
  const isInteger = typeof value === "bigint" || Number.isInteger(value);
  if (!isInteger) {
    const isNumber = typeof value === "number";
    const reason = isNumber
      ? `${value} is no integer`
      : `expected ${wanted(state, address, kind)}, got ${describeValue(value)}`;
    throw failAtPath(state, isNumber ? "invalid-value" : "wrong-type", reason);
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw failAtPath(state, "number-out-of-range", `${value} may not be exact; give it as a bigint`);
  }
  const { min, max } = scalarInfo(kind as BaseType)!;
  const exact = BigInt(value as number | bigint);
  if (exact >= min && exact <= max) return exact;
  throw failAtPath(state, "number-out-of-range", `${exact} does not fit ${typeName(kind)} (${min} to ${max})`);
}

/** The integer that text stands for in a field of an enum or one that is hashed; undefined in all others. */
function textValue(state: ObjectState, address: number, kind: number, text: string): number | bigint | undefined {
  const hash = state.writer.plan.hash[address / P.FIELD_WORDS];
  if (hash !== undefined) {
    const utf8 = encodeUtf8(text);
    return fitted(kind, hashBytes(hash, utf8, 0, utf8.length));
  }
  const enumIndex = state.program.fields[address + P.FIELD_ENUM]!;
  if (enumIndex < 0) return undefined;
  return state.names.values[enumIndex]!.get(text) ?? flagsValue(state, enumIndex, kind, text);
}

/** The value of several names with one space between them. Throws `unknown-enum-value`. */
function flagsValue(state: ObjectState, enumIndex: number, kind: number, text: string): bigint {
  const names = state.names.values[enumIndex]!;
  let bits = 0n;
  for (const name of text.split(" ")) {
    const value = names.get(name);
    if (value === undefined) {
      const enumDef = state.schema.enumList[enumIndex]!;
      const known = enumDef.values.slice(0, 6).map((item) => item.name);
      const list = known.join(", ") + (enumDef.values.length > known.length ? ", ..." : "");
      const reason = `${JSON.stringify(name)} is not in ${enumDef.name}, which has ${list}`;
      throw failAtPath(state, "unknown-enum-value", reason);
    }
    bits |= BigInt(value);
  }
  return fitted(kind, bits);
}

/** The lowest bits of an integer, as many as the kind has. */
function fitted(kind: number, bits: bigint): bigint {
  const { size, isSigned } = scalarInfo(kind as BaseType)!;
  return isSigned ? BigInt.asIntN(size * 8, bits) : BigInt.asUintN(size * 8, bits);
}

function wanted(state: ObjectState, address: number, kind: number): string {
  if (kind === Kind.Bool) return "true or false";
  const enumIndex = state.program.fields[address + P.FIELD_ENUM]!;
  if (enumIndex >= 0) return `a number or a name of ${state.schema.enumList[enumIndex]!.name}`;
  const isLong = kind === Kind.Long || kind === Kind.ULong;
  return `${isLong ? "a bigint or a number" : "a number"} for ${typeName(kind)}`;
}

function typeName(kind: number): string {
  return baseTypeName(kind as BaseType);
}
