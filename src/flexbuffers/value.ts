import { type Limits, resolveLimits } from "../wire/limits.js";
import { decodeUtf8 } from "../wire/utf8.js";
import { guardReads, type View } from "../wire/view.js";
import { type Budget, createBudget } from "./budget.js";
import { type FlexSink, walkFlexBuffer } from "./walk.js";

/** What a FlexBuffer becomes in JavaScript. */
export type FlexValue = null | boolean | number | bigint | string | Uint8Array | FlexValue[] | FlexObject;

/** A map; an object without prototype, so that no key of the data can mean anything to the language. */
export interface FlexObject {
  [key: string]: FlexValue;
}

/** Options of `flexToValue`. */
export interface FlexToValueOptions {
  /** The budget of the walk around this one. Default: a fresh one within `limits`. */
  readonly budget?: Budget | undefined;
  /** Used when there is no `budget`; see `Limits` for the defaults. */
  readonly limits?: Partial<Limits> | undefined;
  /** Whether bytes that are no UTF-8 throw `invalid-utf8` or become U+FFFD. Default `'error'`. */
  readonly invalidUtf8?: "error" | "replace" | undefined;
  /** Place in the data for errors. Default none. */
  readonly path?: string | undefined;
}

/**
 * The FlexBuffer in the bytes `[start, end)` of `view` as plain values.
 *
 * - integers: numbers where exact, bigint beyond 2^53; floats: numbers
 * - strings and keys: strings; blobs: a Uint8Array of their own
 * - vectors of every sort: arrays; maps: objects without prototype, keys in stored order (of equal keys the last holds)
 *
 * Needs no check before; throws `flexbuffer-invalid`, `invalid-utf8` or a limit's error.
 */
export function flexToValue(view: View, start: number, end: number, options: FlexToValueOptions = {}): FlexValue {
  const budget = options.budget ?? createBudget(resolveLimits(options.limits, end - start));
  const sink = new ValueSink(view, options.invalidUtf8 === "replace");
  guardReads(view, () => walkFlexBuffer({ view, start, end, path: options.path }, budget, sink));
  return sink.root;
}

class ValueSink implements FlexSink {
  root: FlexValue = null;
  private readonly view: View;
  private readonly replace: boolean;
  /** The containers around `inner`, from the outermost; each with the key that its own container has it under. */
  private readonly outer: { container: FlexValue[] | FlexObject | undefined; name: string }[] = [];
  private inner: FlexValue[] | FlexObject | undefined = undefined;
  private name = "";

  constructor(view: View, replace: boolean) {
    this.view = view;
    this.replace = replace;
  }

  null(): void {
    this.put(null);
  }
  bool(value: boolean): void {
    this.put(value);
  }
  int(value: number | bigint): void {
    this.put(value);
  }
  float(value: number): void {
    this.put(value);
  }
  key(start: number, end: number): void {
    this.put(this.text(start, end));
  }
  string(start: number, end: number): void {
    this.put(this.text(start, end));
  }
  blob(start: number, end: number): void {
    this.put(this.view.bytes.slice(start, end));
  }
  startVector(): void {
    this.open([]);
  }
  element(): void {}
  endVector(): void {
    this.close();
  }
  startMap(): void {
    this.open(Object.create(null) as FlexObject);
  }
  entry(_index: number, keyStart: number, keyEnd: number): void {
    this.name = this.text(keyStart, keyEnd);
  }
  endMap(): void {
    this.close();
  }

  private put(value: FlexValue): void {
    if (this.inner === undefined) this.root = value;
    else if (Array.isArray(this.inner)) this.inner.push(value);
    else this.inner[this.name] = value;
  }

  private open(container: FlexValue[] | FlexObject): void {
    this.put(container);
    this.outer.push({ container: this.inner, name: this.name });
    this.inner = container;
  }

  private close(): void {
    const { container, name } = this.outer.pop()!;
    this.inner = container;
    this.name = name;
  }

  private text(start: number, end: number): string {
    return decodeUtf8(this.view.bytes, start, end, this.replace);
  }
}
