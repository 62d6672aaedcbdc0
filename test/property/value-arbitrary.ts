import fc from "fast-check";
import { BaseType } from "../../src/model/base-type.js";
import { namespaceOf, resolveName } from "../../src/model/resolve-name.js";
import type { EnumDef, FieldDef, FieldType, ObjectDef, Schema } from "../../src/model/schema.js";

/** A plain object as `toObject` makes it. */
export interface Plain {
  [name: string]: unknown;
}

/**
 * Values of the root table of a schema, in the very form in which `toObject` with `defaults: false` gives them: all
 * kinds of fields, integers at the ends of their range, floats that are NaN, infinite, -0 or subnormal, text beyond the
 * basic plane, enum values with and without names. Undefined where a schema has no finite value (a required table in itself).
 */
export function valueArbitrary(schema: Schema, root: ObjectDef): fc.Arbitrary<Plain | undefined> {
  return fc
    .array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 600, size: "max" })
    .map((numbers) => randomValue(schema, root, numbers));
}

/** The value that a list of numbers decides; when it runs out, every decision is the first choice. */
export function randomValue(schema: Schema, root: ObjectDef, numbers: readonly number[]): Plain | undefined {
  let next = 0;
  const values = new RandomValues(schema, (max) => (numbers[next++] ?? 0) % max);
  try {
    return values.table(root, 0);
  } catch (error) {
    if (error === NO_VALUE) return undefined;
    throw error;
  }
}

/** Thrown where a schema demands a value without end. */
export const NO_VALUE: unique symbol = Symbol("no value");

const MAX_DEPTH = 5;
const TEXTS = [
  "",
  "a",
  "Orc",
  "naïve",
  "\u{1f409}\u{10ffff}",
  "\0",
  '"\\\n',
  "__proto__",
  "x".repeat(70),
  "\ufeff\u2028é",
];
const KEYS = ["a", "b", "__proto__", "constructor", "\u{1f409}", "", "then"];
const DOUBLES = [
  ...[
    0,
    -0,
    1,
    -1.5,
    0.1,
    1e300,
    -1e-300,
    5e-324,
    2.2250738585072014e-308,
    Number.MAX_VALUE,
    2 ** 53,
    1e21,
    123456.789,
  ],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
];

/** Makes values of every type, deciding everything by `pick`, which gives a number from 0 up to (not including) its argument. */
export class RandomValues {
  readonly #schema: Schema;
  readonly #pick: (max: number) => number;

  constructor(schema: Schema, pick: (max: number) => number) {
    this.#schema = schema;
    this.#pick = pick;
  }

  /** A table as `toObject` shows it; scalars that happen to have their default are left out, as `fromObject` does. */
  table(object: ObjectDef, depth: number): Plain {
    if (depth > MAX_DEPTH * 2) throw NO_VALUE;
    const made = plain();
    for (const field of object.fields) {
      if (isUnionType(object, field)) continue;
      // A struct that is a key has no default to be sorted by.
      const isNeeded = field.required || (field.key && field.type.baseType === BaseType.Obj);
      if (!isNeeded && this.#pick(3) === 0) continue;
      if (!field.required && depth >= MAX_DEPTH && leadsOn(field)) continue;
      this.field(object, field, made, depth);
    }
    return made;
  }

  /** Gives a table a value for one field, with its type if it's a union. */
  field(object: ObjectDef, field: FieldDef, made: Plain, depth: number): void {
    const { baseType, element, index } = field.type;
    if (baseType === BaseType.Union) {
      const [name, value] = this.#union(this.#schema.enumList[index]!, depth);
      made[`${field.name}_type`] = name;
      made[field.name] = value;
    } else if (isVector(baseType) && element === BaseType.Union) {
      const pairs = this.#list(depth, () => this.#union(this.#schema.enumList[index]!, depth));
      made[`${field.name}_type`] = pairs.map(([name]) => name);
      made[field.name] = pairs.map(([, value]) => value);
    } else {
      const value = this.value(object, field, depth);
      if (!isDefault(this.#schema, field, value)) made[field.name] = value;
    }
  }

  /** A value for a field that is no union. */
  value(object: ObjectDef, field: FieldDef, depth: number): unknown {
    const { type } = field;
    if (!isVector(type.baseType)) return this.#one(type, type.baseType, depth);
    const nested = nestedRoot(this.#schema, object, field);
    if (nested !== undefined) return this.table(nested, depth + 1);
    if (field.attributes.has("flexbuffer") && type.element === BaseType.UByte) return this.#flex(0) ?? "null"; // null says that a field is absent
    return this.#vector(type, depth);
  }

  /** An element for a vector that is none of unions. */
  element(type: FieldType, depth: number): unknown {
    return this.#one(type, type.element, depth);
  }

  /** A member of a union: its name and value. */
  #union(union: EnumDef, depth: number): [name: string, value: unknown] {
    const members = union.values.filter(({ unionType }) => (unionType?.baseType ?? BaseType.None) !== BaseType.None);
    const shallow = members.filter(
      ({ unionType }) => unionType!.baseType === BaseType.String || this.#isStruct(unionType!),
    );
    const from = depth >= MAX_DEPTH && shallow.length > 0 ? shallow : members;
    const member = from[this.#pick(from.length)]!;
    return [member.name, this.#one(member.unionType!, member.unionType!.baseType, depth)];
  }

  #vector(type: FieldType, depth: number): unknown {
    const items = this.#list(depth, () => this.element(type, depth));
    return listOf(type, sortedByKey(this.#schema, type, items));
  }

  #one(type: FieldType, baseType: BaseType, depth: number): unknown {
    if (baseType === BaseType.String) return this.text();
    if (baseType === BaseType.Array) {
      return listOf(
        type,
        Array.from({ length: type.fixedLength }, () => this.#one(type, type.element, depth)),
      );
    }
    if (baseType !== BaseType.Obj) return this.#scalar(type, baseType);
    const object = this.#schema.objectList[type.index]!;
    if (!object.isStruct) return this.table(object, depth + 1);
    const made = plain();
    for (const member of object.fields) made[member.name] = this.#one(member.type, member.type.baseType, depth);
    return made;
  }

  #scalar(type: FieldType, baseType: BaseType): unknown {
    if (baseType === BaseType.Bool) return this.#pick(2) === 1;
    if (baseType === BaseType.Float) return Math.fround(this.#real());
    if (baseType === BaseType.Double) return this.#real();
    const enumDef = type.index >= 0 ? this.#schema.enumList[type.index]! : undefined;
    const value = enumDef !== undefined && this.#pick(4) > 0 ? this.#named(enumDef) : this.#integer(baseType);
    return shown(enumDef, baseType, value);
  }

  #named(enumDef: EnumDef): bigint {
    const { values } = enumDef;
    const one = values[this.#pick(values.length)]!.value;
    return enumDef.isBitFlags && this.#pick(2) === 1 ? one | values[this.#pick(values.length)]!.value : one;
  }

  #integer(baseType: BaseType): bigint {
    const [min, max] = rangeOf(baseType);
    const at = this.#pick(6);
    if (at === 0) return 0n;
    if (at === 1) return min;
    if (at === 2) return max;
    const wide = BigInt(this.#pick(0x10000)) * 0x100010001n * BigInt(1 + this.#pick(0xffff));
    const value = min + (wide % (max - min + 1n));
    return at === 3 ? BigInt(this.#pick(100)) : value;
  }

  #real(): number {
    if (this.#pick(3) > 0) return DOUBLES[this.#pick(DOUBLES.length)]!;
    const bits = new Uint32Array(2);
    bits[0] = this.#pick(0xffff) * 65_537;
    bits[1] = this.#pick(0xffff) * 65_537;
    return new Float64Array(bits.buffer)[0]!;
  }

  /** Some text. */
  text(): string {
    const one = TEXTS[this.#pick(TEXTS.length)]!;
    return this.#pick(3) === 0 ? one + TEXTS[this.#pick(TEXTS.length)]! : one;
  }

  #flex(depth: number): unknown {
    const kind = this.#pick(depth > 2 ? 8 : 10);
    if (kind === 8) return Array.from({ length: this.#pick(4) }, () => this.#flex(depth + 1));
    if (kind === 9) {
      const map = plain();
      for (let at = 0, count = this.#pick(4); at < count; at++)
        map[KEYS[this.#pick(KEYS.length)]!] = this.#flex(depth + 1);
      return map;
    }
    if (kind === 0) return null;
    if (kind === 1) return this.#pick(2) === 1;
    if (kind === 2) return this.#real();
    if (kind === 3) return Uint8Array.from({ length: this.#pick(5) }, () => this.#pick(256));
    if (kind === 4) return [2n ** 64n - 1n, -(2n ** 63n), 2n ** 53n][this.#pick(3)];
    if (kind === 5) return this.#pick(0x10000) - 0x8000;
    return this.text();
  }

  #list<T>(depth: number, make: () => T): T[] {
    const count = depth >= MAX_DEPTH ? 0 : [0, 1, 2, 3, 9][this.#pick(5)]!;
    return Array.from({ length: count }, make);
  }

  #isStruct(type: FieldType): boolean {
    return type.baseType === BaseType.Obj && this.#schema.objectList[type.index]!.isStruct;
  }
}

/** An object without prototype. */
export function plain(): Plain {
  return Object.create(null) as Plain;
}

/** Whether a field holds the type, or types, of a union. */
export function isUnionType(object: ObjectDef, field: FieldDef): boolean {
  const { baseType, element } = field.type;
  const next = object.fields[field.id + 1];
  if (next === undefined || (baseType !== BaseType.UType && element !== BaseType.UType)) return false;
  return next.type.baseType === BaseType.Union || next.type.element === BaseType.Union;
}

/** The root of a nested_flatbuffer field. */
export function nestedRoot(schema: Schema, object: ObjectDef, field: FieldDef): ObjectDef | undefined {
  const name = field.attributes.get("nested_flatbuffer");
  if (name === undefined || !isVector(field.type.baseType)) return undefined;
  return resolveName(schema.objects, namespaceOf(object.name), name);
}

/** A list in toObject's form: bytes are a Uint8Array. */
export function listOf(type: FieldType, items: readonly unknown[]): unknown {
  return type.element === BaseType.UByte && type.index < 0 ? Uint8Array.from(items as number[]) : items;
}

/** The elements in order of their key, if they have one; equal keys stay in their order. */
export function sortedByKey<T>(schema: Schema, type: FieldType, items: readonly T[]): T[] {
  const object = type.element === BaseType.Obj ? schema.objectList[type.index]! : undefined;
  const key = object?.fields.find((field) => field.key);
  if (key === undefined) return [...items];
  const keyed = items.map((item) => ({ item, key: keyOf(schema, key, (item as Plain)[key.name]) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
}

/** Whether a scalar has its field's default, so that it isn't stored. -0 counts as 0. */
export function isDefault(schema: Schema, field: FieldDef, value: unknown): boolean {
  const { baseType, index } = field.type;
  if (baseType > BaseType.Double || field.optional) return false;
  if (baseType === BaseType.Float) return value === Math.fround(field.defaultReal);
  if (baseType === BaseType.Double) return value === field.defaultReal;
  const enumDef = index >= 0 ? schema.enumList[index] : undefined;
  return value === shown(enumDef, baseType, field.defaultInteger);
}

/** An integer as toObject shows it: by name where it has one. */
export function shown(enumDef: EnumDef | undefined, baseType: BaseType, value: bigint): unknown {
  const name = enumDef === undefined ? undefined : nameOf(enumDef, value);
  if (name !== undefined) return name;
  if (baseType === BaseType.Bool) return value !== 0n;
  return baseType === BaseType.Long || baseType === BaseType.ULong ? value : Number(value);
}

function nameOf(enumDef: EnumDef, value: bigint): string | undefined {
  const exact = enumDef.values.find((item) => item.value === value);
  if (exact !== undefined || !enumDef.isBitFlags || value === 0n) return exact?.name;
  const parts = enumDef.values.filter((item) => (value & item.value) === item.value && item.value !== 0n);
  const all = parts.reduce((bits, item) => bits | item.value, 0n);
  return all === value ? parts.map((item) => item.name).join(" ") : undefined;
}

/** A key as it's compared: its numbers one after the other, or the bytes of a text. */
type Key = number | bigint | ArrayLike<number | bigint>;

function keyOf(schema: Schema, key: FieldDef, value: unknown): Key {
  const { baseType, index } = key.type;
  if (baseType === BaseType.Array) return value as ArrayLike<number>;
  if (baseType === BaseType.Obj) {
    return schema.objectList[index]!.fields.map((inner) => (value as Plain)[inner.name] as number);
  }
  if (typeof value === "string" && baseType === BaseType.String) return new TextEncoder().encode(value);
  const isReal = baseType === BaseType.Float || baseType === BaseType.Double;
  if (value === undefined) return isReal ? Math.fround(key.defaultReal) : key.defaultInteger;
  if (typeof value === "string") {
    const { values } = schema.enumList[index]!;
    return value.split(" ").reduce((bits, name) => bits | values.find((item) => item.name === name)!.value, 0n);
  }
  return typeof value === "boolean" ? Number(value) : (value as number | bigint);
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === "object" && typeof b === "object") {
    for (let at = 0; at < Math.min(a.length, b.length); at++) {
      const order = compareKeys(a[at]!, b[at]!);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function isVector(baseType: BaseType): boolean {
  return baseType === BaseType.Vector || baseType === BaseType.Vector64;
}

function leadsOn({ type }: FieldDef): boolean {
  return type.baseType === BaseType.Obj || type.baseType === BaseType.Union || isVector(type.baseType);
}

function rangeOf(baseType: BaseType): readonly [bigint, bigint] {
  const bits = BigInt(8 * SIZES[baseType]!);
  const isSigned = SIGNED.has(baseType);
  return isSigned ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n];
}

const SIZES: readonly number[] = [0, 1, 1, 1, 1, 2, 2, 4, 4, 8, 8];
const SIGNED: ReadonlySet<number> = new Set([BaseType.Byte, BaseType.Short, BaseType.Int, BaseType.Long]);
