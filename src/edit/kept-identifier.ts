import type { View } from "../wire/view.js";

/**
 * The four bytes behind the root offset at `start`, if they are a file identifier: the schema's own, or four printable
 * characters that neither the root table nor its vtable lies on. Nothing else in a buffer says whether it has one.
 */
export function keptIdentifier(view: View, start: number, root: number, expected: string): Uint8Array | undefined {
  if (view.byteLength < start + 8) return undefined;
  const found = view.bytes.slice(start + 4, start + 8);
  if (expected !== "" && found.every((byte, at) => byte === (expected.charCodeAt(at) & 0xff))) return found;
  const vtable = root - view.i32(root);
  if (root < start + 8 || (vtable > start && vtable < start + 8)) return undefined;
  return found.every((byte) => byte > 0x20 && byte < 0x7f) ? found : undefined;
}
