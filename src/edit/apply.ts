import * as Kind from "../program/kind.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import type { Step } from "./change.js";
import { type EditState, failHere } from "./edit-state.js";
import { type Container, Given, type Node, type Slot } from "./node.js";
import { openNode } from "./open-node.js";

/** Applies one change to what stands in the root's place; gives what stands there afterwards. */
export function applyStep(edit: EditState, root: Node, step: Step, number: number): Node {
  const { path } = edit.encoder;
  path.length = 0;
  try {
    if (step.parts.length === 0) return replaceRoot(edit, step);
    const open = openNode(edit, root, rootSlot(edit));
    applyInside(edit, open, step);
    return open;
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    const { code, offset, limit, cause } = error;
    const message = `changes[${number}] (${step.verb}): ${error.message}`;
    throw new FlatbufferError(code, message, { path: error.path, offset, limit, cause });
  }
}

function applyInside(edit: EditState, root: Container, { verb, parts, value, type, create }: Step): void {
  const last = parts.length - 1;
  let inner: Container | undefined = root;
  for (let at = 0; at < last && inner !== undefined; at++) {
    // What an insert makes an element of is created like a vector that is appended to.
    inner = inner.enter(parts[at]!, create || (verb === "insert" && at === last - 1));
  }
  if (inner === undefined) {
    // Nothing is there that could be taken away.
    if (verb === "delete") return;
    throw failHere(edit, "invalid-path", "there is nothing; set it first, or let create: true make it");
  }
  const part = parts[last]!;
  if (verb === "set") inner.set(part, value, type);
  else if (verb === "delete") inner.remove(part);
  else if (verb === "insert") inner.insert(part, value, type);
  else inner.enter(part, true)?.insert(undefined, value, type);
}

function replaceRoot(edit: EditState, { verb, value, type }: Step): Node {
  if (verb !== "set") throw failHere(edit, "invalid-path", "the root table can only be set");
  if (type !== undefined) throw failHere(edit, "invalid-path", "the root table is no union, it takes no type");
  return new Given(value, true);
}

function rootSlot(edit: EditState): Slot {
  return { kind: Kind.Table, object: edit.open.object, address: 0 };
}
