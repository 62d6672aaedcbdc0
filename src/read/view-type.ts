import type { ObjectDef, Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import type { ScalarValue } from "../program/read-scalar.js";
import { absentScalar } from "./scalar.js";
import { unknownField } from "./unknown-field.js";

/** What a view needs to read a field, in one object: the words of the field's record that reading takes. */
export interface FieldAccess {
  /** The string that asked for the field last; see `ViewType.field`. */
  asked: string;
  /** Address of the field's record in the program. */
  readonly field: number;
  readonly kind: number;
  /** Place in the vtable, or in the struct. */
  readonly slot: number;
  /** What the field reads as when it is not stored. */
  readonly absent: ScalarValue | null | undefined;
  /** Place in the vtable of a union's type, or of the types of a vector of unions; 0 for other kinds. */
  readonly typeSlot: number;
}

/** A power of two: how many fields per type are found without asking the Map. */
const SLOTS = 32;

/**
 * What all views on one table or struct of a schema share: its definition and its fields by name. There is one per
 * object, so two views are of the same type if this is the same.
 *
 * Fields are found through a Map, so that no name is special. In front of it a few slots keep the fields last asked
 * for: programs ask with the same literals again and again, and comparing two of those is comparing two pointers
 * (bench, `--only read`, the rows of `get`).
 */
export class ViewType {
  readonly def: ObjectDef;
  readonly isStruct: boolean;
  readonly #fields: ReadonlyMap<string, FieldAccess>;
  readonly #recent: FieldAccess[] = new Array<FieldAccess>(SLOTS).fill(NO_FIELD);

  constructor(def: ObjectDef, fields: ReadonlyMap<string, FieldAccess>) {
    this.def = def;
    this.isStruct = def.isStruct;
    this.#fields = fields;
  }

  /** Whether there is a field with this name. */
  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** How to read the field with this name. Throws `unknown-field`. */
  field(name: string): FieldAccess {
    if (typeof name !== "string" || name === "") throw unknownField(this.def, name);
    const slot = (name.length * 5 + name.charCodeAt(0)) & (SLOTS - 1);
    const recent = this.#recent[slot]!;
    if (recent.asked === name) return recent;
    const found = this.#fields.get(name);
    if (found === undefined) throw unknownField(this.def, name);
    found.asked = name;
    this.#recent[slot] = found;
    return found;
  }
}

/** The view types of a schema, by object. */
export const viewTypes: (schema: Schema) => readonly ViewType[] = derived(makeViewTypes);

/** Fills the empty slots; no field has an empty name. */
const NO_FIELD: FieldAccess = { asked: "", field: -1, kind: 0, slot: 0, absent: undefined, typeSlot: 0 };

function makeViewTypes(schema: Schema): readonly ViewType[] {
  const program = programOf(schema);
  return schema.objectList.map((object) => {
    const first = program.objectFields[object.index]!;
    const fields = object.fields.map(({ name, id }) => makeAccess(program, name, first + id * P.FIELD_WORDS));
    return new ViewType(object, new Map(fields.map((field) => [field.asked, field])));
  });
}

function makeAccess(program: P.Program, name: string, field: number): FieldAccess {
  const kind = program.fields[field + P.FIELD_KIND]!;
  const slot = program.fields[field + P.FIELD_SLOT]!;
  return {
    asked: name,
    field,
    kind,
    slot,
    absent: kind <= Kind.LAST_SCALAR ? absentScalar(program, field) : undefined,
    typeSlot: kind === Kind.Union || kind === Kind.UnionVector ? slot - 2 : 0,
  };
}
