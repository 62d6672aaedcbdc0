import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/index.js";
import * as Op from "../../src/verify/quick-op.js";
import * as Q from "../../src/verify/quick-words.js";

/** The words of a fresh schema's table `T`, in words. */
function wordsOf(fields: string): string[] {
  const schema = parseSchema(`
    enum Tone : short { Low } struct Wide (force_align: 16) { a: ubyte; } struct Pair { a: ushort; b: ubyte; }
    table Empty { } table Other { a: int; } table In { s: string; } union U { In, Pair, s: string }
    table T { ${fields} } table After { z: string (required); y: int; } root_type T;`);
  const words = Q.quickWords(schema);
  const { index } = schema.object("T")!;
  const names = new Map<number, string>(Object.entries(Op).map(([name, op]) => [op, name]));
  const out: string[] = [];
  for (let at = words.first[index]!; at < words.first[index + 1]!; at += Q.QUICK_WORDS) {
    const [word, second] = [words.fields[at]!, words.fields[at + 1]!];
    const op = word & Q.OP_MASK;
    const flags = [word & Q.IS_UNION ? "union" : "", word & Q.IS_REQUIRED ? "required" : ""].filter(Boolean);
    const size = word >>> Q.SIZE_SHIFT;
    const inline = `${size}/${((word >>> Q.ALIGN_SHIFT) & Q.ALIGN_MASK) + 1}`;
    const detail =
      op === Op.Flat
        ? `${second & Q.STRIDE_MASK}/${(second >>> Q.ELEMENT_ALIGN_SHIFT) + 1}`
        : describeChild(op, second);
    out.push([names.get(op), inline, ...flags, detail].filter(Boolean).join(" "));
  }
  if (words.afterRequired[index]! > 0) {
    out.push(`after ${(words.afterRequired[index]! - words.first[index]!) / Q.QUICK_WORDS}`);
  }
  return out;

  function describeChild(op: number, child: number): string {
    if (op === Op.Union || op === Op.Unions) return schema.enumList[child]!.name;
    if (op === Op.Table || op === Op.Tables) return schema.objectList[child]!.name;
    if (op !== Op.Embedded && op !== Op.Wide) return "";
    const { program } = words;
    return schema.objectList[index]!.fields[(child - program.objectFields[index]!) / 12]!.name;
  }
}

describe("what the quick walk wants to know of a field", () => {
  it.each([
    [
      "a: bool; b: short; c: float; d: ulong; e: Tone;",
      ["Inline 1/1", "Inline 2/2", "Inline 4/4", "Inline 8/8", "Inline 2/2"],
    ],
    ["a: Pair; b: Wide; c: Pair (required);", ["Inline 4/2", "Inline 16/16", "Inline 4/2 required", "after 3"]],
    [
      "a: string (required); b: string; c: string (required); d: int;",
      ["String 4/4 required", "String 4/4", "String 4/4 required", "Inline 4/4", "after 3"],
    ],
    [
      "a: [ubyte]; b: [double]; c: [Pair]; d: [Wide]; e: [short] (force_align: 8);",
      ["Flat 4/4 1/1", "Flat 4/4 8/8", "Flat 4/4 4/2", "Flat 4/4 16/16", "Flat 4/4 2/2"],
    ],
    ["a: Other; b: [In]; c: [string];", ["Table 4/4 Other", "Tables 4/4 In", "Strings 4/4"]],
    [
      "a: U; b: [U]; c: U (required);",
      [
        "Inline 1/1",
        "Union 4/4 union U",
        "Flat 4/4 1/1",
        "Unions 4/4 union U",
        "Inline 1/1",
        "Union 4/4 union required U",
        "after 6",
      ],
    ],
    [
      'a: [ubyte] (flexbuffer); b: int; c: [ubyte] (nested_flatbuffer: "In");',
      ["Embedded 4/4 a", "Inline 4/4", "Embedded 4/4 c"],
    ],
    ["a: string (offset64); b: [ubyte] (vector64); c: [int] (offset64);", ["Wide 8/8 a", "Wide 8/8 b", "Wide 8/8 c"]],
    ["", []],
  ])("%s", (fields, expected) => {
    expect(wordsOf(fields)).toEqual(expected);
  });
});
