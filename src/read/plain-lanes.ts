/** What `toObject` makes: an object without prototype. */
export interface PlainObject {
  [name: string]: unknown;
}

/** Makes an object like `template`, without prototype. */
export type CloneLane = (template: PlainObject) => PlainObject;

/** Sets the property `name` of the first `count` objects to the value at the same place. */
export type StoreLane = (objects: PlainObject[], count: number, name: string, values: ArrayLike<unknown>) => void;

/*
 * Why the same line stands here so often: the engine keeps what it learns of a line of code (which shapes of objects
 * came by, which property was stored) with that line. A line that serves one shape becomes a handful of machine
 * instructions; one that serves all types of all schemas asks a table each time, at ten times the cost. Making
 * functions at run time would need eval, so here is a stock of them. Measured in docs/decisions/0021.
 */

/** Lanes for cloning. Each stays fast for four shapes. */
// biome-ignore format: one lane, one line
export const CLONE_LANES: readonly CloneLane[] = [
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
  (t) => ({ ...t, __proto__: null }),
];

/** Lanes for storing. Each stays fast for one property of one shape. */
// biome-ignore format: one lane, one line
export const STORE_LANES: readonly StoreLane[] = [
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
  (o, n, k, v) => { for (let i = 0; i < n; i++) o[i]![k] = v[i]; },
];
