import { type BaseType, scalarInfo } from "../model/base-type.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { ScalarValue } from "../program/read-scalar.js";
import { encodeUtf8 } from "../wire/encode-utf8.js";
import { FlatbufferError, type FlatbufferErrorCode } from "../wire/error.js";
import { fieldName } from "./field-def.js";
import { stringLength } from "./follow.js";
import { writeScalar } from "./scalar.js";
import type { Source } from "./source.js";

/**
 * Writes `value` over the scalar or string at `pos`, in place. Everything is checked before the first byte changes.
 *
 * @param kind Kind of the value: of the field, or of its elements.
 * @param field Field that holds the value: for its enum, and to name it in errors.
 * @param pos Where the scalar or the string itself is; 0 when it is not stored, which makes the answer false.
 */
export function setValue(source: Source, kind: number, field: number, pos: number, value: unknown): boolean {
  const { program } = source;
  if (kind === Kind.String) return setString(source, field, pos, value);
  if (kind === Kind.UType) {
    throw fault(
      program,
      field,
      "wrong-type",
      "is the type of a union; changing it alone would change what its value means",
    );
  }
  if (kind > Kind.LAST_SCALAR) {
    throw fault(program, field, "wrong-type", "is no scalar or string; set what is inside, or use edit()");
  }
  const scalar = toScalar(program, kind, field, value);
  if (pos === 0) return false;
  writeScalar(source.data, kind, pos, scalar);
  return true;
}

function setString(source: Source, field: number, pos: number, value: unknown): boolean {
  if (typeof value !== "string")
    throw fault(source.program, field, "wrong-type", `takes a string, got ${shown(value)}`);
  const bytes = encodeUtf8(value);
  if (pos === 0) return false;
  const length = stringLength(source, pos);
  if (bytes.length !== length) {
    const message = `holds ${length} bytes, the new text has ${bytes.length}; in place both must be equal, edit() can change it`;
    throw fault(source.program, field, "wrong-length", message);
  }
  source.view.bytes.set(bytes, pos + 4);
  return true;
}

/** The value as it is stored. Throws `wrong-type`, `number-out-of-range` or `unknown-enum-value`. */
function toScalar(program: P.Program, kind: number, field: number, value: unknown): ScalarValue {
  if (kind === Kind.Bool) {
    if (typeof value === "boolean") return value;
    throw fault(program, field, "wrong-type", `takes true or false, got ${shown(value)}`);
  }
  if (kind === Kind.Float || kind === Kind.Double) return toFloat(program, kind, field, value);
  const integer = typeof value === "string" ? enumValue(program, field, value) : value;
  if (typeof integer !== "bigint" && !Number.isInteger(integer)) {
    throw fault(program, field, "wrong-type", `takes an integer, got ${shown(value)}`);
  }
  const { min, max, size, name } = scalarInfo(kind as BaseType)!;
  const exact = integer as number | bigint;
  if (exact < min || exact > max) {
    throw fault(program, field, "number-out-of-range", `is a ${name}, from ${min} to ${max}, got ${shown(value)}`);
  }
  return size === 8 ? BigInt(exact) : Number(exact);
}

function toFloat(program: P.Program, kind: number, field: number, value: unknown): number {
  if (typeof value !== "number") throw fault(program, field, "wrong-type", `takes a number, got ${shown(value)}`);
  if (kind === Kind.Float && Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
    throw fault(program, field, "number-out-of-range", `is a float, which can't hold ${value}`);
  }
  return value;
}

/** The number of an enum's name, or of several names of bit_flags. */
function enumValue(program: P.Program, field: number, text: string): bigint {
  const enumDef = program.schema.enumList[program.fields[field + P.FIELD_ENUM]!];
  if (enumDef === undefined) throw fault(program, field, "wrong-type", `takes an integer, got ${shown(text)}`);
  const names = enumDef.isBitFlags ? text.split(" ") : [text];
  let sum = 0n;
  for (const name of names) {
    const found = enumDef.values.find((value) => value.name === name);
    if (found === undefined) {
      throw fault(program, field, "unknown-enum-value", `takes a name of ${enumDef.name}, which has no ${shown(name)}`);
    }
    sum |= found.value;
  }
  return sum;
}

function fault(program: P.Program, field: number, code: FlatbufferErrorCode, why: string): FlatbufferError {
  return new FlatbufferError(code, `${fieldName(program, field)} ${why}`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
