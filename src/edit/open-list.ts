import * as Kind from "../program/kind.js";
import { firstElement, vectorLength } from "../read/follow.js";
import { areSorted } from "../verify/lint-keys.js";
import { type EditState, indexIn, newIndexIn, wrongPart } from "./edit-state.js";
import { type Container, Given, type Node, type Slot, Stored } from "./node.js";
import { openNode } from "./open-node.js";

/** A vector of strings or tables that a path went into. */
export class OpenList implements Container {
  readonly slot: Slot;
  readonly items: Node[];
  /** Whether it was in order of its key, if it has one: then it will be again. */
  readonly isSorted: boolean;
  readonly #edit: EditState;

  constructor(edit: EditState, slot: Slot, items: Node[], isSorted: boolean) {
    this.#edit = edit;
    this.slot = slot;
    this.items = items;
    this.isSorted = isSorted;
  }

  /** What each element is. */
  get itemSlot(): Slot {
    const kind = this.slot.kind === Kind.TableVector ? Kind.Table : Kind.String;
    return { kind, object: this.slot.object, address: this.slot.address };
  }

  enter(part: string | number): Container {
    const index = indexIn(this.#edit, part, this.items.length);
    const open = openNode(this.#edit, this.items[index]!, this.itemSlot);
    this.items[index] = open;
    return open;
  }

  set(part: string | number, value: unknown, type: unknown): void {
    const index = indexIn(this.#edit, part, this.items.length);
    refuseType(this.#edit, type);
    this.items[index] = new Given(value, true);
  }

  remove(part: string | number): void {
    this.items.splice(indexIn(this.#edit, part, this.items.length), 1);
  }

  insert(part: string | number | undefined, value: unknown, type: unknown): void {
    const index = newIndexIn(this.#edit, part, this.items.length);
    refuseType(this.#edit, type);
    this.items.splice(index, 0, new Given(value, true));
  }
}

/** Opens a stored vector of strings or tables. */
export function openList(edit: EditState, { source, pos }: Stored, slot: Slot): OpenList {
  const length = vectorLength(source, slot.address, pos);
  const start = firstElement(edit.program, slot.address, pos);
  const items: Stored[] = [];
  for (let place = start; place < start + 4 * length; place += 4) {
    items.push(new Stored(source, place + source.data.getUint32(place, true)));
  }
  const isSorted =
    slot.kind !== Kind.TableVector ||
    areSorted(edit.program, source.view, slot.object, length, (index) => items[index]!.pos);
  return new OpenList(edit, slot, items, isSorted);
}

/** Only unions have a type that can be chosen. */
export function refuseType(edit: EditState, type: unknown): void {
  if (type === undefined) return;
  throw wrongPart(edit, undefined, "type says which member of a union is set; this is no union");
}
