import { findLoneSurrogate } from "../wire/encode-utf8.js";
import { findInvalidUtf8 } from "../wire/utf8.js";
import { describeValue, failAtPath, type ObjectState } from "./object-state.js";

/** Writes a string, given as one or as its UTF-8 bytes. Returns its reference. */
export function putString(state: ObjectState, value: unknown, isShared: boolean): number {
  const { builder } = state.writer;
  if (typeof value === "string") {
    const ref = isShared || value.length > SHORT ? -1 : builder.createShortString(value);
    return ref >= 0 ? ref : putEncoded(state, value, isShared);
  }
  if (value instanceof Uint8Array) {
    const bad = findInvalidUtf8(value, 0, value.length);
    if (bad < 0) return builder.createStringFrom(value, 0, value.length, isShared);
    throw failAtPath(state, "invalid-utf8", `byte ${bad} of the text is no valid UTF-8`);
  }
  throw failAtPath(state, "wrong-type", `expected a string, got ${describeValue(value)}`);
}

/** Above this many characters the engine's encoder is faster than a loop. */
const SHORT = 48;

const encoder = new TextEncoder();

function putEncoded(state: ObjectState, text: string, isShared: boolean): number {
  const { writer } = state;
  const target = writer.textRoom(text.length * 3);
  const { written } = encoder.encodeInto(text, target);
  // The encoder puts U+FFFD for half a surrogate pair; only text beyond ASCII can have one.
  const lone = written === text.length ? -1 : findLoneSurrogate(text);
  if (lone >= 0) {
    throw failAtPath(state, "invalid-utf8", `character ${lone} is a lone surrogate, which UTF-8 can't hold`);
  }
  return writer.builder.createStringFrom(target, 0, written, isShared);
}
