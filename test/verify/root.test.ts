import { describe, expect, it } from "vitest";
import { type FlatbufferError, fromObject, parseSchema, type Schema } from "../../src/index.js";
import { findRoot, looksSizePrefixed, rootObject } from "../../src/verify/root.js";
import type { GateOptions } from "../../src/wire/options.js";
import { viewOf } from "../../src/wire/view.js";

const tables = (count: number) => Array.from({ length: count }, (_, at) => `table T${at} { a: int; }`).join("\n");
const schema = parseSchema(`struct S { a: int; } ${tables(2)} root_type T0; file_identifier "AB\\"\\u007f";`);
const marked = fromObject(schema, {});
const plain = parseSchema("table T { a: int; b: string; } root_type T;");

/** The code, place and message of what is thrown. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    const { code, path, offset, message } = error as FlatbufferError;
    return [code, path, offset, message].filter((part) => part !== undefined).join(" | ");
  }
  return "nothing";
}

describe("the root's type", () => {
  it("is the schema's root_type, or the table that is named", () => {
    expect(rootObject(schema, undefined).name).toBe("T0");
    expect(rootObject(schema, "T1").name).toBe("T1");
  });

  it.each([
    ["a struct", "S", 'unknown-root-type | rootType "S" is a struct; a root must be a table; try "T0", "T1"'],
    ["an unknown one", "X", 'unknown-root-type | rootType "X" is not in the schema; try "T0", "T1"'],
  ])("is refused when it's %s", (_, name, words) => {
    expect(refusal(() => rootObject(schema, name))).toBe(words);
  });

  it.each([
    [0, "another schema, this one has no tables"],
    [1, '"T0"'],
    [5, '"T0", "T1", "T2", "T3", "T4"'],
    [6, '"T0", "T1", "T2", "T3", "T4" (6 tables)'],
  ])("must be named where there is no root_type: %i tables", (count, hint) => {
    const rootless = parseSchema(`struct S { a: int; } ${tables(count)}`);
    const words = `no-root-type | the schema has no root_type; name one with rootType, e.g. ${hint}`;
    expect(refusal(() => rootObject(rootless, undefined))).toBe(words);
  });
});

/** The buffer of 16 bytes with a table at 8 and a vtable at 4, changed and cut. */
function buffer(change: (data: DataView) => void = () => undefined, byteLength = 16): Uint8Array {
  const bytes = new Uint8Array(Math.max(16, byteLength));
  const data = new DataView(bytes.buffer);
  data.setUint32(0, 8, true);
  data.setUint16(4, 4, true);
  data.setUint16(6, 4, true);
  data.setInt32(8, 4, true);
  change(data);
  return bytes.subarray(0, byteLength);
}

function find(bytes: Uint8Array, options: GateOptions = {}, of: Schema = plain): string {
  let found = "";
  const words = refusal(() => {
    const { pos, start, view } = findRoot(of, rootObject(of, undefined), viewOf(bytes), options);
    found = `at ${pos}, start ${start}, ${view.byteLength} bytes`;
  });
  return found === "" ? words : found;
}

const framed = (length: number, byteLength = 20) => {
  const bytes = new Uint8Array(byteLength);
  bytes.set(buffer().subarray(0, byteLength - 4), 4);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
};

describe("the root", () => {
  it.each([
    ["a whole buffer", buffer(), {}, "at 8, start 0, 16 bytes"],
    ["the smallest", buffer(undefined, 12), {}, "at 8, start 0, 12 bytes"],
    ["none", new Uint8Array(0), {}, "buffer-too-short | root | 0 | the buffer is empty; the smallest has 12"],
    [
      "one byte less than the smallest",
      buffer(undefined, 11),
      {},
      "buffer-too-short | root | 0 | the buffer has only 11 bytes; the smallest has 12",
    ],
    ["size-prefixed", framed(16), { sizePrefixed: true }, "at 12, start 4, 20 bytes"],
    ["size-prefixed, with bytes behind", framed(12), { sizePrefixed: true }, "at 12, start 4, 16 bytes"],
    [
      "size-prefixed, with bytes behind, native",
      framed(12),
      { sizePrefixed: true, profile: "native" },
      "at 12, start 4, 20 bytes",
    ],
    [
      "size-prefixed, too small a prefix",
      framed(11),
      { sizePrefixed: true },
      "buffer-too-short | root | 0 | the size prefix leaves 11 bytes; the smallest buffer has 12",
    ],
    [
      "size-prefixed, too small a prefix, native",
      framed(11),
      { sizePrefixed: true, profile: "native" },
      "at 12, start 4, 20 bytes",
    ],
    [
      "size-prefixed, too large a prefix",
      framed(17),
      { sizePrefixed: true },
      "size-prefix-out-of-range | root | 0 | the size prefix says 17 bytes follow, there are 16; is it size-prefixed at all?",
    ],
    [
      "size-prefixed, short",
      framed(11, 15),
      { sizePrefixed: true },
      "buffer-too-short | root | 0 | the buffer has only 15 bytes; the smallest has 16",
    ],
  ] as [string, Uint8Array, GateOptions, string][])("of %s", (_, bytes, options, outcome) => {
    expect(find(bytes, options)).toBe(outcome);
  });

  const nowhere = (uoffset: number) =>
    `root-out-of-range | root | 0 | the root offset ${uoffset} leads to no table in 16 bytes`;
  it.each([
    [0, nowhere(0)],
    [1, "at 1, start 0, 16 bytes"],
    [11, "at 11, start 0, 16 bytes"],
    [12, "at 12, start 0, 16 bytes"],
    [13, nowhere(13)],
    [0x7fffffff, nowhere(0x7fffffff)],
    [0x80000000, nowhere(0x80000000)],
    [0xffffffff, nowhere(0xffffffff)],
  ])("may be where a table's first word fits: %i", (uoffset, outcome) => {
    expect(find(buffer((data) => data.setUint32(0, uoffset, true)))).toBe(outcome);
  });

  it.each([
    ["the length of the rest, and a root offset inside", 16, 8, true],
    ["one less", 15, 8, false],
    ["one more", 17, 8, false],
    ["the least root offset", 16, 4, true],
    ["a root offset on itself", 16, 3, false],
    ["the largest root offset", 16, 12, true],
    ["a root offset at the end", 16, 13, false],
  ])("looks size-prefixed by the first two words: %s", (_, length, root, looks) => {
    const bytes = framed(length);
    new DataView(bytes.buffer).setUint32(4, root, true);
    expect(looksSizePrefixed(viewOf(bytes))).toBe(looks);
  });

  it("never looks size-prefixed below 16 bytes", () => {
    expect(looksSizePrefixed(viewOf(framed(12, 16)))).toBe(true);
    expect(looksSizePrefixed(viewOf(framed(11, 15)))).toBe(false);
  });
});

describe("the file identifier", () => {
  it("is compared for the schema's own root only, unless it's to be ignored", () => {
    const other = marked.slice();
    other[4] = 0x43;
    expect(find(marked, {}, schema)).toMatch(/^at /);
    expect(find(other, { identifier: "ignore" }, schema)).toMatch(/^at /);
    expect(refusal(() => findRoot(schema, rootObject(schema, "T1"), viewOf(other), {}))).toBe("nothing");
    expect(find(other, {}, schema)).toBe(
      `wrong-identifier | root | 4 | expected the file identifier "AB\\x22\\x7f", found "CB\\x22\\x7f"; another schema's buffer? identifier: 'ignore' reads it anyway`,
    );
  });

  it.each([0, 1, 2, 3])("counts in its byte %i", (at) => {
    const other = marked.slice();
    other[4 + at]! ^= 1;
    expect(find(other, {}, schema)).toMatch(/^wrong-identifier \| root \| 4 /);
  });

  it("is shown with what can't be printed as numbers", () => {
    const other = marked.slice();
    other.set([0x1f, 0x20, 0x7e, 0x5c], 4);
    expect(find(other, {}, schema)).toContain('found "\\x1f ~\\x5c"');
  });

  it("stands behind a size prefix", () => {
    const prefixed = fromObject(schema, {}, { sizePrefixed: true });
    expect(find(prefixed, { sizePrefixed: true }, schema)).toMatch(/^at \d+, start 4/);
    expect(find(prefixed, {}, schema)).toBe(
      "size-prefix-unexpected | root | 0 | the first 4 bytes are the length of the rest, so this looks size-prefixed: read it with sizePrefixed: true (--size-prefixed)",
    );
    const other = prefixed.slice();
    other[8] = 0x43;
    expect(find(other, { sizePrefixed: true }, schema)).toMatch(/^wrong-identifier \| root \| 8 /);
    expect(find(other, {}, schema)).toMatch(/^wrong-identifier \| root \| 4 /);
  });

  it("of fewer characters ends with a zero, as a C string does", () => {
    const short = { ...schema, fileIdentifier: "AB", rootTable: schema.rootTable } as unknown as Schema;
    const look = (...identifier: number[]) => {
      const bytes = marked.slice();
      bytes.set(identifier, 4);
      return refusal(() => findRoot(short, schema.rootTable!, viewOf(bytes), {})).split(" ")[0];
    };
    expect(look(0x41, 0x42, 0, 0)).toBe("nothing");
    expect(look(0x41, 0x42, 0, 9)).toBe("nothing");
    expect(look(0x41, 0x42, 9, 0)).toBe("wrong-identifier");
    expect(look(0x41, 0, 0, 0)).toBe("wrong-identifier");
  });
});
