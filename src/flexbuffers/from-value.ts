import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { type Limits, resolveLimits } from "../wire/limits.js";
import { bytesOf } from "../wire/view.js";
import { type Budget, createBudget, enter } from "./budget.js";
import { FlexBuilder } from "./builder.js";

/** Options of `valueToFlex`. */
export interface ValueToFlexOptions {
  /** Only `maxDepth` counts here. */
  readonly limits?: Partial<Limits> | undefined;
  /** Place of the value for errors. Default `root`. */
  readonly path?: string | undefined;
}

/**
 * Plain JavaScript values as FlexBuffers data; what `flexToValue` gives goes in again.
 *
 * - numbers that are integers up to 2^53 and bigints: integers; other numbers, -0 too: floats
 * - strings: strings; Uint8Array, DataView, ArrayBuffer: blobs; other typed arrays: typed vectors
 * - arrays: vectors; Map and objects: maps, keys sorted by their bytes
 * - null: null; undefined: null in an array, left out of an object
 *
 * Throws `wrong-type` for anything else, `depth-limit` (for cycles too), `number-out-of-range`, `invalid-utf8`,
 * `invalid-value` for a key with a NUL and `duplicate-field`, each with the path.
 */
export function valueToFlex(value: unknown, options: ValueToFlexOptions = {}): Uint8Array {
  const builder = new FlexBuilder();
  const steps: (string | number)[] = [];
  try {
    add({ builder, budget: createBudget(resolveLimits(options.limits, 0)), steps }, value ?? null);
    return builder.finish();
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
    const path = (options.path ?? "root") + steps.map(describe).join("");
    throw new FlatbufferError(error.code, `${path}: ${error.message}`, { path, limit: error.limit, cause: error });
  }
}

interface Adding {
  readonly builder: FlexBuilder;
  readonly budget: Budget;
  readonly steps: (string | number)[];
}

function add(adding: Adding, value: unknown): void {
  const { builder } = adding;
  if (value === null) builder.null();
  else if (typeof value === "boolean") builder.bool(value);
  else if (typeof value === "bigint") builder.int(value);
  else if (typeof value === "string") builder.string(value);
  else if (typeof value === "number") {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) builder.int(value);
    else builder.float(value);
  } else if (typeof value === "object") addObject(adding, value);
  else throw new FlatbufferError("wrong-type", `a FlexBuffer holds no ${typeof value}`);
}

function addObject(adding: Adding, value: object): void {
  if (Array.isArray(value)) addVector(adding, value);
  else if (ArrayBuffer.isView(value)) addView(adding.builder, value);
  else if (value instanceof ArrayBuffer) adding.builder.blob(bytesOf(value));
  else if (value instanceof Map) addMap(adding, value);
  else if (Object.prototype.toString.call(value) === "[object Object]") addMap(adding, Object.entries(value));
  else throw new FlatbufferError("wrong-type", `a FlexBuffer holds no ${value.constructor?.name ?? "such object"}`);
}

function addVector(adding: Adding, values: readonly unknown[]): void {
  const { builder, budget, steps } = adding;
  enter(budget, 0, {});
  builder.startVector();
  // Not for-of: a hole is undefined, and so null.
  for (let index = 0; index < values.length; index++) {
    steps.push(index);
    add(adding, values[index] ?? null);
    steps.pop();
  }
  builder.endVector();
  budget.depthLeft++;
}

function addMap(adding: Adding, entries: Iterable<[unknown, unknown]>): void {
  const { builder, budget, steps } = adding;
  enter(budget, 0, {});
  builder.startMap();
  for (const [key, value] of entries) {
    if (value === undefined) continue;
    if (typeof key !== "string") throw new FlatbufferError("wrong-type", `a key is a string, not ${typeof key}`);
    steps.push(key);
    builder.key(key);
    add(adding, value);
    steps.pop();
  }
  builder.endMap();
  budget.depthLeft++;
}

function addView(builder: FlexBuilder, view: ArrayBufferView): void {
  if (view instanceof DataView || view instanceof Uint8Array || view instanceof Uint8ClampedArray) {
    builder.blob(bytesOf(view));
    return;
  }
  builder.startVector();
  const isFloat = view instanceof Float32Array || view instanceof Float64Array;
  const isUnsigned = view instanceof Uint16Array || view instanceof Uint32Array || view instanceof BigUint64Array;
  for (const value of view as unknown as Iterable<number | bigint>) {
    if (isFloat) builder.float(Number(value));
    else if (isUnsigned) builder.uint(value);
    else builder.int(value);
  }
  builder.endVector("typed");
}

function describe(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
