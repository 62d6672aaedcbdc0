import { FlexBuilder } from "../flexbuffers/builder.js";
import type { Schema } from "../model/schema.js";
import * as P from "../program/program.js";
import { MAX_UOFFSET } from "./back-writer.js";
import { Builder } from "./builder.js";
import { ByteStack } from "./byte-stack.js";
import { copyMemory } from "./copy-bytes.js";
import { FieldStack } from "./field-stack.js";
import { layoutHash, layoutOf, type TableLayout } from "./table-layout.js";
import { type TableLayouts, tableLayouts } from "./table-layouts.js";
import { PLACE_OFFSET, PLACE_OFFSET64, PLACE_STRUCT } from "./write-plan.js";

/**
 * The state of one call that turns values into a buffer: the builder, the fields of the tables under way, and scratch.
 *
 * A table is written in three steps once all of its fields are put: `arrange` orders them, `missingField` looks for
 * required ones, `writeTable` writes and takes them off. Most tables are laid out like one before: then the first two
 * have nothing to do, and the third stores each field where it lay there.
 *
 * References of vectors under way (`refs`) and the bytes of structs and scalar vectors (`scratch`) lie above one
 * another as the fields do.
 */
export class Writer extends FieldStack {
  /** The buffer under way; another one while a nested buffer is built. */
  builder: Builder;
  readonly #outermost: Builder;
  /** Buffers around the nested one under way. */
  readonly #outer: { builder: Builder; forceDefaults: boolean }[] = [];
  /** Builders of nested buffers that are done. */
  readonly #spare: Builder[] = [];
  /** The builder of FlexBuffers values, once there was one. */
  #flex: FlexBuilder | undefined;
  readonly scratch: ByteStack = new ByteStack(256);
  /** References of the elements of vectors under way. */
  refs: Uint32Array = new Uint32Array(32);
  refTop = 0;
  /** One string is spelled out here before it is copied. */
  text: Uint8Array = new Uint8Array(64);
  #layouts: TableLayouts;
  /** Hash and, when it is known, layout of the table that was arranged last. */
  #hash = 0;
  #layout: TableLayout | undefined;

  constructor(schema: Schema, forceDefaults: boolean, initialByteLength: number) {
    super(schema, forceDefaults);
    this.builder = new Builder(initialByteLength);
    this.#outermost = this.builder;
    this.#layouts = tableLayouts(schema);
  }

  /** Bytes of its memory, roughly. */
  override get capacity(): number {
    let sum = super.capacity + this.#outermost.capacity + this.scratch.bytes.length + this.refs.length * 4;
    sum += this.text.length + (this.#flex?.capacity ?? 0);
    for (const { capacity } of this.#spare) sum += capacity;
    return sum;
  }

  /** Begins another buffer in the same memory, wherever the one before came to an end. */
  override reset(schema: Schema, forceDefaults: boolean, initialByteLength = 0): void {
    super.reset(schema, forceDefaults);
    while (this.#outer.length > 0) this.#outer.pop();
    this.builder = this.#outermost;
    this.builder.clear(initialByteLength);
    this.scratch.top = 0;
    this.refTop = 0;
    this.#layouts = tableLayouts(schema);
  }

  /**
   * Begins a nested buffer: what is written from here on belongs to it, up to `endNested`. Its scalars equal to their
   * default are left out whatever the outer buffer does, as in flatc.
   */
  beginNested(): void {
    this.#outer.push({ builder: this.builder, forceDefaults: this.forceDefaults });
    this.builder = this.#spare.pop() ?? new Builder(256);
    this.builder.clear();
    this.forceDefaults = false;
  }

  /** Finishes the nested buffer; gives it with the alignment that its content needs. */
  endNested(root: number, identifier?: Uint8Array): { content: Uint8Array; align: number } {
    const nested = this.builder;
    const content = nested.finish(root, { identifier });
    const { builder, forceDefaults } = this.#outer.pop()!;
    this.#spare.push(nested);
    this.builder = builder;
    this.forceDefaults = forceDefaults;
    return { content, align: nested.minAlign };
  }

  /** Begins a FlexBuffer, which is done before another one begins. */
  beginFlex(): FlexBuilder {
    this.#flex ??= new FlexBuilder();
    this.#flex.clear();
    return this.#flex;
  }

  /** `text`, grown to at least `byteLength` bytes. */
  textRoom(byteLength: number): Uint8Array {
    if (this.text.length < byteLength) this.text = new Uint8Array(Math.max(byteLength, this.text.length * 2));
    return this.text;
  }

  pushRef(ref: number): void {
    if (this.refTop === this.refs.length) {
      const larger = new Uint32Array(this.refs.length * 2);
      larger.set(this.refs);
      this.refs = larger;
    }
    this.refs[this.refTop++] = ref;
  }

  /**
   * Arranges the fields of the innermost table, those from entry `base` up. Returns the first entry that sets a field
   * again, or -1.
   */
  arrange(object: number, base: number): number {
    const { numbers, top } = this;
    const { head, size } = this.builder;
    const phase = head % this.plan.period[object]!;
    this.#hash = layoutHash(object, numbers, base, top, phase);
    // Only `#pushField` tells of offsets that are too long.
    const mayBeKnown = size < MAX_UOFFSET / 2;
    this.#layout = mayBeKnown ? this.#layouts.find(this.#hash, object, numbers, base, top, phase) : undefined;
    return this.#layout === undefined ? this.sortFields(base) : -1;
  }

  /** Address of the first required field of the object that the arranged table lacks, or -1. */
  override missingField(object: number, base: number): number {
    return this.#layout === undefined ? super.missingField(object, base) : -1;
  }

  /** Writes the arranged table and takes its fields off. Returns its reference. */
  writeTable(object: number, base: number): number {
    if (this.#layout !== undefined) return this.#writeAsBefore(this.#layout, base);
    const isWorth = this.#layouts.miss(this.#hash) && super.missingField(object, base) < 0;
    const fields = isWorth ? this.numbers.slice(base, this.top) : undefined;
    const ref = this.#layOut(object, base);
    if (fields === undefined) return ref;
    const layout = layoutOf(this.program, this.plan, object, fields, this.builder, ref);
    if (layout !== undefined) this.#layouts.add(this.#hash, layout);
    return ref;
  }

  #writeAsBefore(layout: TableLayout, base: number): number {
    const { builder, values } = this;
    const { places, offsets } = layout;
    const table = builder.startKnownTable(layout);
    const { data, capacity } = builder;
    for (let index = 0, at = base * 8; index < places.length; index++, at += 8) {
      const pos = table + offsets[index]!;
      switch (places[index]) {
        case 1:
          data.setInt8(pos, values.getInt8(at));
          break;
        case 2:
          data.setInt16(pos, values.getInt16(at, true), true);
          break;
        case 4:
          data.setInt32(pos, values.getInt32(at, true), true);
          break;
        case 8:
          data.setInt32(pos, values.getInt32(at, true), true);
          data.setInt32(pos + 4, values.getInt32(at + 4, true), true);
          break;
        case PLACE_OFFSET:
          data.setInt32(pos, capacity - pos - values.getUint32(at, true), true);
          break;
        case PLACE_STRUCT: {
          const start = values.getUint32(at, true);
          const size = this.program.fields[layout.numbers[index]! * P.FIELD_WORDS + P.FIELD_SIZE]!;
          copyMemory(builder, pos, this.scratch, start, start + size);
        }
      }
    }
    this.top = base;
    return builder.endKnownTable(layout);
  }

  /** Lays the sorted table out and writes it. */
  #layOut(object: number, base: number): number {
    const { builder, plan, numbers, order } = this;
    const count = this.top - base;
    let groups = 0;
    let last = -1;
    for (let index = 0; index < count; index++) {
      const number = numbers[order[index]!]!;
      if (number < 0) continue;
      groups |= plan.group[number]!;
      last = number;
    }
    builder.startTable(last < 0 ? 0 : last - this.program.objectFields[object]! / P.FIELD_WORDS + 1);
    if (plan.originalOrder[object] === 1) {
      for (let index = count - 1; index >= 0; index--) this.#pushField(order[index]!);
    } else {
      // Written from the end, so the group of the largest values comes first and lies last.
      for (let group = 8; group >= 1; group >>>= 1) {
        if ((groups & group) === 0) continue;
        for (let index = count - 1; index >= 0; index--) {
          const entry = order[index]!;
          const number = numbers[entry]!;
          if (number >= 0 && plan.group[number] === group) this.#pushField(entry);
        }
      }
    }
    this.top = base;
    return builder.endTable();
  }

  #pushField(entry: number): void {
    const number = this.numbers[entry]!;
    if (number < 0) return;
    const { builder, program, values } = this;
    const at = entry * 8;
    const address = number * P.FIELD_WORDS;
    switch (this.plan.place[number]) {
      case 1:
        builder.pushInt8(values.getInt8(at));
        break;
      case 2:
        builder.pushInt16(values.getInt16(at, true));
        break;
      case 4:
        builder.pushInt32(values.getInt32(at, true));
        break;
      case 8:
        builder.pushBits64(values.getInt32(at, true), values.getInt32(at + 4, true));
        break;
      case PLACE_OFFSET:
        builder.pushOffset(values.getUint32(at, true));
        break;
      case PLACE_OFFSET64:
        builder.pushOffset64(values.getUint32(at, true));
        break;
      case PLACE_STRUCT: {
        const start = values.getUint32(at, true);
        builder.align(program.fields[address + P.FIELD_ALIGN]!);
        builder.pushMemory(this.scratch, start, start + program.fields[address + P.FIELD_SIZE]!);
        break;
      }
    }
    builder.markField(program.fields[address + P.FIELD_SLOT]!);
  }
}
