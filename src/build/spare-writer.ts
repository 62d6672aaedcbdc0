import type { Schema } from "../model/schema.js";
import { LARGE } from "./back-writer.js";
import { Writer } from "./writer.js";

let spare: Writer | undefined;

/**
 * The writer that the call before left, or a new one while somebody else has it. A dozen arrays of its own are about
 * half of what a small message costs (bench, `--only objects --input small`).
 */
export function takeWriter(schema: Schema, forceDefaults: boolean, byteLength: number): Writer {
  const writer = spare;
  if (writer === undefined) return new Writer(schema, forceDefaults, byteLength);
  spare = undefined;
  writer.reset(schema, forceDefaults, byteLength);
  return writer;
}

/** Leaves a writer, whatever state it is in, to the next call. */
export function returnWriter(writer: Writer): void {
  if (writer.capacity <= LARGE) spare = writer;
}
