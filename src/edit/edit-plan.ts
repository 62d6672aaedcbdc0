import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";

/** What `edit` knows per schema. Fields are counted by field number: address / FIELD_WORDS. */
export interface EditPlan {
  /** By field: 1 where it holds the type, or types, of the union that is the next field. */
  readonly isUnionType: Uint8Array;
  /** By field: a number for the type of its vector; fields with the same number may share one. Above all objects. */
  readonly vectorType: Int32Array;
  /** The number for strings, in the same way. */
  readonly stringType: number;
  /** By object: 1 where the table or anything below it has a 64-bit offset. */
  readonly reachesWide: Uint8Array;
  /** The largest alignment that anything of the schema needs, at least 8. */
  readonly maxAlign: number;
}

/** The edit plan of a schema. */
export const editPlan: (schema: Schema) => EditPlan = derived(makeEditPlan);

function makeEditPlan(schema: Schema): EditPlan {
  const program = programOf(schema);
  const { fields } = program;
  const count = fields.length / P.FIELD_WORDS;
  const isUnionType = new Uint8Array(count);
  const vectorType = new Int32Array(count);
  const types = new Map<string, number>();
  const stringType = schema.objectList.length;
  for (let number = 0; number < count; number++) {
    const address = number * P.FIELD_WORDS;
    isUnionType[number] = holdsUnionType(program, address) ? 1 : 0;
    const key = TYPE_WORDS.map((word) => fields[address + word]).join();
    let type = types.get(key);
    if (type === undefined) {
      type = stringType + 1 + types.size;
      types.set(key, type);
    }
    vectorType[number] = type;
  }
  return { isUnionType, vectorType, stringType, reachesWide: wideObjects(program), maxAlign: largestAlign(program) };
}

/** What makes two vectors the same type. */
const TYPE_WORDS = [P.FIELD_KIND, P.FIELD_CHILD, P.FIELD_ELEMENT, P.FIELD_STRIDE, P.FIELD_FLAGS] as const;

function holdsUnionType(program: P.Program, address: number): boolean {
  const { fields } = program;
  const next = address + P.FIELD_WORDS;
  if (next >= fields.length || fields[next + P.FIELD_OBJECT] !== fields[address + P.FIELD_OBJECT]) return false;
  const kind = fields[address + P.FIELD_KIND]!;
  if (kind === Kind.UType) return fields[next + P.FIELD_KIND] === Kind.Union;
  const isTypes = kind === Kind.ScalarVector && fields[address + P.FIELD_ELEMENT] === Kind.UType;
  return isTypes && fields[next + P.FIELD_KIND] === Kind.UnionVector;
}

function largestAlign(program: P.Program): number {
  let align = 8;
  for (const one of program.objectAlign) if (one > align) align = one;
  return align;
}

/** Objects with wide fields, then those that lead to them, until no more are found. */
function wideObjects(program: P.Program): Uint8Array {
  const { fields } = program;
  const reaches = new Uint8Array(program.objectFields.length);
  const parents = reaches.length === 0 ? [] : parentsOf(program);
  const found: number[] = [];
  const add = (object: number): void => {
    if (reaches[object] === 1) return;
    reaches[object] = 1;
    found.push(object);
  };
  for (let address = 0; address < fields.length; address += P.FIELD_WORDS) {
    if ((fields[address + P.FIELD_FLAGS]! & P.FLAG_OFFSET64) !== 0) add(fields[address + P.FIELD_OBJECT]!);
  }
  for (let object = found.pop(); object !== undefined; object = found.pop()) parents[object]?.forEach(add);
  return reaches;
}

/** By object: the tables that can hold it. */
function parentsOf(program: P.Program): readonly (ReadonlySet<number> | undefined)[] {
  const { fields } = program;
  const parents: Set<number>[] = Array.from(program.objectFields, () => new Set());
  for (let address = 0; address < fields.length; address += P.FIELD_WORDS) {
    const owner = fields[address + P.FIELD_OBJECT]!;
    const child = fields[address + P.FIELD_CHILD]!;
    const kind = fields[address + P.FIELD_KIND]!;
    if (kind === Kind.Table || kind === Kind.TableVector) parents[child]!.add(owner);
    if (kind !== Kind.Union && kind !== Kind.UnionVector) continue;
    const first = program.unionFirst[child]!;
    for (let member = first; member < first + program.unionCount[child]!; member++) {
      parents[program.memberObject[member]!]?.add(owner);
    }
  }
  return parents;
}
