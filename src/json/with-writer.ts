import type { OpenBuffer } from "../verify/open.js";
import { FlatbufferError, isFlatbufferError } from "../wire/error.js";
import { readError, type View } from "../wire/view.js";
import type { TextRules } from "./options.js";
import { useMemory } from "./sink.js";
import { clearTrail, pathOf } from "./trail.js";
import { returnWorkspace, takeWorkspace } from "./workspace.js";
import { createWriter, type JsonWriter } from "./writer.js";

/**
 * Runs `work` with a writer on the spare workspace, which is put back whatever happens. What goes wrong comes out as a
 * FlatbufferError with the place in the data.
 *
 * @param isBounded As for `createWriter`.
 * @param path What the value that is written is called in errors.
 * @param work Writes and takes the text out of the writer; `spare` is the memory that it begins with and must not keep.
 */
export function withWriter<T>(
  open: OpenBuffer,
  rules: TextRules,
  isBounded: boolean,
  path: string,
  work: (writer: JsonWriter, spare: View) => T,
): T {
  const workspace = takeWorkspace();
  const writer = createWriter(open, rules, workspace, isBounded);
  useMemory(writer, workspace.memory);
  try {
    return work(writer, workspace.memory);
  } catch (error) {
    const failure = withPath(writer, readError(open.view, error), path);
    clearTrail(workspace.trail);
    throw failure;
  } finally {
    returnWorkspace(workspace);
  }
}

/** Errors know the byte; the writer knows the way there. */
function withPath(writer: JsonWriter, error: unknown, start: string): unknown {
  if (!isFlatbufferError(error) || error.path !== undefined) return error;
  const path = pathOf(writer.program, writer.trail, writer.level, writer.field, start);
  const { code, offset, limit, cause } = error;
  return new FlatbufferError(code, `${error.message} (${path})`, { path, offset, limit, cause });
}
