import { describe, expect, it } from "vitest";
import { verify } from "../../src/index.js";
import { bombs, legal } from "../hostile/bombs.js";
import { fb, hostile } from "../support/fb.js";

describe.each(Object.entries(bombs))("%s", (_name, make) => {
  it("is refused by verify at a limit, in both profiles", () => {
    const bytes = make();
    for (const profile of ["strict", "native"] as const) {
      const result = verify(hostile, bytes, { profile });
      expect(result.ok ? "accepted" : result.issues[0]?.code).toMatch(/^(visit|apparent-size)-limit$/);
    }
  });
});

describe("honest sharing passes", () => {
  it("takes a million references to one string of 100 bytes", () => {
    const bytes = legal["one string of 100 bytes in a million slots"]!();
    expect(verify(hostile, bytes)).toMatchObject({ ok: true, stats: { visits: 1_000_002 } });
  });

  it("checks a shared table against the depth of every place that refers to it", () => {
    // The same chain of 40 is reached from the root, where it fits in 64 levels, and from level 30, where it doesn't.
    const make = (from: number) => {
      const buffer = fb()
        .vtable("Root", 12, { child: 4, text: 8 })
        .vtable("Root", 12, { child: 4, children: 8 }, "top")
        .vtable("Root", 4, {}, "last");
      buffer.table("root", "top").to("a1").to("shared");
      for (let level = 1; level <= from; level++)
        buffer
          .table(`a${level}`)
          .to(level === from ? "b1" : `a${level + 1}`)
          .to("long");
      buffer.label("shared").u32(1).to("b1");
      for (let level = 1; level < 40; level++)
        buffer
          .table(`b${level}`)
          .to(`b${level + 1}`)
          .to("long");
      return buffer.table("b40", "last").label("long").text("z".repeat(8000)).build();
    };
    expect(verify(hostile, make(23))).toMatchObject({ ok: true, stats: { depth: 64 } });
    const deep = verify(hostile, make(24));
    expect(deep.ok ? "accepted" : deep.issues[0]?.code).toBe("depth-limit");
  });

  it("doesn't take what was checked as one type for another", () => {
    // The same table is a good Leaf (its first field is a string), but no good Must; a memo by position alone would say yes.
    const make = (second: string) => {
      const buffer = fb()
        .vtable("Root", 16, { leaf: 4, [second]: 8, text: 12 }, "top")
        .vtable("Leaf", 8, { name: 4 });
      buffer.table("root", "top").to("both").to("both").to("long").table("both").to("name").label("name").text("n");
      // Enough shared bytes to make the walk start over with a memo.
      buffer.label("long").text("x".repeat(3000));
      return buffer.build();
    };
    const shown = (bytes: Uint8Array) => verify(hostile, bytes);
    expect(shown(make("old")).ok).toBe(true);
    expect(shown(make("must"))).toMatchObject({ ok: false, issues: [{ code: "missing-required" }] });
  });
});

describe("limits grow with the buffer", () => {
  it("lets an honest buffer of a million small tables through", () => {
    const count = 1_000_000;
    const head = fb()
      .vtable("Root", 8, { children: 4 })
      .vtable("Root", 4, {}, "leaf")
      .table("root")
      .to("vector")
      .label("vector");
    const start = head.pos + 4;
    const bytes = new Uint8Array(start + 8 * count);
    const data = new DataView(bytes.buffer);
    bytes.set(head.build());
    data.setUint32(start - 4, count, true);
    for (let index = 0; index < count; index++) {
      const table = start + 4 * count + 4 * index;
      data.setUint32(start + 4 * index, table - (start + 4 * index), true);
      data.setInt32(table, table - head.at("leaf"), true);
    }
    expect(verify(hostile, bytes)).toMatchObject({ ok: true, stats: { tables: count + 1, visits: count + 2 } });
  });
});
