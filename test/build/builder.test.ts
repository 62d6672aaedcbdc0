import { describe, expect, it } from "vitest";
import { Builder } from "../../src/build/builder.js";

/** Hex in groups of four bytes. */
function hex(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/.{8}(?=.)/g, "$& ");
}

describe("Builder lays bytes out as flatc does", () => {
  it("writes an empty table", () => {
    const b = new Builder();
    b.startTable();
    expect(hex(b.finish(b.endTable()))).toBe("08000000 04000400 04000000");
  });

  it("puts the identifier behind the root offset", () => {
    const b = new Builder();
    b.startTable();
    expect(hex(b.finish(b.endTable(), { identifier: "TEST" }))).toBe("0c000000 54455354 04000400 04000000");
  });

  it("counts alignment from the size prefix", () => {
    const b = new Builder();
    b.startTable();
    b.addInt32(10, 3);
    expect(hex(b.finish(b.endTable(), { sizePrefixed: true }))).toBe(
      "18000000 10000000 0c000800 00000000 00000400 0c000000 03000000",
    );
  });

  it("writes strings in the order they are made", () => {
    const b = new Builder();
    const first = b.createString("A");
    const second = b.createString("B");
    b.startTable();
    b.addOffset(6, second);
    b.addOffset(4, first);
    expect(hex(b.finish(b.endTable()))).toBe(
      "0c000000 08000c00 04000800 08000000 10000000 04000000 01000000 42000000 01000000 41000000",
    );
  });

  it("writes a shared string once, beside an equal one that is not shared", () => {
    const b = new Builder();
    const first = b.createString("xy", true);
    const second = b.createString("xy", true);
    const third = b.createString("xy");
    expect(second).toBe(first);
    b.startTable();
    b.addOffset(8, third);
    b.addOffset(6, second);
    b.addOffset(4, first);
    expect(hex(b.finish(b.endTable()))).toBe(
      "10000000 00000a00 10000400 08000c00 0a000000 14000000 10000000 04000000 02000000 78790000 02000000 78790000",
    );
  });

  it("gives an empty vector no alignment for its elements, and a filled one all of it", () => {
    const empty = new Builder();
    const none = empty.createVector(new Uint8Array(0), 0, 0, 8, 8);
    empty.startTable();
    empty.addOffset(4, none);
    expect(hex(empty.finish(empty.endTable()))).toBe("0c000000 00000600 08000400 06000000 04000000 00000000");

    const one = new Builder();
    const text = one.createString("A");
    const doubles = one.createVector(new Uint8Array(Float64Array.of(1).buffer), 0, 8, 8, 8);
    one.startTable();
    one.addOffset(6, text);
    one.addOffset(4, doubles);
    expect(hex(one.finish(one.endTable()))).toBe(
      "10000000 00000000 08000c00 04000800 08000000 08000000 10000000 01000000 00000000 0000f03f 01000000 41000000",
    );
  });

  it("aligns a vector as force_align says", () => {
    const b = new Builder();
    const vector = b.createVector(Uint8Array.of(1, 2, 3), 0, 3, 1, 1, 16);
    b.startTable();
    b.addOffset(4, vector);
    expect(hex(b.finish(b.endTable()))).toBe(
      "14000000 00000000 00000000 00000600 08000400 06000000 04000000 03000000 01020300 00000000 00000000 00000000",
    );
  });

  it("reuses an equal vtable of another table, whatever its type", () => {
    const b = new Builder();
    const tables = [1, 2, undefined].map((value) => {
      b.startTable();
      if (value !== undefined) b.addInt32(4, value);
      return b.endTable();
    });
    const vector = b.createOffsetVector(tables);
    b.startTable();
    b.addOffset(4, vector);
    expect(hex(b.finish(b.endTable()))).toBe(
      "04000000 ceffffff 04000000 03000000 2c000000 18000000 08000000 04000600 04000000 00000600 0a000400 06000000 02000000 00000600 08000400 06000000 01000000",
    );
  });

  it("writes 64-bit offsets and lengths with the elements right behind the length", () => {
    const b = new Builder();
    const vector = b.createVector(Uint8Array.of(7, 8, 9), 0, 3, 1, 1, 1, true);
    b.startTable();
    b.addOffset64(4, vector);
    const bytes = b.finish(b.endTable());
    const view = new DataView(bytes.buffer);
    const root = view.getUint32(0, true);
    const field = root + view.getUint16(root - view.getInt32(root, true) + 4, true);
    const pos = field + Number(view.getBigUint64(field, true));
    expect(field % 8).toBe(0);
    expect(pos % 8).toBe(0);
    expect(view.getBigUint64(pos, true)).toBe(3n);
    expect([...bytes.subarray(pos + 8, pos + 11)]).toEqual([7, 8, 9]);
  });
});

describe("Builder stands up to size", () => {
  it("keeps what it wrote while its memory grows", () => {
    const b = new Builder(1);
    const refs = Array.from({ length: 2000 }, (_, index) => b.createString(`text ${index}`));
    const vector = b.createOffsetVector(refs);
    b.startTable();
    b.addOffset(4, vector);
    const bytes = b.finish(b.endTable());
    const view = new DataView(bytes.buffer);
    const text = new TextDecoder().decode(bytes);
    expect(bytes.length).toBe(b.size);
    expect(view.getUint32(view.getUint32(0, true) + 8, true)).toBe(2000);
    expect(text).toContain("text 0\0");
    expect(text).toContain("text 1999\0");
  });

  it("finds each of very many different vtables again", () => {
    const b = new Builder();
    const sizes: number[] = [];
    for (let round = 0; round < 2; round++) {
      for (let combination = 1; combination < 1 << 12; combination++) {
        b.startTable();
        for (let id = 0; id < 12; id++) if (combination & (1 << id)) b.addInt8(4 + 2 * id, 1);
        b.endTable();
      }
      sizes.push(b.size);
    }
    // In the second round nothing but the tables is written: soffset and at most 12 bytes, padded to 4.
    expect(sizes[1]! - sizes[0]!).toBeLessThan(sizes[0]! / 1.5);
    expect(sizes[1]! - sizes[0]!).toBeLessThanOrEqual(4095 * 16);
  });

  it("refuses a table that its 16-bit size can't tell", () => {
    const b = new Builder();
    b.startTable();
    b.addStruct(4, new Uint8Array(65536), 0, 65536, 1);
    expect(() => b.endTable()).toThrowError(expect.objectContaining({ code: "table-size-out-of-range" }));
    const wide = new Builder();
    wide.startTable();
    wide.addInt8(4 + 2 * 32766, 1);
    expect(() => wide.endTable()).toThrowError(expect.objectContaining({ code: "table-size-out-of-range" }));
  });

  it("zeroes padding over what was dropped", () => {
    const b = new Builder();
    const keep = b.createString("same", true);
    b.createString("same", true); // written, found to be known, dropped: its bytes are still in memory
    b.pushInt8(1);
    b.startTable();
    b.addOffset(4, keep);
    const bytes = b.finish(b.endTable());
    const one = bytes.lastIndexOf(1);
    expect([...bytes.subarray(one - 3, one)]).toEqual([0, 0, 0]);
  });

  it("refuses an identifier that has not four bytes", () => {
    const b = new Builder();
    b.startTable();
    const root = b.endTable();
    expect(() => b.finish(root, { identifier: "ABC" })).toThrowError(
      expect.objectContaining({ code: "invalid-argument" }),
    );
  });
});
