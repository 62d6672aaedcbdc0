/** What an argument of the wrong kind is, for an error: `Buffer`, `undefined`, `string`. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? (value.constructor?.name ?? "an object") : typeof value;
}
