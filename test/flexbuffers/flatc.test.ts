import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createBudget } from "../../src/flexbuffers/budget.js";
import { FlexBuilder } from "../../src/flexbuffers/builder.js";
import { checkFlexBuffer } from "../../src/flexbuffers/check.js";
import { flexToValue } from "../../src/flexbuffers/value.js";
import { resolveLimits } from "../../src/wire/limits.js";
import { View } from "../../src/wire/view.js";
import { type Doc, docs, docText, docValue, pushDoc } from "./documents.js";
import { type Flatc, startFlatc } from "./flatc.js";

let flatc: Flatc;
beforeAll(async () => {
  flatc = await startFlatc();
});

describe("FlexBuilder beside flatc", () => {
  it("writes the same bytes for random documents, which pass both profiles and read back as they were", () => {
    fc.assert(
      fc.property(
        docs.filter((doc) => doc.kind !== "null"),
        (doc) => {
          const theirs = flatc.flexOf(docText(doc));
          if (typeof theirs === "string") throw new Error(theirs);
          expect(hex(build(doc))).toBe(hex(theirs));
          const view = View.on(theirs);
          const window = { view, start: 0, end: theirs.length };
          const limits = resolveLimits({}, theirs.length);
          checkFlexBuffer(window, createBudget(limits), { profile: "strict" });
          checkFlexBuffer(window, createBudget(limits), { profile: "native" });
          deepStrictEqual(flexToValue(view, 0, theirs.length), docValue(doc));
        },
      ),
      { numRuns: 300, seed: 20260112 },
    );
  });

  const long = (length: number): Doc => ({ kind: "string", value: "z".repeat(length) });
  const ints = (count: number): Doc[] =>
    Array.from({ length: count }, (_, at) => ({ kind: "int", value: BigInt(at % 50) }));
  const sized: [name: string, doc: Doc][] = [254, 255, 256, 257, 65534, 65535, 65536].flatMap((size) => [
    [`a string of ${size}`, long(size)],
    [`${size} numbers`, { kind: "vector", value: ints(size) }],
    [`an offset over ${size}`, { kind: "vector", value: [{ kind: "string", value: "a" }, long(size - 8), long(3)] }],
    [
      `a map whose keys are ${size} away`,
      {
        kind: "map",
        value: [
          ["first", { kind: "int", value: 1n }],
          ["next", long(size - 12)],
          ["last", { kind: "float", value: 0.1 }],
        ],
      },
    ],
  ]);
  it.each(sized)("writes the same bytes for %s", (_name, doc) => {
    const theirs = flatc.flexOf(docText(doc));
    expect(hex(build(doc)) === hex(theirs as Uint8Array)).toBe(true);
  });

  it("writes the same bytes when offsets are about to outgrow a byte, in vectors and in maps", () => {
    const filler = (length: number): Doc => ({ kind: "string", value: "f".repeat(length) });
    const number: Doc = { kind: "int", value: 1n };
    const text: Doc = { kind: "string", value: "t" };
    for (let length = 160; length < 256; length++) {
      for (const count of [1, 5, 16]) {
        const elements = Array.from({ length: count }, () => number);
        const entries = elements.map((element, at): [string, Doc] => [`k${at}`, element]);
        const vector: Doc = { kind: "vector", value: [text, filler(length), ...elements, text] };
        const map: Doc = { kind: "map", value: [["a", text], ["b", filler(length)], ...entries, ["z", text]] };
        for (const doc of [vector, map]) expect(hex(build(doc))).toBe(hex(flatc.flexOf(docText(doc)) as Uint8Array));
      }
    }
  });

  it("writes zeros for padding where a shared string was taken back", () => {
    const texts: Doc[] = ["shared text", "shared text"].map((value) => ({ kind: "string", value }));
    const doc: Doc = { kind: "vector", value: [...texts, { kind: "float", value: 0.1 }] };
    expect(hex(build(doc))).toBe(hex(flatc.flexOf(docText(doc)) as Uint8Array));
  });

  it("refuses as flatc does a map with a key twice", () => {
    expect(flatc.flexOf('{"a":1,"a":2}')).toContain("FlexBuffers map has duplicate keys");
  });

  it("reads what flatc writes for infinities and NaN, and writes the same", () => {
    for (const [text, value] of [
      ["inf", Infinity],
      ["-inf", -Infinity],
      ["nan", Number.NaN],
      ["-0.0", -0],
    ] as const) {
      const theirs = flatc.flexOf(text) as Uint8Array;
      expect(flexToValue(View.on(theirs), 0, theirs.length)).toBe(value);
      expect(hex(build({ kind: "float", value }))).toBe(hex(theirs));
    }
  });

  it("keeps strings with NULs apart, as flatc does", () => {
    const doc: Doc = {
      kind: "vector",
      value: ["a\0b", "a\0c", "a", "a\0b"].map((value) => ({ kind: "string", value })),
    };
    expect(hex(build(doc))).toBe(hex(flatc.flexOf(docText(doc)) as Uint8Array));
  });
});

function build(doc: Doc): Uint8Array {
  const builder = new FlexBuilder();
  pushDoc(builder, doc);
  return builder.finish();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
