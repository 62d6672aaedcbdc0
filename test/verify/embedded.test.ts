import { describe, expect, it } from "vitest";
import { fromObject, type Limits, parseSchema, verify } from "../../src/index.js";

const schema = parseSchema(`
  table In { s: string; kid: In; }
  table R { pad: string; flex: [ubyte] (flexbuffer); nested: [ubyte] (nested_flatbuffer: "In"); name: string; }
  root_type R;
`);
const bytes = fromObject(schema, {
  flex: [
    [
      [1, 2, 3],
      ["ab", "ab"],
    ],
    { k: [4] },
  ],
  nested: { s: "x", kid: { kid: { s: "deep" } } },
  name: "n",
});

/** Where a limit stops the walk, or "ok". */
function stopsAt(limits: Partial<Limits>): string {
  const result = verify(schema, bytes, { limits });
  if (result.ok) return "ok";
  const [issue] = result.issues;
  return `${issue!.code} ${issue!.path} ${issue!.offset}`;
}

describe("limits are shared with the buffers inside a buffer", () => {
  it("counts what they show", () => {
    expect(verify(schema, bytes)).toMatchObject({
      ok: true,
      stats: { bytes: 176, tables: 4, depth: 4, visits: 22, apparentBytes: 269 },
    });
  });

  it("stops at the visit that is one too many, wherever it is", () => {
    const places = [
      ...["flex 124", "flex 166", "flex 162", "flex 162", "flex 145", "flex 145", "flex 129", "flex 129", "flex 129"],
      ...["flex 140", "flex 140", "flex 159", "flex 155", "flex 152", "nested 44", "nested 60", "nested.s 116"],
      ...["nested.kid 80", "nested.kid.kid 96", "nested.kid.kid.s 104", "name 36"],
    ];
    const expected = [...places.map((place) => `visit-limit root.${place}`), "ok", "ok"];
    expect(expected.map((_, at) => stopsAt({ maxVisits: at + 1 }))).toEqual(expected);
  });

  it("stops at the level that is one too deep", () => {
    const expected = ["162", "145", "129"].map((offset) => `depth-limit root.flex ${offset}`);
    expect([1, 2, 3, 4].map((maxDepth) => stopsAt({ maxDepth }))).toEqual([...expected, "ok"]);
  });

  it("stops at the byte that is one too many", () => {
    expect(stopsAt({ maxApparentBytes: 269 })).toBe("ok");
    expect(stopsAt({ maxApparentBytes: 268 })).toBe("apparent-size-limit root.name 36");
    const seen = new Set(Array.from({ length: 268 }, (_, at) => stopsAt({ maxApparentBytes: at + 1 }).split(" ")[1]));
    expect([...seen]).toEqual([
      ...["root", "root.flex", "root.nested", "root.nested.s", "root.nested.kid", "root.nested.kid.kid"],
      ...["root.nested.kid.kid.s", "root.name"],
    ]);
  });
});
