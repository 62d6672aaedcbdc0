import { describe, expect, it } from "vitest";
import { parseSchema, type VerifyResult, verify } from "../../src/index.js";
import { openBuffer } from "../../src/verify/open.js";
import { looksSizePrefixed } from "../../src/verify/root.js";
import { viewOf } from "../../src/wire/view.js";
import { fb, hostile, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

describe("the hint at a size prefix", () => {
  it.each([
    ["0 bytes", []],
    ["4 bytes", [0, 0, 0, 0]],
    ["6 bytes", [2, 0, 0, 0, 4, 0]],
    ["12 bytes, 8 of them behind the prefix", [8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]],
  ])("is not for what has no room for a buffer behind a prefix: %s", (_, bytes) => {
    expect(looksSizePrefixed(viewOf(Uint8Array.from(bytes)))).toBe(false);
  });

  it("is not for an identifier at byte 8 alone", () => {
    const bytes = words().to("root").ascii("NOPE").ascii("HOST").label("vtable").u16(4, 4).table("root").u32(0).build();
    expect(verdict(hostile, bytes)).toEqual(["wrong-identifier root 4"]);
  });

  it("is not for what is wrong further in, where the root was found", () => {
    const demanding = parseSchema("table T { must: string (required); } root_type T;");
    // The root offset is the length of the rest, as a size prefix is, and what follows might be a root offset.
    const bytes = words().to("root").u32(8).label("vtable").u16(4, 4).table("root").build();
    expect(looksSizePrefixed(viewOf(bytes))).toBe(true);
    expect(verdict(demanding, bytes)).toEqual(["missing-required root.must 12"]);
    bytes[12] = 0x7f;
    expect(verdict(demanding, bytes)).toEqual(["size-prefix-unexpected root 12"]);
  });
});

describe("memory that was transferred away", () => {
  it("is an issue at the root of no bytes", () => {
    const bytes = new Uint8Array(16);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(verify(hostile, bytes)).toMatchObject({
      ok: false,
      issues: [{ code: "buffer-detached", path: "root", offset: 0 }],
      stats: { bytes: 0, tables: 0, depth: 0, visits: 0, apparentBytes: 0 },
    });
  });
});

describe("a reader's gate", () => {
  it("lets through what is only worth a note", () => {
    const bytes = fb().vtable("Root", 8, { any_type: 4 }).table("root").u8(1, 0, 0, 0).build();
    expect(verify(hostile, bytes)).toMatchObject({ ok: true, notes: [{ code: "union-type-without-value" }] });
    expect(openBuffer(hostile, bytes, {})).toMatchObject({ trusted: false, pos: bytes.length - 8 });
  });
});

describe("a stack that is nearly used up", () => {
  const LEVELS = 900;

  function chain(): Uint8Array {
    const buffer = words().to("level1").label("vtable").u16(6, 8, 4).align(4);
    for (let level = 1; level < LEVELS; level++) buffer.table(`level${level}`).to(`level${level + 1}`);
    return buffer.table(`level${LEVELS}`).u32(0).build();
  }

  function flex(): Uint8Array {
    // A vector of 1 byte that leads to the byte before itself, over and over: [[[...]]], innermost an empty one.
    const nested = [0];
    for (let level = 1; level < LEVELS; level++) nested.push(1, level === 1 ? 1 : 3, 40);
    const buffer = words().to("root").label("vtable").u16(8, 8, 0, 4).table("root").to("flex");
    return buffer
      .label("flex")
      .u32(nested.length + 3)
      .u8(...nested, 2, 40, 1)
      .build();
  }

  const schema = parseSchema("table T { kid: T; flex: [ubyte] (flexbuffer); } root_type T;");

  it.each([
    ["FlexBuffers data", flex(), "passed"],
    ["a chain of tables", chain(), "uoffset-zero"],
  ])("is told as a limit of depth, and lets nothing pass that was not seen: %s", (_, bytes, code) => {
    const codes: string[] = [];
    const look = () => {
      const result: VerifyResult = verify(schema, bytes, { limits: { maxDepth: 1000 } });
      codes.push(result.ok ? "passed" : result.issues[0]!.code);
    };
    look();
    expect(codes.splice(0)).toEqual([code]);
    // Down to the last frame; then, frame by frame, up again as soon as there is room for an answer.
    const descend = (): void => {
      try {
        descend();
      } catch {
        look();
        return;
      }
      if (codes.length < 50) look();
    };
    descend();
    expect(codes).toEqual(new Array(50).fill("depth-limit"));
  });
});
