import { type Budget, createBudget } from "../../src/flexbuffers/budget.js";
import { type FlexSink, walkFlexBuffer } from "../../src/flexbuffers/walk.js";
import { isFlatbufferError } from "../../src/wire/error.js";
import { type Limits, resolveLimits } from "../../src/wire/limits.js";
import { View } from "../../src/wire/view.js";

/** Bytes from hex; spaces and everything else is for the reader's eye. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/[^0-9a-f]/g, ""), "hex"));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function budgetFor(byteLength: number, limits: Partial<Limits> = {}): Budget {
  return createBudget(resolveLimits(limits, byteLength));
}

/** What a walk tells, one word a call. */
export function eventsOf(bytes: Uint8Array, start = 0, end = bytes.length, budget = budgetFor(end - start)): string[] {
  const view = View.on(bytes);
  const events: string[] = [];
  const text = (from: number, to: number) => Buffer.from(bytes.slice(from, to)).toString("latin1");
  const sink: FlexSink = {
    null: () => events.push("null"),
    bool: (value) => events.push(String(value)),
    int: (value) => events.push(typeof value === "bigint" ? `${value}n` : `${value}`),
    float: (value) => events.push(`float ${Object.is(value, -0) ? "-0" : value}`),
    key: (from, to) => events.push(`key ${text(from, to)}`),
    string: (from, to) => events.push(`string ${text(from, to)}`),
    blob: (from, to) => events.push(`blob ${text(from, to)}`),
    startVector: (length) => events.push(`[${length}`),
    element: (index) => events.push(`#${index}`),
    endVector: (length) => events.push(`]${length}`),
    startMap: (length) => events.push(`{${length}`),
    entry: (index, from, to) => events.push(`.${index} ${text(from, to)}`),
    endMap: (length) => events.push(`}${length}`),
  };
  walkFlexBuffer({ view, start, end }, budget, sink);
  return events;
}

/** The code of the FlatbufferError that `run` throws, or "ok". Anything else goes on. */
export function codeOf(run: () => unknown): string {
  try {
    run();
    return "ok";
  } catch (error) {
    if (isFlatbufferError(error)) return error.code;
    throw error;
  }
}
