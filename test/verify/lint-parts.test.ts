import { describe, expect, it } from "vitest";
import { parseSchema, type Schema, type VerifyOptions } from "../../src/index.js";
import { fb, hostile, words } from "../support/fb.js";
import { verdict } from "./verdict.js";

const lint = (schema: Schema, bytes: Uint8Array, options: VerifyOptions = {}) =>
  verdict(schema, bytes, { lint: true, ...options });

describe("what is shared", () => {
  it("overlaps nothing: a vector, a string, a union's struct", () => {
    const schema = parseSchema(`
      struct P { x: int; } union U { P }
      table T { a: [int]; b: [int]; s: string; t: string; u: U; v: U; } root_type T;`);
    const buffer = words().to("root").label("vtable").u16(20, 32, 4, 8, 12, 16, 28, 20, 29, 24).table("root");
    buffer.to("ints").to("ints").to("text").to("text").to("struct").to("struct").u8(1, 1, 0, 0);
    const bytes = buffer.label("ints").u32(1, 7).label("text").text("abc").label("struct").u32(9).build();
    expect(lint(schema, bytes)).toEqual([]);
  });

  const kinds = parseSchema(`
    enum Tone : ubyte { Low } table A { flag: bool; } table B { tone: Tone; }
    table T { n: [ubyte] (nested_flatbuffer: "A"); o: [ubyte] (nested_flatbuffer: "B"); names: [string]; tones: [Tone]; }
    root_type T;`);

  it("is looked at as each of the roots that a nested buffer has", () => {
    const buffer = words().to("root").label("vtable").u16(8, 12, 4, 8).table("root").to("held").to("held");
    const start = buffer.label("held").u32(20).pos;
    const inner = words().to("root").label("vtable").u16(6, 8, 4).align(4).table("root").u8(2, 0, 0, 0).build();
    const notes = lint(kinds, buffer.u8(...inner).build());
    expect(notes).toContain(`bool-not-0-or-1 root.n.flag ${start + 16}`);
    expect(notes).toContain(`unknown-enum-value root.o.tone ${start + 16}`);
  });

  it("is looked at as each kind of vector", () => {
    const buffer = words().to("root").label("vtable").u16(12, 12, 0, 0, 4, 8).table("root").to("v").to("v");
    const start = buffer.label("v").u32(1).pos;
    // The low byte of the string's offset, 4, is no Tone.
    expect(lint(kinds, buffer.to("s").label("s").text("").build())).toEqual([
      `unknown-enum-value root.tones ${start}`,
      `regions-overlap root ${start - 4}`,
    ]);
  });

  it("is told from what lies a megabyte further on", () => {
    const schema = parseSchema(`
      table A { flag: bool; } table B { x: int; } table R { b: B; pad: [ubyte]; a: A; } root_type R;`);
    const buffer = words().to("root").label("vtable").u16(10, 16, 4, 8, 12).align(4).table("root");
    buffer.to("b").to("pad").to("a").label("leaf").u16(6, 8, 4).align(4).table("b", "leaf").u32(7).label("pad");
    const far = buffer.at("b") + 1_048_576;
    buffer.u32(far - buffer.pos - 4);
    while (buffer.pos < far) buffer.u32(0);
    expect(lint(schema, buffer.table("a", "leaf").u8(2, 0, 0, 0).build())).toEqual([
      `bool-not-0-or-1 root.a.flag ${far + 4}`,
    ]);
  });
});

describe("notes", () => {
  const bools = (count: number) => {
    const buffer = fb().vtable("Root", 8, { bools: 4 }).table("root").to("v").label("v").u32(count);
    return buffer.u8(...new Array<number>(count).fill(2)).build();
  };

  it("are kept up to a hundred, or to maxIssues if that is more", () => {
    const counts = [99, 100, 101, 150].map((count) => lint(hostile, bools(count)).length);
    expect(counts).toEqual([99, 100, 100, 100]);
    const kept = (maxIssues: number) => lint(hostile, bools(150), { limits: { maxIssues } }).length;
    expect([99, 101, 149, 150, 151].map(kept)).toEqual([100, 101, 149, 150, 150]);
  });

  it("go on behind FlexBuffers data, which has no parts to look at", () => {
    const schema = parseSchema("table T { x: [ubyte] (flexbuffer); late: bool; } root_type T;");
    const buffer = words().to("root").label("vtable").u16(8, 12, 4, 8).table("root").to("x").u8(2, 0, 0, 0);
    const bytes = buffer.label("x").u32(3).u8(5, 4, 1).build();
    expect(lint(schema, bytes)).toEqual(["bool-not-0-or-1 root.late 20"]);
  });
});

describe("what belongs to something", () => {
  const older = parseSchema('table T { a: int; } table Other { } root_type T; file_identifier "ABCD";');

  it("is all of a table that has fields of a newer schema", () => {
    const buffer = words().to("root").ascii("ABCD").label("vtable").u16(8, 12, 4, 8).table("root");
    expect(lint(older, buffer.u32(1, 2).build())).toEqual([]);
  });

  it("is no file identifier in a buffer that has none", () => {
    const bytes = words().to("root").label("vtable").u16(4, 4).table("root").build();
    expect(lint(older, bytes, { rootType: "Other" })).toEqual([]);
    expect(lint(older, bytes, { identifier: "ignore" })).toEqual([]);
  });
});

describe("what only the native profile accepts", () => {
  it("ends the notes where it would lead out of the buffer", () => {
    const buffer = fb().vtable("Root", 12, { flag: 8, old: 4 }, "rootVtable").vtable("Old", 8, { gone: 4 });
    buffer.table("root", "rootVtable").to("old").label("flag").u8(2, 0, 0, 0).table("old").u32(0x7fffffff);
    expect(lint(hostile, buffer.build(), { profile: "native" })).toEqual([
      `bool-not-0-or-1 root.flag ${buffer.at("flag")}`,
    ]);
  });

  it("is not looked at where a union has a value and no type", () => {
    // The low byte of the root's offset to its vtable, 8, is a member; what the value leads to would be a good one.
    const schema = parseSchema("table B { flag: bool; } union U { B = 8 } table T { u: U; } root_type T;");
    const buffer = words().to("root").label("vtable").u16(8, 8, 0, 4).table("root").to("b");
    const behind = buffer.pos;
    buffer.label("b vtable").u16(6, 8, 4).align(4).table("b", "b vtable").u8(2, 0, 0, 0);
    expect(lint(schema, buffer.build(), { profile: "native" })).toEqual([`trailing-bytes root ${behind}`]);
  });
});
