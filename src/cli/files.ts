import { fstatSync, type Stats } from "node:fs";
import { type FileHandle, open, writeFile } from "node:fs/promises";
import { FlatbufferError, isFlatbufferError } from "../index.js";

/** The most that is read from one file or from standard input. */
const MAX_INPUT_BYTES: number = 2 ** 31;
/** The most that is read from a device: what somebody types, or nothing; /dev/zero would never end. */
const MAX_DEVICE_BYTES: number = 2 ** 24;

/**
 * All bytes of a file, or of standard input for `-`.
 *
 * Throws `file-not-readable` when there is no such file, no permission, or it is a directory or a device; `buffer-too-large` above 2 GiB.
 */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return path === "-" ? await readStdin() : await readFile(path);
  } catch (error) {
    throw isFlatbufferError(error) ? error : fileError("file-not-readable", "cannot be read", error);
  }
}

/** Writes a whole file. Throws `file-not-writable`. */
export async function writeOutputFile(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw fileError("file-not-writable", "cannot be written", error);
  }
}

/**
 * Writes to standard output, at the pace of whoever reads it: a slow reader makes this wait instead of filling memory.
 * A reader that went away ends the process quietly (see `main.ts`).
 */
export async function writeStdout(chunks: Iterable<Uint8Array | string>): Promise<void> {
  for (const chunk of chunks) {
    for (const piece of pieces(chunk)) {
      if (!process.stdout.write(piece)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
    }
  }
}

async function readStdin(): Promise<Uint8Array> {
  if (isStdinTaken) throw new FlatbufferError("invalid-option", "standard input can be read only once: one - at most");
  isStdinTaken = true;
  return readStream(process.stdin, limitFor(fstatSync(process.stdin.fd)));
}

async function readFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, "r");
  try {
    const stat = await handle.stat();
    // Files of /proc, pipes and devices have no size to rely on.
    return stat.isFile() && stat.size > 0
      ? await readSized(handle, stat.size)
      : await readStream(handle.createReadStream({ autoClose: false }), limitFor(stat));
  } finally {
    await handle.close();
  }
}

let isStdinTaken = false;

function limitFor(stat: Stats): number {
  return stat.isCharacterDevice() || stat.isBlockDevice() ? MAX_DEVICE_BYTES : MAX_INPUT_BYTES;
}

async function readSized(handle: FileHandle, size: number): Promise<Uint8Array> {
  if (size > MAX_INPUT_BYTES) throw tooLarge(MAX_INPUT_BYTES);
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, Math.min(size - filled, MAX_READ_BYTES), filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function readStream(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

/** Node reads less than 2 GiB in one go. */
const MAX_READ_BYTES = 2 ** 30;
/** Larger writes would keep a second copy of all of it in the stream's queue. */
const MAX_WRITE_BYTES = 2 ** 20;

function* pieces(chunk: Uint8Array | string): Generator<Uint8Array | string> {
  if (typeof chunk === "string") {
    yield chunk;
    return;
  }
  for (let start = 0; start < chunk.length; start += MAX_WRITE_BYTES) {
    yield chunk.subarray(start, start + MAX_WRITE_BYTES);
  }
}

function tooLarge(limit: number): FlatbufferError {
  return new FlatbufferError("buffer-too-large", `cannot be read: has more than ${limit} bytes`, { limit });
}

function fileError(code: "file-not-readable" | "file-not-writable", what: string, error: unknown): FlatbufferError {
  const errno = (error as { code?: unknown } | null)?.code;
  const reason = ERRNO_WORDS.get(String(errno)) ?? (error instanceof Error ? error.message : String(error));
  return new FlatbufferError(code, `${what}: ${reason}`, { cause: error });
}

const ERRNO_WORDS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file or directory"],
  ["EISDIR", "is a directory"],
  ["ENOTDIR", "a part of the path is not a directory"],
  ["EACCES", "permission denied"],
  ["EPERM", "not permitted"],
  ["ENOSPC", "no space left on the device"],
  ["ELOOP", "too many symbolic links"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ERR_INVALID_ARG_VALUE", "not a possible file name"],
]);
