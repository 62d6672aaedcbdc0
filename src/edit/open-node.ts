import { describeValue } from "../build/object-state.js";
import { isList } from "../build/put-struct.js";
import { isObject } from "../build/put-table.js";
import { flexToValue } from "../flexbuffers/value.js";
import * as Kind from "../program/kind.js";
import * as P from "../program/program.js";
import { firstElement, vectorLength } from "../read/follow.js";
import { type EditState, failHere } from "./edit-state.js";
import { type Container, Given, type Node, type Slot, Stored } from "./node.js";
import { newInline, openInline } from "./open-inline.js";
import { OpenList, openList } from "./open-list.js";
import { OpenNested, openNested } from "./open-nested.js";
import { OpenPlain } from "./open-plain.js";
import { OpenTable, openGivenTable, openStoredTable } from "./open-table.js";
import { OpenUnions, openGivenUnions, openStoredUnions } from "./open-unions.js";

/** An open node, which a path can go into: what stands in its place from now on. */
type OpenNode = Exclude<Node, Stored | Given> & Container;

/** What stands in a place, open: itself when it is already. Errors for what has nothing inside. */
export function openNode(edit: EditState, node: Node, slot: Slot): OpenNode {
  if (node instanceof Stored) return openStored(edit, node, slot);
  if (node instanceof Given) return openGiven(edit, node, slot);
  return node;
}

/** An empty table or vector, a struct of zeros: what `create` and `append` put where nothing is. */
export function emptyNode(edit: EditState, slot: Slot): OpenNode {
  switch (slot.kind) {
    case Kind.Table:
      return new OpenTable(edit, slot.object);
    case Kind.Struct:
    case Kind.ScalarVector:
    case Kind.StructVector:
      return newInline(edit, slot);
    case Kind.StringVector:
    case Kind.TableVector:
      return new OpenList(edit, slot, [], true);
    case Kind.UnionVector:
      return new OpenUnions(edit, slot, []);
    case Kind.NestedFlatbuffer:
      return new OpenNested(new OpenTable(edit, slot.object), undefined);
    case Kind.Flexbuffer:
      throw failHere(edit, "invalid-path", "there is no FlexBuffer yet; set it whole");
    default:
      throw nothingInside(edit, slot);
  }
}

function openStored(edit: EditState, stored: Stored, slot: Slot): OpenNode {
  const { source, pos } = stored;
  switch (slot.kind) {
    case Kind.Table:
      return openStoredTable(edit, source, slot.object, pos);
    case Kind.Struct:
    case Kind.ScalarVector:
    case Kind.StructVector:
      return openInline(edit, stored, slot);
    case Kind.StringVector:
    case Kind.TableVector:
      return openList(edit, stored, slot);
    case Kind.UnionVector:
      return openStoredUnions(edit, stored, slot);
    case Kind.NestedFlatbuffer:
      return openNested(edit, stored, slot);
    case Kind.Flexbuffer: {
      const start = firstElement(edit.program, slot.address, pos);
      const end = start + vectorLength(source, slot.address, pos);
      return new OpenPlain(edit, flexToValue(source.view, start, end, { limits: edit.limits }));
    }
    default:
      throw nothingInside(edit, slot);
  }
}

function openGiven(edit: EditState, given: Given, slot: Slot): OpenNode {
  const { value } = given;
  switch (slot.kind) {
    case Kind.Table:
      return openGivenTable(edit, slot.object, value);
    case Kind.Struct:
      return newInline(edit, slot, value);
    case Kind.ScalarVector:
    case Kind.StructVector: {
      const vector = newInline(edit, slot);
      for (const item of Array.from(listOf(edit, value))) vector.insert(undefined, item, undefined);
      return vector;
    }
    case Kind.StringVector:
    case Kind.TableVector: {
      const items = Array.from(listOf(edit, value), (item) => new Given(item, false));
      return new OpenList(edit, slot, items, true);
    }
    case Kind.UnionVector:
      return openGivenUnions(edit, given, slot);
    case Kind.NestedFlatbuffer:
      if (isObject(value)) return new OpenNested(openGivenTable(edit, slot.object, value), undefined);
      throw failHere(edit, "wrong-type", `expected an object to go into, got ${describeValue(value)}`);
    case Kind.Flexbuffer:
      return new OpenPlain(edit, value);
    default:
      throw nothingInside(edit, slot);
  }
}

/** The elements of a value that stands for a vector. */
function listOf(edit: EditState, value: unknown): ArrayLike<unknown> {
  if (isList(value)) return value;
  throw failHere(edit, "wrong-type", `expected an array, got ${describeValue(value)}`);
}

function nothingInside(edit: EditState, { kind, address }: Slot): Error {
  const isScalar = kind <= Kind.Double;
  const what = isScalar ? "a number" : kind === Kind.String ? "a string" : "a value";
  const hint = edit.program.fields[address + P.FIELD_KIND] === Kind.UType ? " (the type of a union)" : "";
  return failHere(edit, "invalid-path", `it is ${what}${hint}, there is nothing inside it`);
}
