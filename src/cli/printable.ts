/**
 * Text that may come from a file, made safe for a terminal or a log: control characters, line separators, bidirectional
 * controls and lone surrogates come out as `\u001b` and the like, so nothing can move the cursor, set a title, fake a
 * line or turn the reading order. Everything else stays.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/**
 * The same for JSON text, whose line breaks stay: the value is unchanged, since these characters only stand inside
 * strings, where JSON has the same escapes. Goes block by block, so that big outputs are not copied as a whole; a clean
 * block is handed through without a copy.
 */
export function* printableJson(json: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < json.length; ) {
    const end = characterBoundary(json, start + BLOCK_BYTES);
    const block = json.subarray(start, end);
    yield isClean(block) ? block : encoder.encode(decoder.decode(block).replace(UNPRINTABLE_IN_JSON, escapeInJson));
    start = end;
  }
}

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;
const UNPRINTABLE_IN_JSON = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/** Large enough that the cost per block vanishes, small enough to stay in the processor's cache. */
const BLOCK_BYTES = 65_536;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The largest position up to `pos` where a UTF-8 character starts. */
function characterBoundary(bytes: Uint8Array, pos: number): number {
  if (pos >= bytes.length) return bytes.length;
  for (let back = pos; back > pos - 4; back--) {
    if ((bytes[back]! & 0xc0) !== 0x80) return back;
  }
  return pos;
}

/** May call a clean block unclean (which only costs time), never the other way round. */
function isClean(block: Uint8Array): boolean {
  for (let i = 0; i < block.length; i++) {
    const byte = block[i]!;
    if (byte < 0x20 ? byte !== 0x0a : byte >= 0x7f && byte <= 0xe2 && SUSPECT_BYTES.has(byte)) return false;
  }
  return true;
}

/** DEL and the first bytes of C1 controls, of U+061C and of U+200E to U+2069. */
const SUSPECT_BYTES: ReadonlySet<number> = new Set([0x7f, 0xc2, 0xd8, 0xe2]);

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES.get(character) ?? escapeInJson(character);
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** All characters escaped here have four hex digits. */
function escapeInJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
