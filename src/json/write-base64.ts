import { base64Length, writeBase64 as encodeBase64 } from "../text/base64.js";
import { grow } from "./sink.js";
import type { JsonWriter } from "./writer.js";

/** `length` bytes of the buffer from `first` as a string of base64. */
export function writeBase64(writer: JsonWriter, pos: number, first: number, length: number): number {
  const need = base64Length(length);
  if (pos + need > writer.end) grow(writer, pos, need);
  writer.out.setUint8(pos++, 0x22);
  pos = encodeBase64(writer.view.bytes, first, first + length, writer.bytes, pos);
  writer.out.setUint8(pos, 0x22);
  return pos + 1;
}
