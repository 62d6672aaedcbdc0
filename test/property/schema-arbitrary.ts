import fc from "fast-check";
import { parseSchema } from "../../src/fbs/parse-schema.js";
import type { Schema } from "../../src/model/schema.js";

/** What random schemas may hold besides tables, structs, enums, unions, strings and vectors. */
export interface SchemaFeatures {
  /** `offset64` and `vector64`. Default true. */
  readonly wide?: boolean;
  /** `nested_flatbuffer`, `flexbuffer` and `hash`. Default true. */
  readonly embedded?: boolean;
  /** Services, file extension, comments, attributes without effect. Default true. */
  readonly decoration?: boolean;
}

/** A schema and the text it was parsed from. */
export interface RandomSchema {
  readonly text: string;
  readonly schema: Schema;
}

/**
 * Valid schemas with a root table: several namespaces, every scalar, enums of every width, bit_flags, unions with
 * aliases, explicit values, structs and strings, vectors of everything, nested structs and fixed arrays, all kinds of
 * defaults, ids in any order, keys, required and deprecated fields, and names that mean something to JavaScript.
 */
export function schemaArbitrary(features: SchemaFeatures = {}): fc.Arbitrary<RandomSchema> {
  return schemaTextArbitrary(features).map((text) => ({ text, schema: parseSchema(text) }));
}

/** The texts alone, for those who want to parse them some other way. */
export function schemaTextArbitrary(features: SchemaFeatures = {}): fc.Arbitrary<string> {
  const all: Required<SchemaFeatures> = { wide: true, embedded: true, decoration: true, ...features };
  // One list of numbers decides everything; when it runs out, every decision is the first choice. So cutting the list
  // makes the schema simpler, and fast-check finds small counterexamples.
  return fc.array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 800, size: "max" }).map((numbers) => {
    let next = 0;
    return new Writer((max) => (numbers[next++] ?? 0) % max, all).schema();
  });
}

const SCALARS = [
  "bool",
  "byte",
  "ubyte",
  "short",
  "ushort",
  "int",
  "uint",
  "long",
  "ulong",
  "float",
  "double",
] as const;
const INTEGERS = SCALARS.slice(1, 9);
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  byte: [-128n, 127n],
  ubyte: [0n, 255n],
  short: [-32768n, 32767n],
  ushort: [0n, 65535n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  uint: [0n, 2n ** 32n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  ulong: [0n, 2n ** 64n - 1n],
};
/** The highest bit of the unsigned types. */
const LAST_BITS: Readonly<Record<string, bigint>> = { ubyte: 7n, ushort: 15n, uint: 31n, ulong: 63n };
const REALS = [
  "1.5",
  "-0.25",
  "1e3",
  ".5",
  "5.",
  "0x1p3",
  "nan",
  "inf",
  "-inf",
  "1e400",
  "0.1",
  "rad(180)",
  "3",
  "-7.25E-3",
];
const NAMESPACES = ["", "game", "game.part", "other", "_x1"];
/** Names that untrusted schemas may have; each one ends in a number when it is taken. */
const FIELD_NAMES = [
  "hp",
  "name",
  "pos",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "get",
  "length",
  "table",
  "int",
  "null_",
];

interface EnumPlan {
  readonly name: string;
  readonly values: readonly string[];
  readonly hasZero: boolean;
}

/** Writes one schema, deciding everything by `pick`, which gives a number from 0 up to (not including) its argument. */
class Writer {
  readonly #pick: (max: number) => number;
  readonly #features: Required<SchemaFeatures>;
  readonly #lines: string[] = [];
  readonly #enums: EnumPlan[] = [];
  readonly #structs: string[] = [];
  readonly #unions: string[] = [];
  readonly #tables: string[] = [];
  #namespace = "";

  constructor(pick: (max: number) => number, features: Required<SchemaFeatures>) {
    this.#pick = pick;
    this.#features = features;
  }

  schema(): string {
    if (this.#features.decoration) this.#lines.push('attribute "priority";', "attribute note;");
    const tables = 1 + this.#pick(4);
    // Tables may be used before they are declared, by full names.
    for (let at = 0; at < tables; at++) this.#tables.push(this.#qualified(`Table${at}`));
    this.#namespace = "";
    this.#repeat(4, (at) => this.#enum(at));
    this.#repeat(4, (at) => this.#struct(at));
    this.#repeat(3, (at) => this.#union(at));
    for (const name of this.#tables) this.#table(name);
    if (this.#features.decoration) this.#repeat(2, (at) => this.#service(at));
    this.#lines.push(`root_type ${this.#tables[0]};`);
    if (this.#chance(3)) this.#lines.push('file_identifier "TEST";');
    if (this.#features.decoration && this.#chance(4)) this.#lines.push('file_extension "bin";');
    return `${this.#lines.join("\n")}\n`;
  }

  #enum(at: number): void {
    const name = this.#declare(`Enum${at}`);
    const type = this.#from(INTEGERS);
    const isFlags = type.startsWith("u") && this.#chance(3);
    const [min, max] = isFlags ? ([0n, LAST_BITS[type]!] as const) : RANGES[type]!;
    const numbers = new Set<bigint>([this.#chance(5) ? this.#between(min, max) : 0n]);
    this.#repeat(5, () => numbers.add(this.#between(min, max)));
    const values = [...numbers].map((_, index) => `V${index}`);
    const body = [...numbers].map((number, index) => `${this.#doc()}  V${index} = ${number}${this.#note()}`);
    this.#lines.push(`${this.#doc()}enum ${name} : ${type}${isFlags ? " (bit_flags)" : ""} {`, body.join(",\n"), "}");
    this.#enums.push({ name: this.#full(name), values, hasZero: isFlags || numbers.has(0n) });
  }

  #struct(at: number): void {
    const name = this.#declare(`Struct${at}`);
    const enums = this.#enums.filter(({ hasZero }) => hasZero).map((one) => one.name);
    const inner = () => this.#from([...SCALARS, ...SCALARS, ...enums, ...this.#structs]);
    const fields: string[] = [];
    const keyAt = this.#pick(6);
    for (let index = 0; index < 1 + this.#pick(4); index++) {
      const type = this.#chance(4) ? `[${inner()}:${1 + this.#pick(4)}]` : inner();
      const isKey = index === keyAt && (SCALARS as readonly string[]).includes(type);
      fields.push(`${this.#doc()}  ${this.#fieldName(index)}: ${type}${isKey ? " (key)" : ""};`);
    }
    const align = this.#chance(6) ? " (force_align: 32)" : "";
    this.#lines.push(`${this.#doc()}struct ${name}${align} {`, ...fields, "}");
    this.#structs.push(this.#full(name));
  }

  #union(at: number): void {
    const name = this.#declare(`Union${at}`);
    const members: string[] = [];
    let value = 0;
    for (let index = 0; index < 1 + this.#pick(4); index++) {
      const type = this.#from([...this.#tables, ...this.#tables, ...this.#structs, "string"]);
      value += 1 + (this.#chance(4) ? this.#pick(40) : 0);
      members.push(`${this.#doc()}  M${index}: ${type} = ${value}${this.#note()}`);
    }
    this.#lines.push(`${this.#doc()}union ${name} {`, members.join(",\n"), "}");
    this.#unions.push(this.#full(name));
  }

  #table(full: string): void {
    const name = full.slice(full.lastIndexOf(".") + 1);
    this.#enter(full.slice(0, Math.max(0, full.length - name.length - 1)));
    const count = this.#pick(9);
    const keyAt = this.#pick(12);
    const order = this.#chance(4) ? this.#shuffled(count) : undefined;
    const types = Array.from({ length: count }, () => this.#fieldType());
    const ids = order && idsOf(order, types, this.#unions);
    const fields = types.map((type, index) => this.#field(index, type, index === keyAt, ids?.[index]));
    this.#lines.push(`${this.#doc()}table ${name}${this.#chance(8) ? " (original_order)" : ""} {`, ...fields, "}");
  }

  #field(index: number, type: string, isKey: boolean, id: number | undefined): string {
    const isScalar = (SCALARS as readonly string[]).includes(type) || this.#enums.some(({ name }) => name === type);
    const attributes: string[] = [];
    let value = this.#default(type);
    if (isKey && (isScalar || type === "string") && value !== " = null") attributes.push("key");
    else if (!isScalar && this.#chance(5)) attributes.push("required");
    else if (this.#chance(8)) attributes.push("deprecated");
    if (type === "string" && this.#chance(6)) attributes.push("shared");
    if (this.#features.wide && this.#chance(10)) {
      if (type === "string") attributes.push("offset64");
      else if (/^\[(?:int|ubyte|double)\]$/.test(type)) attributes.push(this.#chance(2) ? "offset64" : "vector64");
    }
    if (this.#features.embedded && !attributes.includes("vector64")) {
      if (type === "[ubyte]" && this.#chance(2)) {
        attributes.push(this.#chance(2) ? "flexbuffer" : `nested_flatbuffer: "${this.#from(this.#tables)}"`);
        value = "";
      } else if (/^u?int$/.test(type) && this.#chance(4)) attributes.push('hash: "fnv1a_32"');
    }
    if (/^\[(?:int|ubyte|double)\]$/.test(type) && this.#chance(8)) attributes.push("force_align: 16");
    if (id !== undefined) attributes.push(`id: ${id}`);
    if (this.#features.decoration && this.#chance(8))
      attributes.push(this.#from(["priority: -3", "note", 'note: "a\\tb"']));
    const written = attributes.length > 0 ? ` (${attributes.join(", ")})` : "";
    return `${this.#doc()}  ${this.#fieldName(index)}: ${type}${value}${written};`;
  }

  #fieldType(): string {
    const { name } = this.#enums.length > 0 && this.#chance(2) ? this.#from(this.#enums) : { name: "int" };
    const structs = this.#structs.length > 0 ? [this.#from(this.#structs)] : [];
    const unions = this.#unions.length > 0 ? [this.#from(this.#unions)] : [];
    const one = this.#from([
      this.#from(SCALARS),
      this.#from(SCALARS),
      "string",
      this.#from(this.#tables),
      name,
      ...structs,
      ...unions,
    ]);
    return this.#chance(3) ? `[${this.#chance(5) ? "ubyte" : one}]` : one;
  }

  #default(type: string): string {
    const declared = this.#enums.find(({ name }) => name === type);
    if (declared !== undefined) {
      if (this.#chance(6)) return " = null";
      return declared.hasZero && this.#chance(2) ? "" : ` = ${this.#from(declared.values)}`;
    }
    if (this.#chance(2)) return "";
    if (type === "string") return this.#from([' = ""', ' = "abc"', ' = "q\\"\\u00e9\\n"']);
    if (type.startsWith("[")) return " = []";
    if (type === "bool") return this.#from([" = true", " = false", " = null"]);
    if (type === "float" || type === "double") return this.#chance(6) ? " = null" : ` = ${this.#from(REALS)}`;
    const range = RANGES[type];
    if (range === undefined) return "";
    return this.#chance(6) ? " = null" : ` = ${this.#between(...range)}`;
  }

  #service(at: number): void {
    const name = this.#declare(`Service${at}`);
    const [one, other] = [this.#from(this.#tables), this.#from(this.#tables)];
    this.#lines.push(`rpc_service ${name} {`, `${this.#doc()}  Call(${one}): ${other} (streaming: "both");`, "}");
  }

  #declare(name: string): string {
    this.#enter(this.#from(NAMESPACES));
    return name;
  }

  #enter(namespace: string): void {
    if (namespace === this.#namespace) return;
    this.#namespace = namespace;
    this.#lines.push(namespace === "" ? "namespace;" : `namespace ${namespace};`);
  }

  #qualified(name: string): string {
    this.#namespace = this.#from(NAMESPACES);
    return this.#full(name);
  }

  #full(name: string): string {
    return this.#namespace === "" ? name : `${this.#namespace}.${name}`;
  }

  #fieldName(index: number): string {
    const name = this.#from(FIELD_NAMES);
    // Two fields of one object never have the same number.
    return this.#chance(3) && index === 0 ? name : `${name}${index}`;
  }

  #doc(): string {
    if (!this.#features.decoration || !this.#chance(6)) return "";
    return this.#from(["/// One line.\n", "/// Two\n///lines, é\n", "///\n"]);
  }

  #note(): string {
    return this.#features.decoration && this.#chance(8) ? " (note)" : "";
  }

  /** A number of the range, often one of its ends. */
  #between(min: bigint, max: bigint): bigint {
    const edge = this.#pick(6);
    if (edge === 0) return min;
    if (edge === 1) return max;
    const span = max - min < 1000n ? max - min + 1n : 1000n;
    const middle = min < 0n ? -500n : 0n;
    const start = middle < min ? min : middle;
    return start + BigInt(this.#pick(Number(span)));
  }

  #shuffled(count: number): number[] {
    const order = Array.from({ length: count }, (_, index) => index);
    for (let index = count - 1; index > 0; index--) {
      const other = this.#pick(index + 1);
      [order[index], order[other]] = [order[other]!, order[index]!];
    }
    return order;
  }

  #repeat(max: number, make: (at: number) => void): void {
    for (let at = 0, count = this.#pick(max); at < count; at++) make(at);
  }

  /** True once in `n` times. */
  #chance(n: number): boolean {
    return this.#pick(n) === 1;
  }

  #from<T>(list: readonly T[]): T {
    return list[this.#pick(list.length)]!;
  }
}

/** Ids in the given order of fields; a union takes two and names the second. */
function idsOf(order: readonly number[], types: readonly string[], unions: readonly string[]): number[] {
  const ids: number[] = [];
  let next = 0;
  for (const index of order) {
    if (unions.includes(types[index]!.replace(/[[\]]/g, ""))) next++;
    ids[index] = next++;
  }
  return ids;
}
