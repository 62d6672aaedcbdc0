import type { Schema } from "../model/schema.js";
import { Writer } from "./writer.js";

/** A writer that has come to hold more is not worth keeping for a next call that may never come. */
const MAX_KEPT_BYTES = 1024 * 1024;

let spare: Writer | undefined;

/**
 * The writer that the call before left, or a new one while somebody else has it. A dozen arrays of its own are about
 * half of what a small message costs (bench, `--only objects --input small`).
 */
export function takeWriter(schema: Schema, forceDefaults: boolean, byteLength: number): Writer {
  const writer = spare;
  if (writer === undefined || byteLength > MAX_KEPT_BYTES) return new Writer(schema, forceDefaults, byteLength);
  spare = undefined;
  writer.reset(schema, forceDefaults);
  return writer;
}

/** Leaves a writer, whatever state it is in, to the next call. */
export function returnWriter(writer: Writer): void {
  if (writer.capacity <= MAX_KEPT_BYTES) spare = writer;
}
