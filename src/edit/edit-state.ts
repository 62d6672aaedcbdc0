import { failAtPath, ObjectState } from "../build/object-state.js";
import { Writer } from "../build/writer.js";
import type { Program } from "../program/program.js";
import type { OpenBuffer } from "../verify/open.js";
import type { FlatbufferErrorCode } from "../wire/error.js";
import type { Limits } from "../wire/limits.js";
import { type EditPlan, editPlan } from "./edit-plan.js";
import type { EditRules } from "./options.js";

/** The state of one `edit` while its changes are applied. */
export class EditState {
  readonly program: Program;
  readonly plan: EditPlan;
  readonly rules: EditRules;
  readonly limits: Limits;
  /** The old bytes. */
  readonly open: OpenBuffer;
  /** Turns given structs and scalars into bytes; its path is where the change under way has come. */
  readonly encoder: ObjectState;

  constructor(open: OpenBuffer, rules: EditRules) {
    this.open = open;
    this.program = open.program;
    this.plan = editPlan(open.program.schema);
    this.rules = rules;
    this.limits = open.limits;
    this.encoder = new ObjectState(
      open.program.schema,
      rules,
      new Writer(open.program.schema, rules.forceDefaults, 1024),
    );
  }
}

/** The error for the place that the change under way has come to. */
export function failHere(edit: EditState, code: FlatbufferErrorCode, reason: string): Error {
  return failAtPath(edit.encoder, code, reason);
}

/** The index that `part` means in `length` elements: itself, or counted from the end below 0. */
export function indexIn(edit: EditState, part: string | number, length: number): number {
  const index = wholeIndex(edit, part, length);
  if (index < 0 || index >= length) throw noElement(edit, part, length);
  enterPart(edit, index);
  return index;
}

/** The same for the place of a new element, which may be behind the last one. */
export function newIndexIn(edit: EditState, part: string | number | undefined, length: number): number {
  const index = part === undefined ? length : wholeIndex(edit, part, length);
  if (index < 0 || index > length) throw noElement(edit, part ?? length, length);
  enterPart(edit, index);
  return index;
}

/** Notes that the change under way went on to `part`. */
export function enterPart(edit: EditState, part: string | number): void {
  edit.encoder.path.push(part);
}

/** The error for a part that doesn't fit where it was applied. */
export function wrongPart(edit: EditState, part: string | number | undefined, reason: string): Error {
  if (part === undefined) return failHere(edit, "invalid-path", reason);
  return failAtPath(edit.encoder, "invalid-path", reason, part);
}

function wholeIndex(edit: EditState, part: string | number, length: number): number {
  if (typeof part !== "number") throw wrongPart(edit, part, "what has elements takes an index here");
  return part < 0 ? part + length : part;
}

function noElement(edit: EditState, part: string | number, length: number): Error {
  return wrongPart(edit, part, `there is no such element, it has ${length}`);
}
