import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the bench, and the repository around it. */
export const BENCH = fileURLToPath(new URL("../", import.meta.url));
export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Everything made at set-up, kept for the next run: inputs, generated code, the native program. Safe to delete. */
export const BUILD = join(BENCH, "build");
