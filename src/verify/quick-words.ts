import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { KnownVtables } from "./known-vtables.js";
import * as Op from "./quick-op.js";

/*
 * What the quick walk wants to know of a field, packed into two words: most fields are done with after looking at the
 * first. By field number, QUICK_WORDS each.
 */
export const QUICK_WORDS = 2;

/** The first word: in its lowest bits an `Op`, then two flags, alignment minus 1, and bytes inline (16 bits). */
export const OP_MASK = 15;
/** Set for unions: an absent one must have no type either. */
export const IS_UNION = 16;
export const IS_REQUIRED = 32;
export const ALIGN_SHIFT = 6;
export const ALIGN_MASK = 31;
export const SIZE_SHIFT = 11;

/*
 * The second word: the object or union that the value is of; of flat vectors the bytes of an element, and above them
 * its alignment minus 1; of what is 64 bits wide, nested or FlexBuffers, the field's address in the program.
 */
export const STRIDE_MASK = 0xffff;
export const ELEMENT_ALIGN_SHIFT = 16;

/** The words of a schema. */
export interface QuickWords {
  readonly program: P.Program;
  readonly fields: Int32Array;
  /** By object: where in `fields` its first field is; and where the last object's fields end. */
  readonly first: Int32Array;
  /** By object: where its fields behind the last required one are; 0 when none is required. */
  readonly afterRequired: Int32Array;
  /** What walks so far have learned. */
  readonly vtables: KnownVtables;
}

/** The words of a schema. */
export const quickWords: (schema: Schema) => QuickWords = derived(makeQuickWords);

function makeQuickWords(schema: Schema): QuickWords {
  const program = programOf(schema);
  const count = program.fields.length / P.FIELD_WORDS;
  const fields = new Int32Array(count * QUICK_WORDS);
  for (let number = 0; number < count; number++) {
    const [first, second] = wordsOf(program, number * P.FIELD_WORDS);
    fields[number * QUICK_WORDS] = first;
    fields[number * QUICK_WORDS + 1] = second;
  }
  const place = (address: number): number => (address / P.FIELD_WORDS) * QUICK_WORDS;
  const afterRequired = program.objectRequired.map((required) => {
    const last = required[required.length - 1];
    return last === undefined ? 0 : place(last) + QUICK_WORDS;
  });
  const first = Int32Array.from([...Array.from(program.objectFields, place), fields.length]);
  const vtables = new KnownVtables({ fields, first });
  return { program, fields, first, afterRequired: Int32Array.from(afterRequired), vtables };
}

function wordsOf({ fields }: P.Program, field: number): [number, number] {
  const kind = fields[field + P.FIELD_KIND]!;
  const flags = fields[field + P.FIELD_FLAGS]!;
  const op = opOf(kind, flags);
  const isUnion = kind === Kind.Union || kind === Kind.UnionVector ? IS_UNION : 0;
  const isRequired = (flags & P.FLAG_REQUIRED) !== 0 ? IS_REQUIRED : 0;
  const align = (fields[field + P.FIELD_ALIGN]! - 1) << ALIGN_SHIFT;
  const first = op | isUnion | isRequired | align | (fields[field + P.FIELD_SIZE]! << SIZE_SHIFT);
  if (op === Op.Embedded || op === Op.Wide) return [first, field];
  if (op !== Op.Flat) return [first, fields[field + P.FIELD_CHILD]!];
  const elementAlign = fields[field + P.FIELD_ELEMENT_ALIGN]! - 1;
  return [first, fields[field + P.FIELD_STRIDE]! | (elementAlign << ELEMENT_ALIGN_SHIFT)];
}

function opOf(kind: number, flags: number): number {
  if ((flags & (P.FLAG_OFFSET64 | P.FLAG_LENGTH64)) !== 0) return Op.Wide;
  return OP_OF_KIND[kind] ?? Op.Inline;
}

const OP_OF_KIND: Readonly<Record<number, number>> = {
  [Kind.String]: Op.String,
  [Kind.ScalarVector]: Op.Flat,
  [Kind.StructVector]: Op.Flat,
  [Kind.Table]: Op.Table,
  [Kind.StringVector]: Op.Strings,
  [Kind.TableVector]: Op.Tables,
  [Kind.Union]: Op.Union,
  [Kind.UnionVector]: Op.Unions,
  [Kind.NestedFlatbuffer]: Op.Embedded,
  [Kind.Flexbuffer]: Op.Embedded,
};
