import type { Schema } from "../model/schema.js";
import { programOf } from "../program/compile.js";
import { derived } from "../program/derived.js";
import * as P from "../program/program.js";
import type { Limits } from "../wire/limits.js";
import type { View } from "../wire/view.js";

/** What all views of one buffer share; a nested buffer has one of its own. */
export interface Source {
  readonly program: P.Program;
  readonly view: View;
  /** The view's own, one step nearer for hot reads. */
  readonly data: DataView;
  readonly limits: Limits;
  /** By object: address of each field's record by the field's name. A Map, so that no name is special. */
  readonly names: readonly ReadonlyMap<string, number>[];
}

/** The source of a buffer behind the gate. */
export function sourceOf(buffer: { program: P.Program; view: View; limits: Limits }): Source {
  const { program, view, limits } = buffer;
  return { program, view, data: view.data, limits, names: fieldAddresses(program.schema) };
}

/** By object: address of each field's record by the field's name. */
export function fieldAddresses(schema: Schema): readonly ReadonlyMap<string, number>[] {
  return derived(schema, makeFieldAddresses);
}

function makeFieldAddresses(schema: Schema): readonly ReadonlyMap<string, number>[] {
  const { objectFields } = programOf(schema);
  return schema.objectList.map(
    (object) => new Map(object.fields.map(({ name, id }) => [name, objectFields[object.index]! + id * P.FIELD_WORDS])),
  );
}
