import { FlatbufferError } from "../wire/error.js";

/** Longest name: long enough for any real schema, short enough for messages, paths and key tables. */
export const MAX_NAME_BYTES = 1024;

const encoder = new TextEncoder();

/** Refuses a schema: the rule's number, the place in the schema, what is wrong there. */
export function refuse(rule: string, place: string, why: string): never {
  throw new FlatbufferError("invalid-schema", `rule ${rule}: ${clip(place)} ${why}`, { path: clip(place) });
}

/** Names are there, unique among their kind, and of bearable length (rule V6). */
export function requireNames(place: string, list: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of list) {
    if (name === "") refuse("V6", place, "has a part without a name");
    if (name.length > MAX_NAME_BYTES || encoder.encode(name).length > MAX_NAME_BYTES) {
      refuse("V6", place, `has a name longer than ${MAX_NAME_BYTES} bytes: ${clip(name)}`);
    }
    if (seen.has(name)) refuse("V6", place, `has two parts with the name ${clip(name)}`);
    seen.add(name);
  }
}

function clip(name: string): string {
  return name.length <= 100 ? name : `${name.slice(0, 100)}...`;
}
