import { readFileSync } from "node:fs";
import { loadSchema, type ObjectDef, type Schema } from "../../src/index.js";

/** The schema of the hostile buffers. */
export const hostile: Schema = loadSchema(readFileSync("fixtures/hostile/hostile.full.bfbs"));

/** The buffer with one honest field of every kind. */
export const honest: Uint8Array = new Uint8Array(readFileSync("fixtures/hostile/honest.bin"));

/** Writes a buffer word by word: `fb().vtable("Root", 8, { text: 4 }).table("root").to("text").label("text").text("hi")`. */
export function fb(): BufferWords {
  return new BufferWords().to("root").ascii("HOST");
}

/** The same without root offset and identifier. */
export function words(): BufferWords {
  return new BufferWords();
}

class BufferWords {
  readonly #bytes: number[] = [];
  readonly #labels = new Map<string, number>();
  readonly #links: { at: number; label: string; kind: "u32" | "u64" | "soffset" }[] = [];

  /** Position of the next byte. */
  get pos(): number {
    return this.#bytes.length;
  }

  u8(...values: number[]): this {
    for (const value of values) this.#bytes.push(value & 0xff);
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) this.u8(value, value >>> 8);
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.u16(value, value >>> 16);
    return this;
  }

  u64(...values: bigint[]): this {
    for (const value of values) this.u32(Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn));
    return this;
  }

  ascii(text: string): this {
    return this.u8(...Array.from(text, (char) => char.charCodeAt(0)));
  }

  /** A string: length, bytes, zero byte, filled up to a multiple of 4. */
  text(text: string): this {
    const utf8 = new TextEncoder().encode(text);
    return this.u32(utf8.length)
      .u8(...utf8, 0)
      .align(4);
  }

  align(size: number): this {
    while (this.pos % size !== 0) this.u8(0);
    return this;
  }

  /** Names this position. */
  label(name: string): this {
    this.#labels.set(name, this.pos);
    return this;
  }

  /** A uoffset to a label, wherever it is. */
  to(label: string): this {
    this.#links.push({ at: this.pos, label, kind: "u32" });
    return this.u32(0);
  }

  /** A 64-bit offset to a label. */
  farTo(label: string): this {
    this.#links.push({ at: this.pos, label, kind: "u64" });
    return this.u32(0, 0);
  }

  /** A vtable named `vtable` (or `label`) for a table of a type, with the places of its fields; filled up to 4. */
  vtable(type: string, tableSize: number, places: Record<string, number>, label = "vtable"): this {
    const object = objectOf(type);
    const ids = Object.keys(places).map((name) => idOf(object, name));
    const entries = new Array<number>(Math.max(-1, ...ids) + 1).fill(0);
    for (const [name, place] of Object.entries(places)) entries[idOf(object, name)] = place;
    this.label(label).u16(4 + 2 * entries.length, tableSize, ...entries);
    return this.align(4);
  }

  /** The start of a table: names it and writes the offset to its vtable. */
  table(label: string, vtable = "vtable"): this {
    this.label(label);
    this.#links.push({ at: this.pos, label: vtable, kind: "soffset" });
    return this.u32(0);
  }

  /** Where a label is. */
  at(label: string): number {
    const pos = this.#labels.get(label);
    if (pos === undefined) throw new Error(`no label ${label}`);
    return pos;
  }

  build(): Uint8Array {
    const bytes = Uint8Array.from(this.#bytes);
    const data = new DataView(bytes.buffer);
    for (const { at, label, kind } of this.#links) {
      if (kind === "soffset") data.setInt32(at, at - this.at(label), true);
      else if (kind === "u32") data.setUint32(at, this.at(label) - at, true);
      else data.setBigUint64(at, BigInt(this.at(label) - at), true);
    }
    return bytes;
  }
}

export type { BufferWords };

function objectOf(type: string): ObjectDef {
  const object = hostile.object(`Hostile.${type}`);
  if (object === undefined) throw new Error(`no type ${type}`);
  return object;
}

function idOf(object: ObjectDef, name: string): number {
  const field = object.fieldsByName.get(name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field.id;
}
