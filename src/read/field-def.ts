import type { FieldDef } from "../model/schema.js";
import * as P from "../program/program.js";

/** The field whose record is at this address. */
export function fieldDef(program: P.Program, field: number): FieldDef {
  const object = program.fields[field + P.FIELD_OBJECT]!;
  return program.schema.objectList[object]!.fields[(field - program.objectFields[object]!) / P.FIELD_WORDS]!;
}

/** Its name with that of its table or struct, for messages. */
export function fieldName(program: P.Program, field: number): string {
  const object = program.schema.objectList[program.fields[field + P.FIELD_OBJECT]!]!;
  return `${object.name}.${fieldDef(program, field).name}`;
}
