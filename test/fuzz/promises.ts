import { type ReadOptions, type Schema, toJSONBytes, verify } from "../../src/index.js";

/** A hang is what takes longer than this. */
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

/**
 * The promises about one buffer, whatever it holds: what passes the gate prints; what doesn't pass, read as trusted,
 * prints or throws a FlatbufferError, soon, and the same whatever lies around the bytes.
 */
export function checkPromises(schema: Schema, bytes: Uint8Array, options: ReadOptions, tally: Tally): void {
  tally.buffers++;
  const start = performance.now();
  const result = verify(schema, bytes, options);
  if (result.ok) {
    tally.accepted++;
    const outcome = print(schema, bytes, options);
    if (outcome.startsWith("error ") && outcome !== "error output-limit") fail(`accepted, yet ${outcome}`, bytes);
  }
  const first = print(schema, placed(bytes, 0x00), { ...options, trusted: true });
  const second = print(schema, placed(bytes, 0xa5), { ...options, trusted: true });
  if (first.startsWith("error ")) tally.trustedThrew++;
  if (first !== second) fail("the neighbours of the bytes change the result", bytes);
  if (performance.now() - start > HANG_MS) fail(`took ${Math.round(performance.now() - start)} ms`, bytes);
}

function print(schema: Schema, bytes: Uint8Array, options: ReadOptions): string {
  try {
    return new TextDecoder().decode(toJSONBytes(schema, bytes, { ...options, limits: { maxOutputBytes: 4_000_000 } }));
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
