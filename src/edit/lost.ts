import { FlatbufferError, type FlatbufferErrorCode, type Issue } from "../wire/error.js";
import type { CopyState } from "./copy-state.js";

/** More findings than this are only counted. */
const MAX_LISTED = 100;

/** Reports stored data that the schema doesn't know and the new bytes can't have. */
export function loseData(
  copy: CopyState,
  code: FlatbufferErrorCode,
  view: { readonly byteOffset: number },
  pos: number,
  what: string,
): void {
  const { rules, open } = copy.edit;
  const path = copy.state.path.text();
  // A nested buffer is a window of the caller's bytes.
  const at = pos + view.byteOffset - open.view.bytes.byteOffset;
  const issue: Issue = { code, path, offset: at, message: `${path}: ${what}` };
  if (rules.drop) {
    rules.onDropped?.(issue);
    return;
  }
  copy.lostCount++;
  if (copy.lost.length < MAX_LISTED) copy.lost.push(issue);
}

/** Throws when anything would be lost. */
export function refuseLoss(copy: CopyState): void {
  const first = copy.lost[0];
  if (first === undefined) return;
  const more = copy.lostCount > 1 ? ` (and ${copy.lostCount - 1} more)` : "";
  const message = `${first.message}${more}, so it would be lost; take the writer's schema, or leave it out with unknownFields: 'drop' (--drop-unknown)`;
  const { code, path, offset } = first;
  throw new FlatbufferError(code, message, { path, offset, issues: copy.lost });
}
