import { type Schema, type VerifyOptions, verify } from "../../src/index.js";

/**
 * What verify says, a line for every note of a good buffer or every issue of a bad one: `code path offset`. Up to nine
 * issues, so that what is said twice or too much shows.
 */
export function verdict(schema: Schema, bytes: Uint8Array, options: VerifyOptions = {}): string[] {
  const result = verify(schema, bytes, { ...options, limits: { maxIssues: 9, ...options.limits } });
  return (result.ok ? result.notes : result.issues).map(({ code, path, offset }) => `${code} ${path} ${offset}`);
}
