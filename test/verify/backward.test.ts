import { describe, expect, it } from "vitest";
import { parseSchema, verify } from "../../src/index.js";
import { type BufferWords, words } from "../support/fb.js";
import { expectBothAgree } from "./both-walks.js";

const schema = parseSchema(`
  struct Point { x: int; }
  table Leaf { text: string; }
  union Any { Leaf, Point, Text: string }
  table Root {
    name: string; leaf: Leaf; leaves: [Leaf]; names: [string]; bytes: [ubyte]; any: Any; many: [Any];
    nested: [ubyte] (nested_flatbuffer: "Leaf"); flex: [ubyte] (flexbuffer);
  }
  root_type Root;`);

const SLOTS = { name: 0, leaf: 1, leaves: 2, names: 3, bytes: 4, any: 6, many: 8, nested: 9, flex: 10 };

/** A good piece of each kind, and behind it a root whose field `name` leads to what `put` writes there. */
function buffer(name: keyof typeof SLOTS, put: (buffer: BufferWords) => unknown, tag = 0): Uint8Array {
  const out = words().to("root").label("leaf vtable").u16(4, 4);
  out.table("leaf", "leaf vtable").label("text").text("good").label("point").u32(7);
  out.label("no leaves").u32(0).label("bytes").u32(4).u8(1, 2, 3, 4).label("types").u32(1).u8(tag).align(4);
  const slot = SLOTS[name];
  const entries = new Array<number>(slot + 1).fill(0);
  entries[slot] = 4;
  if (tag !== 0) entries[slot - 1] = 8;
  out
    .label("root vtable")
    .u16(4 + 2 * entries.length, 12, ...entries)
    .align(4);
  out.table("root", "root vtable");
  put(out);
  return out.build();
}

/** The type of a union lies behind the offset of its value; a vector of unions has an offset there. */
const typed = (put: (buffer: BufferWords) => BufferWords, tag: number) => (out: BufferWords) => put(out).u32(tag);

type Case = readonly [what: string, name: keyof typeof SLOTS, put: (out: BufferWords) => BufferWords, tag: number];

describe("an offset that leads backwards to something good", () => {
  it.each<Case>([
    ["a string", "name", (out) => out.to("text").u32(0), 0],
    ["a table", "leaf", (out) => out.to("leaf").u32(0), 0],
    ["a vector of tables", "leaves", (out) => out.to("no leaves").u32(0), 0],
    ["a vector of strings", "names", (out) => out.to("no leaves").u32(0), 0],
    ["a vector of bytes", "bytes", (out) => out.to("bytes").u32(0), 0],
    ["a table in a vector", "leaves", (out) => out.to("list").u32(0).label("list").u32(1).to("leaf"), 0],
    ["a string in a vector", "names", (out) => out.to("list").u32(0).label("list").u32(1).to("text"), 0],
    ["a member that is a table", "any", typed((out) => out.to("leaf"), 1), 1],
    ["a member that is a struct", "any", typed((out) => out.to("point"), 2), 2],
    ["a member that is a string", "any", typed((out) => out.to("text"), 3), 3],
    ["FlexBuffers", "flex", (out) => out.to("bytes").u32(0), 0],
  ])("is refused: %s", (_, name, put, tag) => {
    const bytes = buffer(name, put, tag);
    const path = tag === 0 ? `root.${name}` : "root.any";
    expect(verify(schema, bytes)).toMatchObject({ ok: false, issues: [{ path: expect.stringContaining(path) }] });
    expectBothAgree(schema, bytes, {});
  });
});

describe("a length below zero", () => {
  // It says that the string ends before it begins, at a byte that is zero.
  const text = (length: number) =>
    buffer("name", (out) =>
      out
        .to("text 2")
        .u32(0, 0)
        .label("text 2")
        .u32(length >>> 0),
    );

  it.each([-1, -4, -5, -8])("is refused: %i", (length) => {
    expect(verify(schema, text(length))).toMatchObject({ ok: false, issues: [{ path: "root.name" }] });
    expectBothAgree(schema, text(length), {});
  });
});
