/** Up to this many bytes a loop of words is quicker than the engine's own copying or filling (bench, `--only objects`). */
const FEW = 192;

/** Memory as bytes and as words. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly data: DataView;
}

/** Copies `source[start, end)` to `bytes[at, ...)`. */
export function copyBytes(bytes: Uint8Array, at: number, source: Uint8Array, start: number, end: number): void {
  // Making a subarray costs as much as copying some 60 bytes.
  if (end - start > 64) bytes.set(start === 0 && end === source.length ? source : source.subarray(start, end), at);
  else for (let pos = start; pos < end; pos++) bytes[at + pos - start] = source[pos]!;
}

/** As `copyBytes`, by words. */
export function copyMemory(target: Memory, at: number, source: Memory, start: number, end: number): void {
  const byteLength = end - start;
  if (byteLength > FEW) {
    target.bytes.set(source.bytes.subarray(start, end), at);
    return;
  }
  const from = source.data;
  const to = target.data;
  let done = 0;
  for (; done + 4 <= byteLength; done += 4) to.setInt32(at + done, from.getInt32(start + done, true), true);
  for (; done < byteLength; done++) to.setInt8(at + done, from.getInt8(start + done));
}

/** Makes `memory[start, end)` zero. */
export function clearMemory({ bytes, data }: Memory, start: number, end: number): void {
  if (end - start > FEW) {
    bytes.fill(0, start, end);
    return;
  }
  let pos = start;
  for (; pos + 4 <= end; pos += 4) data.setInt32(pos, 0, true);
  for (; pos < end; pos++) data.setInt8(pos, 0);
}
