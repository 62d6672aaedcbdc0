import { FlatbufferError } from "../wire/error.js";
import { decodeUtf8 } from "../wire/utf8.js";
import { ByteWriter, contentOf } from "./byte-writer.js";
import * as FlexType from "./flex-type.js";
import { isInline, packType, tupleLengthOf } from "./packed-type.js";
import {
  floatWidth,
  intWidth,
  MAX_INT64,
  MIN_INT64,
  outOfRange,
  type Pending,
  slotWidth,
  toExact,
  uintWidth,
} from "./pending.js";
import { Pool } from "./pool.js";

/** How a vector is written: each element with its type, or all of one type, or 2 to 4 numbers without a length. */
export type FlexVectorKind = "untyped" | "typed" | "tuple";

/**
 * Writes one FlexBuffer from values pushed one after the other, byte for byte as flatc's JSON parser does: equal keys
 * and equal strings are written once, every vector takes the smallest width that holds all its elements.
 *
 * In a map, `key` stands before each value. Throws `duplicate-field` for a key that a map has twice,
 * `number-out-of-range`, `invalid-value` for a key with a NUL, `invalid-utf8` for a lone surrogate,
 * `buffer-too-large`, and `invalid-argument` for calls that don't make one value.
 *
 * @example
 * ```ts
 * const builder = new FlexBuilder();
 * builder.startMap();
 * builder.key("hp");
 * builder.int(80);
 * builder.endMap();
 * const bytes = builder.finish();
 * ```
 */
export class FlexBuilder {
  readonly #out: ByteWriter = new ByteWriter();
  readonly #keys: Pool = new Pool();
  readonly #strings: Pool = new Pool();
  /** Finished values that wait for the container around them; in a map keys and values take turns. */
  readonly #stack: Pending[] = [];
  /** Where in the stack each open container begins; maps as -1 - index. */
  readonly #open: number[] = [];

  /** Bytes of its memory, roughly. */
  get capacity(): number {
    const pending = (this.#stack.length + this.#open.length) * 64;
    return this.#out.bytes.length + this.#keys.capacity + this.#strings.capacity + pending;
  }

  /** Begins another FlexBuffer in the same memory, wherever the one before came to an end. */
  clear(): void {
    this.#out.length = 0;
    this.#keys.clear();
    this.#strings.clear();
    this.#stack.length = 0;
    this.#open.length = 0;
  }

  null(): void {
    this.#push({ type: FlexType.Null, width: 1, value: 0 });
  }

  bool(value: boolean): void {
    this.#push({ type: FlexType.Bool, width: 1, value: value ? 1 : 0 });
  }

  /** A signed integer; from 2^63 up to 2^64 - 1 an unsigned one, which flatc's parser would turn into 0. */
  int(value: number | bigint): void {
    const exact = toExact(value, MIN_INT64);
    if (exact > MAX_INT64) this.uint(exact);
    else this.#push({ type: FlexType.Int, width: intWidth(exact), value: exact });
  }

  uint(value: number | bigint): void {
    const exact = toExact(value, 0n);
    this.#push({ type: FlexType.UInt, width: uintWidth(exact), value: exact });
  }

  /** Stored in 4 bytes where they hold it exactly, else in 8. */
  float(value: number): void {
    this.#push({ type: FlexType.Float, width: floatWidth(value), value });
  }

  /** A number out of line, so that it doesn't widen the vector around it. */
  indirectInt(value: number | bigint): void {
    const exact = toExact(value, MIN_INT64);
    if (exact > MAX_INT64) throw outOfRange(value);
    this.#pushIndirect(FlexType.IndirectInt, intWidth(exact), exact);
  }

  /** As `indirectInt`, unsigned. */
  indirectUint(value: number | bigint): void {
    const exact = toExact(value, 0n);
    this.#pushIndirect(FlexType.IndirectUInt, uintWidth(exact), exact);
  }

  /** As `indirectInt`, floating point. */
  indirectFloat(value: number): void {
    this.#pushIndirect(FlexType.IndirectFloat, floatWidth(value), value);
  }

  /** The key of the next value of the map that is open. */
  key(text: string | Uint8Array): void {
    if (!this.#wantsKey()) throw misuse("key() belongs in a map, before a value");
    this.#stack.push(this.#putKey(text));
  }

  /** A key as a value: text without a length, written once with all other keys. flatc never writes it. */
  keyValue(text: string | Uint8Array): void {
    this.#push(this.#putKey(text));
  }

  string(text: string | Uint8Array): void {
    const out = this.#out;
    const before = out.length;
    const { width, pos: start } = this.#putBytes(contentOf(text));
    const pos = this.#strings.intern(out.bytes, start, out.length);
    if (pos === start) out.byte(0);
    else out.length = before;
    this.#push({ type: FlexType.String, width, value: pos });
  }

  blob(bytes: Uint8Array): void {
    const { width, pos } = this.#putBytes(bytes);
    this.#push({ type: FlexType.Blob, width, value: pos });
  }

  startVector(): void {
    this.#needPlace();
    this.#open.push(this.#stack.length);
  }

  /**
   * Ends what `startVector` began. A `'typed'` vector needs elements of one type: numbers, bools or keys; a `'tuple'`
   * 2 to 4 numbers of one type.
   */
  endVector(kind: FlexVectorKind = "untyped"): void {
    const start = this.#open.pop();
    if (start === undefined || start < 0) throw misuse("endVector() without a startVector()");
    const elements = this.#stack.splice(start);
    this.#push(kind === "untyped" ? this.#putVector(elements, 1) : this.#putTyped(elements, kind));
  }

  startMap(): void {
    this.#needPlace();
    this.#open.push(-1 - this.#stack.length);
  }

  endMap(): void {
    const start = this.#open.pop();
    if (start === undefined || start >= 0) throw misuse("endMap() without a startMap()");
    const parts = this.#stack.splice(-1 - start);
    if (parts.length % 2 !== 0) throw misuse("a map ends with a key that has no value");
    const entries: Entry[] = [];
    for (let index = 0; index < parts.length; index += 2) {
      entries.push({ key: parts[index]!, value: parts[index + 1]! });
    }
    entries.sort((left, right) => this.#compareKeys(left.key, right.key));
    this.#rejectDuplicates(entries);
    const sortedKeys = entries.map(({ key }) => key);
    const values = entries.map(({ value }) => value);
    this.#push(this.#putVector(values, 2, this.#putTyped(sortedKeys, "keys")));
  }

  /** The finished bytes, in memory of their own. Nothing but `clear` may follow. */
  finish(): Uint8Array {
    const root = this.#stack[0];
    if (root === undefined || this.#stack.length !== 1 || this.#open.length > 0) {
      throw misuse("finish() needs exactly one value, and every vector and map ended");
    }
    this.#stack.length = 0;
    const out = this.#out;
    const width = slotWidth(root, out.length, 0);
    out.align(width);
    this.#putSlot(root, width);
    out.byte(packType(root.type, root.width));
    out.byte(width);
    return out.bytes.slice(0, out.length);
  }

  #push(value: Pending): void {
    this.#needPlace();
    this.#stack.push(value);
  }

  #needPlace(): void {
    if (this.#wantsKey()) throw misuse("a value in a map needs a key() before it");
    if (this.#open.length === 0 && this.#stack.length > 0) throw misuse("a FlexBuffer has one root value, not two");
  }

  #wantsKey(): boolean {
    const start = this.#open.at(-1);
    return start !== undefined && start < 0 && (this.#stack.length - (-1 - start)) % 2 === 0;
  }

  #pushIndirect(type: number, width: number, value: number | bigint): void {
    const out = this.#out;
    out.align(width);
    const pos = out.length;
    if (type === FlexType.IndirectFloat) out.float(Number(value), width);
    else out.integer(value, width);
    this.#push({ type, width, value: pos });
  }

  #putKey(text: string | Uint8Array): Pending {
    const out = this.#out;
    const start = out.length;
    out.put(contentOf(text));
    out.byte(0);
    if (out.bytes.indexOf(0, start) !== out.length - 1) {
      throw new FlatbufferError("invalid-value", "a key of a FlexBuffers map can't hold a NUL");
    }
    const pos = this.#keys.intern(out.bytes, start, out.length);
    if (pos !== start) out.length = start;
    return { type: FlexType.Key, width: 1, value: pos };
  }

  /** The length, then the bytes; `pos` is where they are. */
  #putBytes(bytes: Uint8Array | string): { width: number; pos: number } {
    const out = this.#out;
    const width = uintWidth(bytes.length);
    out.align(width);
    out.integer(bytes.length, width);
    const pos = out.length;
    out.put(bytes);
    return { width, pos };
  }

  #putTyped(elements: readonly Pending[], kind: "typed" | "tuple" | "keys"): Pending {
    const elementType = elements[0]?.type ?? FlexType.Key;
    const count = elements.length;
    if (elements.some(({ type }) => type !== elementType)) throw misuse("elements of a typed vector are of one type");
    const isNumber = elementType >= FlexType.Int && elementType <= FlexType.Float;
    if (kind === "tuple") {
      if (!isNumber || count < 2 || count > 4) throw misuse("a tuple has 2 to 4 numbers of one type");
      return this.#putElements(
        elements,
        1,
        FlexType.VectorInt2 + (elementType - FlexType.Int) + 3 * (count - 2),
        undefined,
      );
    }
    if (!isNumber && elementType !== FlexType.Key && elementType !== FlexType.Bool) {
      throw misuse("a typed vector has numbers, bools or keys");
    }
    const type = elementType - FlexType.Int + FlexType.VectorInt;
    return this.#putElements(elements, kind === "keys" ? 2 : 1, type, undefined);
  }

  #putVector(elements: readonly Pending[], step: number, keys?: Pending): Pending {
    const vector = this.#putElements(elements, step, keys === undefined ? FlexType.Vector : FlexType.Map, keys);
    for (const { type, width } of elements) {
      this.#out.byte(packType(type, isInline(type) ? Math.max(width, vector.width) : width));
    }
    return vector;
  }

  /**
   * `step` is how far apart the elements lay on the stack: flatc takes that distance, 2 in a map, as the one they
   * will have in the vector when it looks whether an offset fits, and so do we.
   */
  #putElements(elements: readonly Pending[], step: number, type: number, keys: Pending | undefined): Pending {
    const out = this.#out;
    const count = elements.length;
    let width = uintWidth(count);
    if (keys !== undefined) width = Math.max(width, slotWidth(keys, out.length, 0));
    const prefix = keys === undefined ? 1 : 3;
    for (let index = 0; index < count; index++) {
      width = Math.max(width, slotWidth(elements[index]!, out.length, prefix + index * step));
    }
    out.align(width);
    if (keys !== undefined) {
      this.#putSlot(keys, width);
      out.integer(keys.width, width);
    }
    if (!isTuple(type)) out.integer(count, width);
    const pos = out.length;
    for (const element of elements) this.#putSlot(element, width);
    return { type, width, value: pos };
  }

  #putSlot({ type, value }: Pending, width: number): void {
    const out = this.#out;
    if (!isInline(type)) out.integer(out.length - Number(value), width);
    else if (type === FlexType.Float) out.float(Number(value), width);
    else out.integer(value, width);
  }

  /** Bytes are compared unsigned; a key that ends is less than one that goes on. */
  #compareKeys(left: Pending, right: Pending): number {
    const { bytes } = this.#out;
    let at = Number(left.value);
    let other = Number(right.value);
    if (at === other) return 0;
    while (bytes[at] === bytes[other] && bytes[at] !== 0) {
      at++;
      other++;
    }
    return bytes[at]! - bytes[other]!;
  }

  /** Equal keys are one piece, so that their positions tell. */
  #rejectDuplicates(entries: readonly Entry[]): void {
    for (let index = 1; index < entries.length; index++) {
      const pos = Number(entries[index]!.key.value);
      if (entries[index - 1]!.key.value !== pos) continue;
      const { bytes } = this.#out;
      const name = decodeUtf8(bytes, pos, bytes.indexOf(0, pos), true);
      throw new FlatbufferError("duplicate-field", `a FlexBuffers map has the key ${JSON.stringify(name)} twice`);
    }
  }
}

interface Entry {
  readonly key: Pending;
  readonly value: Pending;
}

function isTuple(type: number): boolean {
  return tupleLengthOf(type) > 0;
}

function misuse(reason: string): FlatbufferError {
  return new FlatbufferError("invalid-argument", `FlexBuilder: ${reason}`);
}
