import { describeValue } from "../build/object-state.js";
import { isList } from "../build/put-struct.js";
import { isObject } from "../build/put-table.js";
import { MAX_DEPTH_CAP } from "../wire/limits.js";
import { type EditState, enterPart, failHere, indexIn, newIndexIn, wrongPart } from "./edit-state.js";
import type { Container } from "./node.js";

/** A map of a FlexBuffer as a plain value, without prototype. */
interface PlainMap {
  [key: string]: unknown;
}

/**
 * A FlexBuffer that a path went into: a plain value of our own, or a part of one. It's written anew from the value, so
 * widths of numbers and types of vectors are chosen again.
 */
export class OpenPlain implements Container {
  readonly value: unknown;
  readonly #edit: EditState;

  /** @param value Is copied. */
  constructor(edit: EditState, value: unknown) {
    this.#edit = edit;
    this.value = copyOf(edit, value, 0);
  }

  enter(part: string | number): Container | undefined {
    return partOf(this.#edit, this.value).enter(part);
  }

  set(part: string | number, value: unknown): void {
    partOf(this.#edit, this.value).set(part, value);
  }

  remove(part: string | number): void {
    partOf(this.#edit, this.value).remove(part);
  }

  insert(part: string | number | undefined, value: unknown): void {
    partOf(this.#edit, this.value).insert(part, value);
  }
}

/** A map or vector inside. */
interface PlainPart extends Container {
  enter(part: string | number): Container | undefined;
  set(part: string | number, value: unknown): void;
  insert(part: string | number | undefined, value: unknown): void;
}

function partOf(edit: EditState, value: unknown): PlainPart {
  if (Array.isArray(value)) return listPart(edit, value);
  if (isObject(value)) return mapPart(edit, value as PlainMap);
  throw failHere(edit, "invalid-path", `it is ${describeValue(value)}, there is nothing inside it`);
}

function listPart(edit: EditState, list: unknown[]): PlainPart {
  return {
    enter: (part) => partOf(edit, list[indexIn(edit, part, list.length)]),
    set: (part, value) => {
      list[indexIn(edit, part, list.length)] = copyOf(edit, value, 0);
    },
    remove: (part) => {
      list.splice(indexIn(edit, part, list.length), 1);
    },
    insert: (part, value) => {
      list.splice(newIndexIn(edit, part, list.length), 0, copyOf(edit, value, 0));
    },
  };
}

function mapPart(edit: EditState, map: PlainMap): PlainPart {
  const keyOf = (part: string | number): string => {
    if (typeof part !== "string") throw wrongPart(edit, part, "a map has keys, an index is none");
    enterPart(edit, part);
    return part;
  };
  return {
    enter: (part) => {
      const key = keyOf(part);
      return Object.hasOwn(map, key) ? partOf(edit, map[key]) : undefined;
    },
    set: (part, value) => {
      map[keyOf(part)] = copyOf(edit, value, 0);
    },
    remove: (part) => {
      delete map[keyOf(part)];
    },
    insert: (part) => {
      throw wrongPart(edit, part, "a map has keys, no elements");
    },
  };
}

/** A value of our own: arrays, and maps without prototype, so that keys can be set whatever they are. */
function copyOf(edit: EditState, value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH_CAP) throw failHere(edit, "depth-limit", `values nested deeper than ${MAX_DEPTH_CAP}`);
  if (value instanceof Uint8Array) return value;
  if (isList(value)) return Array.from(value, (item) => copyOf(edit, item, depth + 1));
  if (!isObject(value)) return value;
  const copy = Object.create(null) as PlainMap;
  for (const key of Object.keys(value)) copy[key] = copyOf(edit, value[key], depth + 1);
  return copy;
}
