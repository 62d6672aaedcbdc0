/** Length and hash (FNV-1a, 32 bits) of a text or bytes, to see that two contenders gave the same. */
export function digest(output) {
  const bytes = typeof output === "string" ? Buffer.from(output) : output;
  let hash = 2166136261;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 16777619);
  return { length: bytes.length, hash: hash >>> 0 };
}
