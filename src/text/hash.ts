/** The hash functions that a field's `hash` attribute may name, and how wide their results are. */
export const HASH_NAMES = ["fnv1_16", "fnv1a_16", "fnv1_32", "fnv1a_32", "fnv1_64", "fnv1a_64"] as const;

/** One of `HASH_NAMES`. */
export type HashName = (typeof HASH_NAMES)[number];

/**
 * The FNV hash of `bytes[start, end)`, unsigned. Like flatc it stops at a NUL, and its 64-bit variants start from a
 * number that isn't the published one (it ends in 2645 instead of 2325): values must agree with those in existing buffers.
 */
export function hashBytes(name: HashName, bytes: Uint8Array, start: number, end: number): bigint {
  const nul = bytes.indexOf(0, start);
  const stop = nul >= 0 && nul < end ? nul : end;
  const xorFirst = name.startsWith("fnv1a");
  if (name.endsWith("64")) return hash64(bytes, start, stop, xorFirst);
  const hash = hash32(bytes, start, stop, xorFirst);
  return BigInt(name.endsWith("16") ? (hash >>> 16) ^ (hash & 0xffff) : hash);
}

function hash32(bytes: Uint8Array, start: number, end: number, xorFirst: boolean): number {
  let hash = 0x811c9dc5;
  for (let pos = start; pos < end; pos++) {
    const byte = bytes[pos]!;
    hash = xorFirst ? Math.imul(hash ^ byte, 0x01000193) : Math.imul(hash, 0x01000193) ^ byte;
  }
  return hash >>> 0;
}

function hash64(bytes: Uint8Array, start: number, end: number, xorFirst: boolean): bigint {
  let hash = 0xcbf29ce484222645n;
  for (let pos = start; pos < end; pos++) {
    const byte = BigInt(bytes[pos]!);
    hash = xorFirst ? times64(hash ^ byte) : times64(hash) ^ byte;
  }
  return hash;
}

function times64(hash: bigint): bigint {
  return BigInt.asUintN(64, hash * 0x100000001b3n);
}
