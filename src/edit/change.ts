import type { PathParts } from "../read/parse-path.js";
import { parsePath } from "../read/parse-path.js";
import { FlatbufferError } from "../wire/error.js";

/** A member of a union by its name or number. */
export type UnionTypeValue = string | number;

/** Where a change applies. */
export interface ChangeAtPath {
  /** As for `getPath`: `weapons[1].damage` or `["weapons", 1, "damage"]`; an index below 0 counts from the end. */
  readonly path: string | PathParts;
  /** Whether tables and structs that are absent on the way are created, structs with zeros. Default false: an error. */
  readonly create?: boolean | undefined;
}

/** Gives a field, a struct's member or an element another value; with an empty path the whole root table. */
export interface SetChange extends ChangeAtPath {
  /** What `fromObject` takes in that place. `null` takes away what may be absent, as `delete` does. */
  readonly set: unknown;
  /** The member, where a union is set: of a vector of unions one for each element. Default: the type that is there. */
  readonly type?: UnionTypeValue | readonly UnionTypeValue[] | undefined;
}

/** Takes a field or an element away; a union with its type. Fields that are absent anyhow are no error. */
export interface DeleteChange extends ChangeAtPath {
  readonly delete: true;
}

/** Adds an element at the end of the vector at `path`, which is created when it is absent. */
export interface AppendChange extends ChangeAtPath {
  readonly append: unknown;
  /** The member, in a vector of unions. */
  readonly type?: UnionTypeValue | undefined;
}

/** Adds an element before the one that `path` ends in: `weapons[0]`. The vector's length as index appends. */
export interface InsertChange extends ChangeAtPath {
  readonly insert: unknown;
  /** The member, in a vector of unions. */
  readonly type?: UnionTypeValue | undefined;
}

/** One change of `edit`. */
export type EditChange = SetChange | DeleteChange | AppendChange | InsertChange;

/** A change, checked. */
export interface Step {
  readonly verb: "set" | "delete" | "append" | "insert";
  readonly parts: PathParts;
  readonly value: unknown;
  readonly type: unknown;
  readonly create: boolean;
}

const VERBS = ["set", "delete", "append", "insert"] as const;

/** Checks what the caller gave. Throws `invalid-argument`, `invalid-path`. */
export function resolveChanges(changes: EditChange | readonly EditChange[]): Step[] {
  const list: readonly unknown[] = Array.isArray(changes) ? changes : [changes];
  return list.map(resolveChange);
}

function resolveChange(change: unknown, index: number): Step {
  if (typeof change !== "object" || change === null) throw misuse(index, "a change is an object such as {path, set}");
  const given = change as Readonly<Record<string, unknown>>;
  const verbs = VERBS.filter((verb) => Object.hasOwn(given, verb));
  const verb = verbs[0];
  if (verb === undefined || verbs.length > 1) {
    const found = verbs.length === 0 ? "none" : verbs.join(" and ");
    throw misuse(index, `a change has one of set, delete, append and insert, this has ${found}`);
  }
  const value = given[verb];
  if (verb === "delete" ? value !== true : value === undefined) {
    throw misuse(index, verb === "delete" ? "delete must be true" : `${verb}: undefined; delete: true takes away`);
  }
  if (verb === "delete" && given["type"] !== undefined) throw misuse(index, "delete takes no type");
  const { create = false } = given;
  if (typeof create !== "boolean") throw misuse(index, `create must be true or false, got ${String(create)}`);
  const parts = parsePath(given["path"] as string | PathParts);
  return { verb, parts, value, type: given["type"], create };
}

function misuse(index: number, reason: string): FlatbufferError {
  return new FlatbufferError("invalid-argument", `changes[${index}]: ${reason}`);
}
