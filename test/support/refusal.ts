import { isFlatbufferError } from "../../src/index.js";
import { validateSchema } from "../../src/reflection/validate.js";
import { Draft } from "../hostile/schemas.js";

/** A change of the hostile schema, and what the rules say to it: the whole message, or PASSES. */
export type Judged = readonly [what: string, damage: (draft: Draft) => void, verdict: string];

export const PASSES = "passes";

/** What the rules say to the hostile schema after a change, without the detour through a .bfbs. */
export function verdictOn(damage: (draft: Draft) => void): string {
  const draft = new Draft();
  damage(draft);
  return verdictOf(() => validateSchema(draft.parts()));
}

/** The message of the rule that refuses, or PASSES. */
export function verdictOf(judge: () => void): string {
  try {
    judge();
  } catch (error) {
    if (isFlatbufferError(error) && error.code === "invalid-schema") return error.message;
    throw error;
  }
  return PASSES;
}
