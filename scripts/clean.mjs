/** Removes what is built, so that no file of a source long gone is packed or tested. */
import { rmSync } from "node:fs";

for (const folder of ["dist", "reports", "coverage", "docs/api"]) {
  rmSync(new URL(`../${folder}`, import.meta.url), { recursive: true, force: true });
}
