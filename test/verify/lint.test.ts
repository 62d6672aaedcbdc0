import { describe, expect, it } from "vitest";
import { NOTE_CODES, type Note, verify } from "../../src/index.js";
import { type BufferWords, fb, honest, hostile } from "../support/fb.js";

function notesOf(bytes: Uint8Array, lint = true): readonly Note[] {
  const result = verify(hostile, bytes, { lint });
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.notes;
}

const cases: Record<string, { code: Note["code"]; path: string; make: (bad: boolean) => BufferWords }> = {
  "a bool stored as 2": {
    code: "bool-not-0-or-1",
    path: "root.flag",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { flag: 4 })
        .table("root")
        .u8(bad ? 2 : 1, 0, 0, 0),
  },
  "a bool in a vector": {
    code: "bool-not-0-or-1",
    path: "root.bools",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { bools: 4 })
        .table("root")
        .to("v")
        .label("v")
        .u32(2)
        .u8(1, bad ? 9 : 0, 0, 0),
  },
  "an enum value nobody named": {
    code: "unknown-enum-value",
    path: "root.color",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { color: 4 })
        .table("root")
        .u8(bad ? 3 : 2, 0, 0, 0),
  },
  "a bit flag nobody named": {
    code: "unknown-enum-value",
    path: "root.mood",
    make: (bad) =>
      fb()
        .vtable("Root", 8, { mood: 4 })
        .table("root")
        .u8(bad ? 7 : 3, 0, 0, 0),
  },
  "an enum value in a fixed array of a struct": {
    code: "unknown-enum-value",
    path: "root.flags",
    make: (bad) => flags((struct) => struct.u8(1, 0, bad ? 8 : 2, 1, 0, 0, 0, 0).u64(1n, 2n)),
  },
  "padding in a struct": {
    code: "padding-not-zero",
    path: "root.flags",
    make: (bad) => flags((struct) => struct.u8(1, 0, 1, 2, 0, 0, bad ? 1 : 0, 0).u64(1n, 2n)),
  },
  "int keys out of order": {
    code: "keys-unsorted",
    path: "root.entries",
    make: (bad) => {
      const buffer = fb()
        .vtable("Root", 8, { entries: 4 }, "rootVtable")
        .vtable("Entry", 8, { key: 4 })
        .table("root", "rootVtable");
      return buffer
        .to("v")
        .label("v")
        .u32(2)
        .to("a")
        .to("b")
        .table("a")
        .u32(bad ? 5 : -5)
        .table("b")
        .u32(3);
    },
  },
  "string keys out of order": {
    code: "keys-unsorted",
    path: "root.words",
    make: (bad) => {
      const buffer = fb()
        .vtable("Root", 8, { words: 4 }, "rootVtable")
        .vtable("Named", 8, { name: 4 })
        .table("root", "rootVtable");
      buffer.to("v").label("v").u32(2).to("a").to("b").table("a").to("x").table("b").to("y");
      return buffer
        .label("x")
        .text(bad ? "b" : "a")
        .label("y")
        .text("ab");
    },
  },
  "a string inside another": {
    code: "regions-overlap",
    path: "root",
    make: (bad) => {
      const buffer = fb()
        .vtable("Root", 8, { names: 4 })
        .table("root")
        .to("v")
        .label("v")
        .u32(2)
        .to("a")
        .to(bad ? "b" : "c");
      return buffer.label("a").u32(8).label("b").u32(0, 0).u8(0, 0, 0, 0).label("c").text("c");
    },
  },
  "bytes between the parts": {
    code: "padding-not-zero",
    path: "root",
    make: (bad) =>
      fb()
        .u32(bad ? 1 : 0)
        .vtable("Root", 4, {})
        .table("root"),
  },
  "bytes behind the parts": {
    code: "trailing-bytes",
    path: "root",
    make: (bad) =>
      fb()
        .vtable("Root", 4, {})
        .table("root")
        .u32(...new Array<number>(bad ? 8 : 7).fill(0)),
  },
};

describe("lint notes what is legal but suspicious", () => {
  it.each(Object.entries(cases))("%s", (_what, { code, path, make }) => {
    expect(notesOf(make(false).build())).toEqual([]);
    const notes = notesOf(make(true).build());
    expect(notes.map((note) => ({ code: note.code, path: note.path }))).toContainEqual({ code, path });
  });

  it("finds nothing in what flatc writes", () => {
    expect(notesOf(honest)).toEqual([]);
  });

  it("keeps quiet unless asked, but for what verification itself meets", () => {
    const bad = cases["a bool stored as 2"]!.make(true).build();
    expect(notesOf(bad, false)).toEqual([]);
    const unknown = fb()
      .vtable("Root", 12, { any: 4, any_type: 8 })
      .table("root")
      .to("x")
      .u8(77, 0, 0, 0)
      .label("x")
      .text("")
      .build();
    expect(notesOf(unknown, false)).toMatchObject([{ code: "unknown-union-type", path: "root.any" }]);
    const lonely = fb().vtable("Root", 8, { any_type: 4 }).table("root").u8(1, 0, 0, 0).build();
    expect(notesOf(lonely, false)).toMatchObject([{ code: "union-type-without-value", path: "root.any" }]);
  });

  it("has a case for every code", () => {
    const covered = new Set([
      ...Object.values(cases).map(({ code }) => code),
      "unknown-union-type",
      "union-type-without-value",
    ]);
    expect([...NOTE_CODES].filter((code) => !covered.has(code))).toEqual([]);
  });
});

/** A root with a `Flags` struct, aligned to 8. */
function flags(write: (buffer: BufferWords) => BufferWords): BufferWords {
  const buffer = fb().vtable("Root", 32, { flags: 8 });
  while (buffer.pos % 8 !== 0) buffer.u32(0);
  return write(buffer.table("root").u32(0));
}
