import { type ReadOptions, type Schema, toJSONBytes, verify } from "../../src/index.js";
import { objectDigest, viewsDigest } from "./readers.js";

/** A hang is a call that takes more of the processor than this; what other processes take doesn't count. */
const HANG_MS = 2000;

/** What a campaign counted. */
export interface Tally {
  buffers: number;
  accepted: number;
  trustedThrew: number;
}

export function newTally(): Tally {
  return { buffers: 0, accepted: 0, trustedThrew: 0 };
}

/** What reads a buffer, each in a text that tells whether two results are the same. */
type Reader = (schema: Schema, bytes: Uint8Array, options: ReadOptions) => string;

const PRINTER: readonly Reader[] = [
  (schema, bytes, options) => new TextDecoder().decode(toJSONBytes(schema, bytes, options)),
];
const ALL_READERS: readonly Reader[] = [
  ...PRINTER,
  (schema, bytes, options) => `object ${objectDigest(schema, bytes, options)}`,
  (schema, bytes, options) => `views ${viewsDigest(schema, bytes, options)}`,
];

/**
 * `toObject` and the views take three times as long as printing: every fourth buffer is enough for them, and a campaign
 * takes at most twice as long as it would without. No divisor of 255, so that single-byte changes reach them with all
 * values.
 */
const READERS_EVERY = 4;

/**
 * The promises about one buffer, whatever it holds: what passes the gate can be read in every way; what doesn't pass,
 * read as trusted, gives a result or throws a FlatbufferError, soon, and the same whatever lies around the bytes.
 */
export function checkPromises(schema: Schema, bytes: Uint8Array, options: ReadOptions, tally: Tally): void {
  const readers = tally.buffers++ % READERS_EVERY === 0 ? ALL_READERS : PRINTER;
  const result = within(bytes, () => verify(schema, bytes, options));
  if (result.ok) {
    tally.accepted++;
    for (const reader of readers) {
      const outcome = outcomeOf(reader, schema, bytes, options);
      if (outcome.startsWith("error ") && outcome !== "error output-limit") fail(`accepted, yet ${outcome}`, bytes);
    }
  }
  const trusted = { ...options, trusted: true };
  for (const reader of readers) {
    const first = outcomeOf(reader, schema, placed(bytes, 0x00), trusted);
    const second = outcomeOf(reader, schema, placed(bytes, 0xa5), trusted);
    if (reader === PRINTER[0] && first.startsWith("error ")) tally.trustedThrew++;
    if (first !== second) fail("the neighbours of the bytes change the result", bytes);
  }
}

/** The result of one call, which must not hang. */
function within<T>(bytes: Uint8Array, call: () => T): T {
  const start = process.cpuUsage();
  const result = call();
  const { user, system } = process.cpuUsage(start);
  const ms = Math.round((user + system) / 1000);
  if (ms > HANG_MS) fail(`took ${ms} ms`, bytes);
  return result;
}

function outcomeOf(reader: Reader, schema: Schema, bytes: Uint8Array, options: ReadOptions): string {
  try {
    return within(bytes, () => reader(schema, bytes, { ...options, limits: { maxOutputBytes: 4_000_000 } }));
  } catch (error) {
    const { name, code } = error as { name: string; code: string };
    if (name !== "FlatbufferError") fail(`threw ${String(error)}`, bytes);
    return `error ${code}`;
  }
}

/** The bytes inside a larger memory full of one value, at an odd place. */
function placed(bytes: Uint8Array, poison: number): Uint8Array {
  const around = new Uint8Array(bytes.length + 64).fill(poison);
  around.set(bytes, 13);
  return around.subarray(13, 13 + bytes.length);
}

function fail(why: string, bytes: Uint8Array): never {
  throw new Error(`${why}: ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}
