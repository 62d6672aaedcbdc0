import { ObjectState } from "../build/object-state.js";
import type { Writer } from "../build/writer.js";
import type { Issue } from "../wire/error.js";
import { limitError } from "../wire/limits.js";
import { CopyMemo } from "./copy-memo.js";
import type { EditState } from "./edit-state.js";
import type { Node } from "./node.js";

/** References of a vector of unions: its types and its values. */
export interface UnionRefs {
  readonly types: number;
  readonly values: number;
}

/** What was copied into one buffer; a nested buffer that is open has another one. */
export class Copied {
  readonly pieces: CopyMemo = new CopyMemo();
  readonly unions: Map<string, UnionRefs> = new Map();
  /** Tables that were searched for 64-bit offsets. */
  readonly searched: CopyMemo = new CopyMemo();
  /** Open or given things that 64-bit offsets lead to, written before the rest. */
  readonly early: Map<Node, number> = new Map();
}

/** The state of one `edit` while its result is written. */
export class CopyState {
  readonly edit: EditState;
  /** Values and bytes go in here; its path is where in the result the walk is. */
  readonly state: ObjectState;
  copied: Copied = new Copied();
  readonly lost: Issue[] = [];
  lostCount = 0;

  /** @param writer For the schema of `edit`; what it holds when the copy is made is the result. */
  constructor(edit: EditState, writer: Writer) {
    const { schema } = edit.program;
    this.edit = edit;
    this.state = new ObjectState(schema, edit.rules, writer);
  }
}

/** Throws `output-limit` when the buffer under way has become too large. */
export function checkOutput({ edit, state }: CopyState): void {
  const { maxOutputBytes } = edit.limits;
  if (state.writer.builder.size > maxOutputBytes) throw limitError("maxOutputBytes", maxOutputBytes, {});
}
