import { describe, expect, it } from "vitest";
import { FlatbufferError, type Issue, toJSON, type VerifyOptions, verify } from "../../src/index.js";
import { fb, honest, hostile, words } from "../support/fb.js";

function issuesOf(bytes: Uint8Array, options: VerifyOptions = {}): readonly Issue[] {
  const result = verify(hostile, bytes, options);
  if (result.ok) throw new Error("accepted");
  return result.issues;
}

describe("a good buffer", () => {
  it("passes in both profiles with the counts of what was checked", () => {
    const result = verify(hostile, honest);
    expect(result).toMatchObject({ ok: true, notes: [], stats: { bytes: honest.length, tables: 18, depth: 3 } });
    expect(verify(hostile, honest, { profile: "native" }).ok).toBe(true);
  });

  it("counts the smallest buffer as one table", () => {
    const bytes = fb().vtable("Root", 4, {}).table("root").build();
    expect(verify(hostile, bytes).stats).toEqual({ bytes: 16, tables: 1, depth: 1, visits: 1, apparentBytes: 8 });
  });

  it("has the same counts however often a part is shared", () => {
    const shared = (count: number) => {
      const buffer = fb().vtable("Root", 8, { leaves: 4 }, "rootVtable").vtable("Leaf", 8, { name: 4 });
      buffer.table("root", "rootVtable").to("vector").label("vector").u32(count);
      for (let index = 0; index < count; index++) buffer.to("leaf");
      return buffer.table("leaf").to("name").label("name").text("x".repeat(2000)).build();
    };
    // 100 references stay on the first walk's allowance in visits, but not in bytes: the second walk counts with a memo.
    const [one, hundred] = [verify(hostile, shared(1)).stats, verify(hostile, shared(100)).stats];
    expect(hundred.visits - one.visits).toBe(99 * 2);
    expect(hundred.apparentBytes - one.apparentBytes).toBe(99 * (8 + 6 + 2005) + 99 * 4);
    expect(hundred.depth).toBe(one.depth);
  });
});

describe("issues", () => {
  it("name the place down to element and union member", () => {
    const bytes = fb()
      .vtable("Root", 12, { anys_type: 4, anys: 8 }, "rootVtable")
      .vtable("Leaf", 8, { name: 4 })
      .table("root", "rootVtable")
      .to("types")
      .to("values")
      .label("types")
      .u32(2)
      .u8(1, 1, 0, 0)
      .label("values")
      .u32(2)
      .to("good")
      .to("bad")
      .table("good")
      .to("name")
      .table("bad")
      .u32(4)
      .u32(0xffff)
      .label("name")
      .text("x")
      .build();
    const [issue] = issuesOf(bytes);
    expect(issue).toMatchObject({ code: "string-out-of-range", path: "root.anys[1]<Leaf>.name" });
    expect(issue?.message).toContain("65535 bytes");
  });

  it("are collected up to maxIssues, each with its own place", () => {
    const buffer = fb().vtable("Root", 8, { names: 4 }).table("root").to("vector").label("vector").u32(3);
    const bytes = buffer.u32(0).u32(0x7fffffff).to("name").label("name").u32(1).u8(0xff, 0, 0, 0).build();
    const places = (maxIssues: number) =>
      issuesOf(bytes, { limits: { maxIssues } }).map(({ code, path }) => `${path} ${code}`);
    expect(places(1)).toEqual(["root.names[0] uoffset-zero"]);
    expect(places(9)).toEqual([
      "root.names[0] uoffset-zero",
      "root.names[1] uoffset-out-of-range",
      "root.names[2] invalid-utf8",
    ]);
  });

  it("reach readers as one FlatbufferError with code, path, offset and all that was collected", () => {
    const bytes = fb().vtable("Root", 8, { text: 4 }).table("root").label("place").u32(0).build();
    try {
      toJSON(hostile, bytes);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(FlatbufferError);
      expect(error).toMatchObject({
        code: "uoffset-zero",
        path: "root.text",
        offset: 32,
        issues: [{ code: "uoffset-zero" }],
      });
    }
  });

  it("carry the limit that was passed, for readers too", () => {
    expect(() => toJSON(hostile, honest, { limits: { maxDepth: 2 } })).toThrow(
      expect.objectContaining({ code: "depth-limit", limit: 2, message: expect.stringContaining("maxDepth") }),
    );
  });
});

describe("what the buffer starts with", () => {
  const empty = fb().vtable("Root", 4, {}).table("root").build();
  const prefixed = words()
    .u32(empty.length)
    .u8(...empty)
    .build();

  it("tells an empty file, a 3-byte file and a prefix from one another", () => {
    expect(issuesOf(new Uint8Array(0))[0]).toMatchObject({
      code: "buffer-too-short",
      message: expect.stringContaining("empty"),
    });
    expect(issuesOf(new Uint8Array(3))[0]).toMatchObject({
      code: "buffer-too-short",
      message: expect.stringContaining("3 bytes"),
    });
    expect(issuesOf(prefixed)[0]).toMatchObject({
      code: "size-prefix-unexpected",
      message: expect.stringContaining("sizePrefixed"),
    });
    expect(issuesOf(empty, { sizePrefixed: true })[0]).toMatchObject({ code: "wrong-identifier", offset: 8 });
  });

  it("takes a prefixed buffer when told so, and holds it to its prefix", () => {
    expect(verify(hostile, prefixed, { sizePrefixed: true }).ok).toBe(true);
    const trailing = words()
      .u8(...prefixed, 0xaa, 0xaa)
      .build();
    expect(verify(hostile, trailing, { sizePrefixed: true, lint: true })).toMatchObject({
      ok: true,
      notes: [{ code: "trailing-bytes", offset: 20 }],
    });
  });

  it("gives the hint without an identifier, too", () => {
    const long = words()
      .u32(honest.length)
      .u8(...honest)
      .build();
    expect(issuesOf(long, { identifier: "ignore" })[0]).toMatchObject({ code: "size-prefix-unexpected", path: "root" });
  });

  it("checks the identifier for the root_type only, unless told to ignore it", () => {
    const other = empty.slice();
    other[4] = 0x41;
    expect(issuesOf(other)[0]).toMatchObject({ code: "wrong-identifier", offset: 4 });
    expect(verify(hostile, other, { identifier: "ignore" }).ok).toBe(true);
    expect(verify(hostile, other, { rootType: "Hostile.Leaf" }).ok).toBe(true);
  });
});

describe("misuse throws instead of blaming the bytes", () => {
  it.each<[VerifyOptions, string]>([
    [{ rootType: "Hostile.Nobody" }, "unknown-root-type"],
    [{ rootType: "Hostile.Point" }, "unknown-root-type"],
    [{ rootType: "__proto__" }, "unknown-root-type"],
    [{ profile: "lax" as "native" }, "invalid-option"],
    [{ unknownUnions: "maybe" as "allow" }, "invalid-option"],
    [{ identifier: "no" as "ignore" }, "invalid-option"],
    [{ limits: { maxDepth: 0 } }, "invalid-option"],
    [{ limits: { maxVisits: Number.NaN } }, "invalid-option"],
  ])("%j is %s", (options, code) => {
    expect(() => verify(hostile, honest, options)).toThrow(expect.objectContaining({ code }));
  });

  it("names what it wants where no bytes are given", () => {
    for (const input of ["bytes", 7, null, undefined, {}, [1, 2]]) {
      expect(() => verify(hostile, input as unknown as Uint8Array)).toThrow(
        expect.objectContaining({ code: "invalid-argument" }),
      );
    }
  });
});
