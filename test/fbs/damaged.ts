import fc from "fast-check";

/** Words that mean something somewhere in schema text. */
const WORDS: readonly string[] = [
  ..."table struct enum union namespace root_type attribute rpc_service int byte ulong float string Table0 Enum0 Struct0 Union0 V0 hp a_type".split(
    " ",
  ),
  ...": ; , { } ( ) [ ] = . 0 1 -1 255 256 65536 1.5 nan null true +inf 0x10 0x1 rad( sin(1)".split(" "),
  ...'key required deprecated id:0 id:1 (key) (required) (deprecated) (id:0) (hash:"fnv1_32") (bit_flags) (force_align:8)'.split(
    " ",
  ),
  '"text"',
  '"0"',
  '"V0 V1"',
  "[]",
  "[int:2]",
  "= null ",
  '(nested_flatbuffer:"Table0")',
  "(undeclared)",
  "/// doc\n",
  "\n/// doc\n",
  "/* a\n b */",
  "@",
  "\n",
];

/** Texts with one to three tokens taken out, doubled, exchanged or replaced. */
export function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({ what: fc.nat({ max: 4 }), at: fc.nat(), other: fc.nat() });
  return fc.tuple(texts, fc.array(change, { minLength: 1, maxLength: 3 })).map(([text, changes]) => {
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\w+|\s+|./gu) ?? [];
    for (const { what, at, other } of changes) {
      const place = at % (tokens.length + 1);
      const word = WORDS[other % WORDS.length]!;
      if (what === 0) tokens.splice(place, 1);
      else if (what === 1) tokens.splice(place, 0, tokens[place] ?? "");
      else if (what === 2) tokens.splice(place, 0, word);
      else if (what === 3) tokens.splice(place, 1, word);
      else tokens.splice(place, 1, tokens[other % tokens.length] ?? "");
    }
    return tokens.join("");
  });
}
