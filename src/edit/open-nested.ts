import * as Kind from "../program/kind.js";
import { firstElement, vectorLength } from "../read/follow.js";
import { sourceOf } from "../read/source.js";
import type { EditState } from "./edit-state.js";
import { keptIdentifier } from "./kept-identifier.js";
import type { Container, Slot, Stored } from "./node.js";
import { type OpenTable, openStoredTable } from "./open-table.js";

/** A nested buffer that a path went into: its root table stands for it. */
export class OpenNested implements Container {
  readonly kind: typeof Kind.NestedFlatbuffer = Kind.NestedFlatbuffer;
  readonly root: OpenTable;
  /** The four bytes that stood behind its root offset, if they meant something. */
  readonly identifier: Uint8Array | undefined;

  constructor(root: OpenTable, identifier: Uint8Array | undefined) {
    this.root = root;
    this.identifier = identifier;
  }

  enter(part: string | number, create: boolean): Container | undefined {
    return this.root.enter(part, create);
  }

  set(part: string | number, value: unknown, type: unknown): void {
    this.root.set(part, value, type);
  }

  remove(part: string | number): void {
    this.root.remove(part);
  }

  insert(part: string | number | undefined): void {
    this.root.insert(part);
  }
}

/** Opens the nested buffer whose bytes are the vector at `stored`. */
export function openNested(edit: EditState, stored: Stored, slot: Slot): OpenNested {
  const { program, limits } = edit;
  const start = firstElement(program, slot.address, stored.pos);
  const view = stored.source.view.window(start, vectorLength(stored.source, slot.address, stored.pos));
  const root = view.u32(0);
  const table = openStoredTable(edit, sourceOf({ program, view, limits }), slot.object, root);
  return new OpenNested(table, keptIdentifier(view, 0, root, ""));
}
