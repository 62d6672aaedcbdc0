import {
  BaseType,
  type FieldType,
  type ReadOptions,
  read,
  type Schema,
  Struct,
  Table,
  toObject,
  Vector,
} from "../../src/index.js";
import { isScalar } from "../../src/model/base-type.js";

/** Steps of one walk: the views of a damaged buffer may lead in circles, and nobody counts for those who walk them. */
const MAX_STEPS = 3_000;
const MAX_DEPTH = 100;

/** A number made of all that `toObject` gives. */
export function objectDigest(schema: Schema, bytes: Uint8Array, options: ReadOptions): number {
  const digest = new Digest();
  digest.plain(toObject(schema, bytes, options));
  return digest.sum;
}

/** A number made of all that the views of a buffer give: every method of every view, as far as the steps go. */
export function viewsDigest(schema: Schema, bytes: Uint8Array, options: ReadOptions): number {
  const walk: Walk = { schema, digest: new Digest(), stepsLeft: MAX_STEPS };
  walkFields(walk, read(schema, bytes, options), 0);
  return walk.digest.sum;
}

interface Walk {
  readonly schema: Schema;
  readonly digest: Digest;
  stepsLeft: number;
}

function walkValue(walk: Walk, value: unknown, depth: number): void {
  if (depth > MAX_DEPTH || --walk.stepsLeft < 0) return;
  if (value instanceof Table || value instanceof Struct) walkFields(walk, value, depth);
  else if (value instanceof Vector) walkElements(walk, value, depth);
  else walk.digest.plain(value);
}

function walkFields(walk: Walk, view: Table | Struct, depth: number): void {
  const { digest, schema } = walk;
  digest.plain(view.fields().length);
  for (const { name, type } of view.def.fields) {
    digest.plain(view.has(name));
    if (hasBytes(schema, type)) digest.plain(view.bytes(name));
    if (type.baseType === BaseType.Union && view instanceof Table) digest.plain(view.unionType(name));
    walkValue(walk, view.get(name), depth + 1);
  }
}

function walkElements(walk: Walk, vector: Vector, depth: number): void {
  const { digest, schema } = walk;
  const { type } = vector.field;
  const key = schema.objectList[type.index]?.fields.find((field) => field.key);
  digest.plain(vector.length);
  if (isScalar(type.element)) digest.plain(Array.from(vector.toArray() as ArrayLike<unknown>));
  if (hasBytes(schema, type)) digest.plain(vector.bytes());
  if (type.element === BaseType.Obj && key?.type.baseType === BaseType.String) vector.lookupByKey("m");
  if (type.element === BaseType.Obj && key !== undefined && isScalar(key.type.baseType)) vector.lookupByKey(7);
  for (let index = 0; index < vector.length && walk.stepsLeft >= 0; index++) {
    if (type.element === BaseType.String) digest.plain(vector.bytesAt(index));
    if (type.element === BaseType.Union) digest.plain(vector.unionType(index));
    walkValue(walk, vector.at(index), depth + 1);
  }
}

/** Whether a field, or the vector that it holds, has bytes of its own: strings, scalars, structs, vectors of those two. */
function hasBytes({ objectList }: Schema, { baseType, element, index }: FieldType): boolean {
  const isInline = (type: BaseType) => isScalar(type) || (type === BaseType.Obj && objectList[index]!.isStruct);
  return baseType === BaseType.String || isInline(element === BaseType.None ? baseType : element);
}

/** A sum of values, in their order, that hardly any two different ones share. */
class Digest {
  sum = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Int32Array(this.#double.buffer);

  plain(value: unknown): void {
    if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#text(value);
    else if (value instanceof Uint8Array) for (const byte of this.#sized(value)) this.#word(byte);
    else if (Array.isArray(value)) for (const element of this.#sized(value)) this.plain(element);
    else if (typeof value === "object" && value !== null) {
      for (const name in value) {
        this.#text(name);
        this.plain((value as Record<string, unknown>)[name]);
      }
    } else this.#text(String(value));
  }

  #sized<T extends { readonly length: number }>(list: T): T {
    this.#word(list.length);
    return list;
  }

  #text(text: string): void {
    this.#word(text.length);
    for (let index = 0; index < text.length; index++) this.#word(text.charCodeAt(index));
  }

  /** The bits of a nan are the engine's business. */
  #number(value: number): void {
    this.#double[0] = Number.isNaN(value) ? 0.123 : value;
    this.#word(this.#halves[0]!);
    this.#word(this.#halves[1]!);
  }

  #word(word: number): void {
    this.sum = Math.imul(this.sum ^ word, 0x01000193) ^ (this.sum >>> 15);
  }
}
