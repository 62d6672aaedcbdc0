import { CLONE_LANES, type CloneLane, type PlainObject, STORE_LANES, type StoreLane } from "./plain-lanes.js";

/** Objects with the same keys in the same order, and how to make more of them. */
export interface PlainShape {
  /** As the engine itself holds the names of properties: storing by these it needn't look the text up. */
  readonly keys: readonly string[];
  readonly template: PlainObject;
  readonly clone: CloneLane;
  /** What tells shapes apart. */
  readonly id: string;
}

/**
 * A shape with these keys and, in its template, these values.
 *
 * The template is parsed from JSON because that gives an object whose properties all lie in the object itself, with
 * any name at all; its clones are like it. An object literal has fixed names, and adding properties one by one makes
 * the engine move them to a growing list.
 */
export function makeShape(names: readonly string[], values: readonly unknown[]): PlainShape {
  const id = `{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`;
  const template: PlainObject = Object.setPrototypeOf(JSON.parse(id), null);
  const keys = Object.keys(template);
  for (const [index, name] of names.entries()) template[name] = values[index];
  return { keys, template, clone: cloneLane(id), id };
}

/** The lane that stores the property `key` of objects of this shape. */
export function storeLane(shape: PlainShape, key: string): StoreLane {
  const id = `${shape.id}${key}`;
  return take(storeLanes, id, STORE_LANES.length - 1, (count) => STORE_LANES[count]!, STORE_LANES.at(-1)!);
}

/** A lane learns up to this many shapes; the engine gives up on more. */
const SHAPES_PER_LANE = 4;
/** Longer ids are not kept. */
const MAX_ID = 4096;

/*
 * Which lanes are taken is a matter of the whole program, as the engine's knowledge is: a schema loaded again finds
 * the lanes of its shapes again. Who comes when all are taken shares the last one, which works, only slower.
 */
const cloneLanes = new Map<string, CloneLane>();
const storeLanes = new Map<string, StoreLane>();

function cloneLane(id: string): CloneLane {
  const stock = (CLONE_LANES.length - 1) * SHAPES_PER_LANE;
  const laneFor = (count: number) => CLONE_LANES[count % (CLONE_LANES.length - 1)]!;
  return take(cloneLanes, id, stock, laneFor, CLONE_LANES.at(-1)!);
}

function take<T>(taken: Map<string, T>, id: string, stock: number, laneFor: (count: number) => T, last: T): T {
  const known = taken.get(id);
  if (known !== undefined) return known;
  if (taken.size >= stock || id.length > MAX_ID) return last;
  const lane = laneFor(taken.size);
  taken.set(id, lane);
  return lane;
}
