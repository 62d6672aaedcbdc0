import type { Command } from "commander";
import { register as binary } from "./commands/binary.js";
import { register as compare } from "./commands/compare.js";
import { register as edit } from "./commands/edit.js";
import { register as get } from "./commands/get.js";
import { register as json } from "./commands/json.js";
import { register as schema } from "./commands/schema.js";
import { register as verify } from "./commands/verify.js";

/** Every command, in the order of `flatlens --help`. A new one is a file in `commands/` and a line here. */
export const COMMANDS: readonly ((program: Command) => void)[] = [json, get, binary, edit, verify, schema, compare];
