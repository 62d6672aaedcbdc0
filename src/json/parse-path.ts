import {
  APOSTROPHE,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
  SPACE,
  STAR,
  wordEnd,
} from "./parse-ascii.js";
import { quoteText } from "./parse-excerpt.js";

/** Levels that a path tells; a text nested deeper is refused anyway. */
const MAX_LEVELS = 1100;

/**
 * The path of the value at `pos` of a JSON text: `root.weapons[3].name`. Reads the text again from its start; made
 * for errors, so all that stands before `pos` is known to be well formed, up to what the error is about.
 *
 * @param field Name of a field inside that value, to put behind the path.
 */
export function pathAt(bytes: Uint8Array, pos: number, field?: string): string {
  const levels: Level[] = [];
  let at = 0;
  while (at < pos) {
    const byte = bytes[at]!;
    const level = levels.at(-1);
    if (byte === QUOTE || byte === APOSTROPHE) {
      const end = skipString(bytes, at, pos);
      if (end > pos) break;
      if (level?.isKey) level.name = nameOf(bytes, at + 1, end - 1);
      at = end;
    } else if (byte === SLASH) {
      at = skipComment(bytes, at, pos);
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (levels.length >= MAX_LEVELS) break;
      levels.push({ isObject: byte === OPEN_BRACE, isKey: byte === OPEN_BRACE, name: "", index: 0 });
      at++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      levels.pop();
      at++;
    } else if (byte === COLON) {
      if (level !== undefined) level.isKey = false;
      at++;
    } else if (byte === COMMA) {
      if (level !== undefined) {
        level.index++;
        level.isKey = level.isObject;
      }
      at++;
    } else {
      const end = Math.min(pos, Math.max(at + 1, wordEnd(bytes, at)));
      if (level?.isKey && byte > SPACE) level.name = nameOf(bytes, at, end);
      at = end;
    }
  }
  return render(levels, field);
}

interface Level {
  readonly isObject: boolean;
  /** Whether the next name is a key. */
  isKey: boolean;
  name: string;
  index: number;
}

function render(levels: readonly Level[], field: string | undefined): string {
  let path = "root";
  for (const level of levels) {
    // A key that is not read yet is no place: the error is about the object then.
    if (level.isObject) path += level.isKey ? "" : level.name;
    else path += `[${level.index}]`;
  }
  return field === undefined ? path : path + step(field);
}

function nameOf(bytes: Uint8Array, start: number, end: number): string {
  return step(quoteText(bytes, start, end));
}

function step(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `["${name}"]`;
}

/** Behind the string that starts at `at`; beyond `pos` when it doesn't end before. */
function skipString(bytes: Uint8Array, at: number, pos: number): number {
  const quote = bytes[at];
  for (let next = at + 1; next < pos; next++) {
    if (bytes[next] === BACKSLASH) next++;
    else if (bytes[next] === quote) return next + 1;
  }
  return pos + 1;
}

function skipComment(bytes: Uint8Array, at: number, pos: number): number {
  if (bytes[at + 1] === SLASH) {
    const end = bytes.indexOf(LINE_FEED, at);
    return end < 0 ? pos : end;
  }
  for (let next = at + 2; next < pos; next++) {
    if (bytes[next] === STAR && bytes[next + 1] === SLASH) return next + 2;
  }
  return at + 1;
}
