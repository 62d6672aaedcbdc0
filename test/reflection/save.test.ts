import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSchema } from "../../src/fbs/index.js";
import { reflectionSchema } from "../../src/reflection/bootstrap.js";
import { loadSchema } from "../../src/reflection/load.js";
import { saveSchema } from "../../src/reflection/save.js";
import { compareUtf8 } from "../../src/text/compare-utf8.js";
import { verify } from "../../src/verify/verify.js";
import { modelOf } from "../fbs/model-of.js";

const everything = { comments: true, isSaved: () => true };

describe("saveSchema", () => {
  it("writes the model that the library boots from so that loading gives it back", () => {
    const loaded = loadSchema(saveSchema(reflectionSchema(), everything));
    expect(modelOf(loaded)).toBe(modelOf(reflectionSchema()));
  });

  it("writes a loaded schema again, whatever wrote it first", () => {
    const golden = new Uint8Array(readFileSync(new URL("../../reflection/reflection.bfbs", import.meta.url)));
    const loaded = loadSchema(golden);
    expect(modelOf(loadSchema(saveSchema(loaded, everything)))).toBe(modelOf(loaded));
  });

  it("makes buffers that pass the strictest gate", () => {
    const schema = parseSchema(
      `enum E : ulong { A = 18446744073709551615, B = 0 } union U { T, S: string } struct P { x: double; y: [byte:3]; }
       table T (original_order) { a: E = A; u: [U]; p: [P]; s: string = "x"; d: double = nan; n: int = null; }
       rpc_service R { f(T): T; } root_type T; file_identifier "ABCD";`,
      { bfbs: { builtins: true, comments: true } },
    );
    expect(verify(reflectionSchema(), schema.bytes).ok).toBe(true);
  });

  it("writes only the attributes and comments that are wanted", () => {
    const schema = parseSchema("attribute mine; /// doc\ntable T (mine) {}".replace("; /", ";\n/"));
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
    expect(text(saveSchema(schema, everything))).toMatch(/mine.* doc| doc.*mine/s);
    expect(text(saveSchema(schema, { comments: false, isSaved: () => false }))).not.toMatch(/mine| doc/);
  });

  it("writes an unsigned default above 2^63 as flatc does, which is 0, and keeps the enum's value", () => {
    const text = "enum E : ulong { A = 18446744073709551615 } table T { a: E = A; b: ulong = 9223372036854775807; }";
    const loaded = loadSchema(parseSchema(text).bytes);
    expect(loaded.enum("E")?.values[0]?.value).toBe(2n ** 64n - 1n);
    expect(loaded.object("T")?.fields.map(({ defaultInteger }) => defaultInteger)).toEqual([0n, 2n ** 63n - 1n]);
  });
});

describe("compareUtf8", () => {
  it("orders as the bytes do, also where surrogates meet the end of the basic plane", () => {
    const texts = [
      "",
      "a",
      "ab",
      "b",
      "é",
      "\u07ff",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "\u{10000}",
      "\u{10ffff}",
      "a\uffff",
      "a\u{10000}",
    ];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].reverse().sort(compareUtf8)).toEqual(byBytes);
  });
});
