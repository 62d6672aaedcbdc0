import { FlatbufferError } from "./error.js";

/** The value of an option, or the first of those allowed when it is undefined. Throws `invalid-option` for any other. */
export function oneOf<T extends string>(name: string, value: T | undefined, allowed: readonly [T, ...T[]]): T {
  if (value === undefined) return allowed[0];
  for (const word of allowed) if (word === value) return word;
  const words = allowed.map((word) => `'${word}'`).join(", ");
  throw new FlatbufferError("invalid-option", `${name} must be one of ${words}, got ${String(value)}`);
}

/** The value of an option that is on or off, or `fallback` when it is undefined. Throws `invalid-option`. */
export function flag(name: string, value: boolean | undefined, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  throw new FlatbufferError("invalid-option", `${name} must be true or false, got ${String(value)}`);
}
