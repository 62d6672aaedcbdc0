import fc from "fast-check";
import { damagedText, someChanges } from "../support/damaged-text.js";

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
  return fc.tuple(texts, someChanges).map(([text, changes]) => damagedText(text, WORDS, changes));
}
