import { FlatbufferError } from "./error.js";

/** Bounds that no input can make a call pass; every one can be raised by the caller. */
export interface Limits {
  /** Tables (vectors and maps of FlexBuffers too) inside one another, the root counting 1. Default 64, at most 1,000. */
  readonly maxDepth: number;
  /** Followed offsets, each counted every time it is reached. Default max(1,000,000, 8 x byteLength). */
  readonly maxVisits: number;
  /** Bytes shown by all followed offsets, shared ones counted every time. Default max(2^31, 8 x byteLength). */
  readonly maxApparentBytes: number;
  /** Bytes of text that one call may make. Default max(256 MiB, 16 x byteLength). */
  readonly maxOutputBytes: number;
  /** Issues that `verify` collects before it stops. Default 1. */
  readonly maxIssues: number;
}

/** The stack of a JavaScript engine bears this many levels with a wide margin; `maxDepth` can't be raised above it. */
export const MAX_DEPTH_CAP = 1000;

/** Fills in the defaults for `byteLength` bytes. Throws `invalid-option` for what is not a positive number. */
export function resolveLimits(limits: Partial<Limits> | undefined, byteLength: number): Limits {
  const defaults = 8 * byteLength <= LEAST.maxVisits ? LEAST : growing(byteLength);
  if (limits === undefined) return defaults;
  return {
    maxDepth: Math.min(MAX_DEPTH_CAP, pick(limits, "maxDepth", defaults)),
    maxVisits: pick(limits, "maxVisits", defaults),
    maxApparentBytes: pick(limits, "maxApparentBytes", defaults),
    maxOutputBytes: pick(limits, "maxOutputBytes", defaults),
    maxIssues: pick(limits, "maxIssues", defaults),
  };
}

/** What no buffer is too small for: the defaults of all that don't pass the first of them. */
const LEAST: Limits = Object.freeze({
  maxDepth: 64,
  maxVisits: 1_000_000,
  maxApparentBytes: 2 ** 31,
  maxOutputBytes: 256 * 1024 * 1024,
  maxIssues: 1,
});

function growing(byteLength: number): Limits {
  return {
    ...LEAST,
    maxVisits: Math.max(LEAST.maxVisits, 8 * byteLength),
    maxApparentBytes: Math.max(LEAST.maxApparentBytes, 8 * byteLength),
    maxOutputBytes: Math.max(LEAST.maxOutputBytes, 16 * byteLength),
  };
}

/** The error for a limit that was passed; says which one and how to raise it. */
export function limitError(
  name: keyof Limits,
  limit: number,
  place: { path?: string | undefined; offset?: number | undefined },
): FlatbufferError {
  const { code, what } = LIMIT_WORDS[name];
  const message = `${what} pass the limit of ${limit}; raise it with limits: {${name}: ...} if you trust the data`;
  return new FlatbufferError(code, message, { ...place, limit });
}

const LIMIT_WORDS = {
  maxDepth: { code: "depth-limit", what: "levels of tables" },
  maxVisits: { code: "visit-limit", what: "followed offsets" },
  maxApparentBytes: { code: "apparent-size-limit", what: "bytes shown through shared offsets" },
  maxOutputBytes: { code: "output-limit", what: "bytes of output" },
  maxIssues: { code: "visit-limit", what: "issues" },
} as const;

function pick(limits: Partial<Limits>, name: keyof Limits, defaults: Limits): number {
  const value = limits[name];
  if (value === undefined) return defaults[name];
  if (typeof value !== "number" || !(value >= 1)) {
    throw new FlatbufferError("invalid-option", `limits.${name} must be a number of at least 1, got ${String(value)}`);
  }
  // Infinity is a way to say "no limit", but what is left of it can't be counted.
  return Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER);
}
