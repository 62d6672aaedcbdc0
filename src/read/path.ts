import { FlatbufferError } from "../wire/error.js";
import { invalidPath, type PathParts, parsePath, pathText } from "./parse-path.js";
import { Struct } from "./struct.js";
import { Table } from "./table.js";
import type { AnyView, ValueAtPath, ViewOf } from "./value-types.js";
import { Vector } from "./vector.js";

/**
 * The value at a path: `weapons[1].damage`, or `["weapons", 1, "damage"]`. Elements are counted from 0, below 0 from
 * the end.
 *
 * Gives what `get` and `at` give for the last part; undefined when anything on the way is absent or there is no such
 * element. Goes into unions, nested FlatBuffers and FlexBuffers as well.
 *
 * Throws FlatbufferError: `unknown-field` for a name that isn't in the schema, `invalid-path` for text that is no path
 * and for a part that doesn't fit what it is applied to.
 *
 * @example
 * ```ts
 * getPath(monster, "weapons[1].damage");
 * getPath(monster, ["weapons", -1, "name"]);
 * ```
 */
export function getPath<T, P extends string>(view: Table<T> | Struct<T>, path: P): ViewOf<ValueAtPath<T, P>>;
export function getPath(view: AnyView, path: string | PathParts): unknown;
export function getPath(view: AnyView, path: string | PathParts): unknown {
  return follow(view, parsePath(path));
}

/**
 * Changes the scalar or string at a path in place, as `set` of the view that holds it does. False when it, or anything
 * on the way to it, is not stored. Errors as for `getPath` and `Table.set`.
 *
 * @example
 * ```ts
 * setPath(monster, "pos.x", 1.5);
 * setPath(monster, "weapons[1].damage", 12);
 * ```
 */
export function setPath(view: AnyView, path: string | PathParts, value: string | number | bigint | boolean): boolean {
  const parts = parsePath(path);
  const last = parts.at(-1);
  if (last === undefined) throw invalidPath(path, "an empty path leads to nothing that can be set");
  const holder = follow(view, parts.slice(0, -1));
  if (holder === undefined || holder === null) return false;
  if (holder instanceof Vector) return holder.set(indexOf(parts, parts.length - 1), value);
  if (isObjectView(holder)) return holder.set(nameOf(parts, parts.length - 1), value);
  throw new FlatbufferError("wrong-type", `${pathText(parts)} can't be set in place; edit() can change it`);
}

function follow(view: AnyView, parts: PathParts): unknown {
  let value: unknown = view;
  for (let at = 0; at < parts.length; at++) {
    if (value === undefined || value === null) return undefined;
    value = step(value, parts, at);
  }
  return value;
}

function step(value: unknown, parts: PathParts, at: number): unknown {
  if (isObjectView(value)) return value.get(nameOf(parts, at));
  if (value instanceof Vector) return value.at(indexOf(parts, at));
  // What FlexBuffers hold is plain values; so is what stands for an unknown member of a union.
  if (Array.isArray(value)) return value.at(indexOf(parts, at));
  if (typeof value === "object" && value !== null) {
    const name = nameOf(parts, at);
    return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  throw invalidPath(parts, `${pathText(parts.slice(0, at)) || "it"} is a ${typeof value}, there is nothing inside it`);
}

function isObjectView(value: unknown): value is Table | Struct {
  return value instanceof Table || value instanceof Struct;
}

function nameOf(parts: PathParts, at: number): string {
  const part = parts[at];
  if (typeof part === "string") return part;
  throw invalidPath(parts, `${pathText(parts.slice(0, at)) || "it"} has fields, ${String(part)} is no name of one`);
}

function indexOf(parts: PathParts, at: number): number {
  const part = parts[at];
  if (typeof part === "number") return part;
  throw invalidPath(parts, `${pathText(parts.slice(0, at)) || "it"} has elements, ${JSON.stringify(part)} is no index`);
}
