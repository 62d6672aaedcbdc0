import type { Program } from "../program/program.js";
import type { Limits } from "../wire/limits.js";
import type { View } from "../wire/view.js";
import { type ViewType, viewTypes } from "./view-type.js";

/** What all views of one buffer share; a nested buffer has one of its own. */
export interface Source {
  readonly program: Program;
  readonly view: View;
  /** The view's own, one step nearer for hot reads. */
  readonly data: DataView;
  readonly limits: Limits;
  /** By object: the type of views on it. */
  readonly types: readonly ViewType[];
}

/** The source of a buffer behind the gate. */
export function sourceOf({ program, view, limits }: { program: Program; view: View; limits: Limits }): Source {
  return { program, view, data: view.data, limits, types: viewTypes(program.schema) };
}
