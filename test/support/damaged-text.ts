import fc from "fast-check";

/** A change to one token of a text. */
export interface Change {
  readonly what: number;
  readonly at: number;
  readonly other: number;
}

/** One to three changes. */
export const someChanges: fc.Arbitrary<Change[]> = fc.array(
  fc.record({ what: fc.nat({ max: 4 }), at: fc.nat(), other: fc.nat() }),
  { minLength: 1, maxLength: 3 },
);

/** The text with tokens taken out, doubled, exchanged or replaced by one of `words`. */
export function damagedText(text: string, words: readonly string[], changes: readonly Change[]): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\w+|\s+|./gu) ?? [];
  for (const { what, at, other } of changes) {
    const place = at % (tokens.length + 1);
    const word = words[other % words.length]!;
    if (what === 0) tokens.splice(place, 1);
    else if (what === 1) tokens.splice(place, 0, tokens[place] ?? "");
    else if (what === 2) tokens.splice(place, 0, word);
    else if (what === 3) tokens.splice(place, 1, word);
    else tokens.splice(place, 1, tokens[other % tokens.length] ?? "");
  }
  return tokens.join("");
}
