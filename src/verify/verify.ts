import type { GateOptions } from "../wire/options.js";
import type { OpenBuffer } from "./open.js";

export function assertValid(_open: OpenBuffer, _options: GateOptions): void {}
