import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  fieldReader,
  fromJSON,
  getPath,
  isFlatbufferError,
  loadSchema,
  parseSchema,
  read,
  type Schema,
  toObject,
  verify,
} from "../../src/index.js";
import { Struct } from "../../src/read/struct.js";
import { Table } from "../../src/read/table.js";
import { Vector } from "../../src/read/vector.js";
import { corpusRows, corpusSchema, readContainer } from "../support/corpus.js";

/** Touches everything that views reach, up to a number of steps: hostile bytes may lead in circles. */
function touch(value: unknown, budget: { left: number }): void {
  if (--budget.left < 0) return;
  if (value instanceof Table || value instanceof Struct) {
    for (const { name } of value.def.fields) attempt(() => touch(value.get(name), budget));
    attempt(() => [...value].length);
  } else if (value instanceof Vector) {
    attempt(() => value.toArray());
    for (let index = 0; index < Math.min(value.length, 20); index++) attempt(() => touch(value.at(index), budget));
  }
}

function attempt(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!isFlatbufferError(error)) throw error;
  }
}

/** Nothing but a FlatbufferError comes out of bytes that nobody verified; what verifies is read without one. */
function survive(schema: Schema, bytes: Uint8Array, rootType?: string): void {
  const options = { rootType, trusted: true, limits: { maxVisits: 20_000, maxOutputBytes: 4_000_000 } };
  attempt(() => touch(read(schema, bytes, options), { left: 2_000 }));
  attempt(() => toObject(schema, bytes, options));
  attempt(() => toObject(schema, bytes, { ...options, invalidUtf8: "replace", vectors: "typed", defaults: false }));
  if (!verify(schema, bytes, { rootType }).ok) return;
  toObject(schema, bytes, { rootType });
  touch(read(schema, bytes, { rootType }), { left: 2_000 });
}

const SMALL = [
  ["unions", "unions", "table"],
  ["union-vectors", "union-vectors", "mixed"],
  ["nested", "nested", "letter"],
  ["structs", "structs", "one-of-each"],
  ["wide", "wide", "all"],
  ["names", "names", "all"],
  ["strings", "strings", "shared"],
  ["keys", "keys", "sorted"],
] as const;

describe("bytes that nobody verified throw only FlatbufferErrors", () => {
  it.each(SMALL)("%s: every byte changed in four ways", (folder, schemaName, name) => {
    const schema = loadSchema(readFileSync(`fixtures/${folder}/${schemaName}.full.bfbs`));
    const path = `fixtures/${folder}/${name}.bin`;
    const good = new Uint8Array(readFileSync(path));
    for (let at = 0; at < Math.min(good.length, 400); at++) {
      for (const change of [0x01, 0x80, 0xff, good[at]!]) {
        const bytes = good.slice();
        bytes[at]! ^= change;
        survive(schema, bytes);
      }
    }
  });

  it.each(SMALL.slice(0, 4))("%s: cut short everywhere", (folder, schemaName, name) => {
    const schema = loadSchema(readFileSync(`fixtures/${folder}/${schemaName}.full.bfbs`));
    const good = new Uint8Array(readFileSync(`fixtures/${folder}/${name}.bin`));
    for (let length = 0; length < good.length; length++) survive(schema, good.slice(0, length));
  });

  it.each(corpusRows("malformed-container"))("corpus: $name", (row) => {
    const schema = corpusSchema(row.schemaFull);
    for (const { bytes } of readContainer(row)) survive(schema, bytes, row.rootType);
  });
});

describe("small buffers that unfold to something huge", () => {
  const schema = parseSchema(`
    table Node { next: [Node]; text: string; bytes: [ubyte]; texts: [string]; }
    root_type Node;`);

  /** `levels` tables, each with a vector of `fan` offsets that all lead to the next one. */
  function bomb(levels: number, fan: number): Uint8Array {
    const size = 4 + 4 * fan;
    const bytes = new Uint8Array(16 + levels * (8 + size) + 16);
    const data = new DataView(bytes.buffer);
    data.setUint32(0, 12, true);
    for (const [index, word] of [6, 8, 4].entries()) data.setUint16(4 + 2 * index, word, true); // one vtable for all
    let pos = 12;
    for (let level = 0; level < levels; level++) {
      const nextTable = pos + 8 + size;
      data.setInt32(pos, pos - 4, true);
      data.setUint32(pos + 4, 4, true);
      data.setUint32(pos + 8, level === levels - 1 ? 0 : fan, true);
      for (let at = pos + 12; level < levels - 1 && at < nextTable; at += 4) data.setUint32(at, nextTable - at, true);
      pos = nextTable;
    }
    return bytes;
  }

  it("stop at the limit of visits, verified or not", () => {
    const bytes = bomb(6, 1000);
    for (const trusted of [true, false]) {
      expect(() => toObject(schema, bytes, { trusted })).toThrow(expect.objectContaining({ code: "visit-limit" }));
    }
  });

  it("stop at the limit of depth", () => {
    expect(() => toObject(schema, bomb(65, 1), { trusted: true })).toThrow(
      expect.objectContaining({ code: "depth-limit", limit: 64 }),
    );
    expect(toObject(schema, bomb(64, 1), { trusted: true })).toBeDefined();
    expect(() => toObject(schema, bomb(2000, 1), { trusted: true, limits: { maxDepth: 5000 } })).toThrow(
      expect.objectContaining({ code: "depth-limit", limit: 1000 }),
    );
  });

  it("say where they stopped", () => {
    expect(() => toObject(schema, bomb(6, 3), { trusted: true, limits: { maxDepth: 3 } })).toThrow(
      expect.objectContaining({ path: "root.next[0].next[0].next[0]" }),
    );
  });

  it("make a long string once that a million places share", () => {
    const [count, length] = [200_000, 1_000_000];
    const bytes = new Uint8Array(24 + 4 + 4 * count + 4 + length + 4);
    const data = new DataView(bytes.buffer);
    data.setUint32(0, 16, true);
    for (const [index, word] of [12, 8, 0, 0, 0, 4].entries()) data.setUint16(4 + 2 * index, word, true);
    data.setInt32(16, 12, true);
    data.setUint32(20, 4, true);
    data.setUint32(24, count, true);
    const text = 28 + 4 * count;
    for (let at = 28; at < text; at += 4) data.setUint32(at, text - at, true);
    data.setUint32(text, length, true);
    bytes.fill(0x61, text + 4, text + 4 + length);
    const { texts } = toObject<{ texts: string[] }>(schema, bytes, { trusted: true });
    expect([texts.length, texts[0]!.length, texts.at(-1)!.length]).toEqual([count, length, length]);
  });

  it("stop when the values would take too much memory", () => {
    const bytes = bomb(4, 60);
    expect(() => toObject(schema, bytes, { trusted: true, limits: { maxOutputBytes: 100_000 } })).toThrow(
      expect.objectContaining({ code: "output-limit", limit: 100_000 }),
    );
  });
});

describe("memory that goes away", () => {
  it("is told apart from damage", () => {
    const schema = parseSchema("table Root { hp: int; name: string; } root_type Root;");
    const bytes = new Uint8Array(readFileSync("fixtures/hostile/honest.bin"));
    const table = read(schema, bytes, { trusted: true });
    structuredClone(bytes, { transfer: [bytes.buffer] });
    for (const call of [
      () => table.get("hp"),
      () => table.has("hp"),
      () => table.set("hp", 1),
      () => table.bytes("name"),
    ]) {
      expect(call).toThrow(expect.objectContaining({ name: "FlatbufferError", code: "buffer-detached" }));
    }
  });
});

describe("memory that goes away under a view", () => {
  const schema = parseSchema(`
    struct In { b: int; } struct Pos { x: double; in: In; }
    table T { pos: Pos; hp: int; name: string; path: [Pos]; } root_type T;
  `);
  const source = fromJSON(schema, '{pos: {x: 1, in: {b: 2}}, hp: 3, name: "n", path: [{x: 4, in: {b: 5}}]}');
  const ways: [string, (memory: ArrayBuffer) => void][] = [
    ["transferred", (memory) => structuredClone(memory, { transfer: [memory] })],
    ["shrunk", (memory) => (memory as ArrayBuffer & { resize(length: number): void }).resize(16)],
  ];

  it.each(ways)("is buffer-detached when %s, for tables, structs, vectors and readers", (_, takeAway) => {
    const memory = new (ArrayBuffer as new (n: number, o: object) => ArrayBuffer)(source.length, {
      maxByteLength: source.length,
    });
    new Uint8Array(memory).set(source);
    const table = read(schema, new Uint8Array(memory, 0, source.length));
    const pos = table.get("pos") as Struct;
    const path = table.get("path") as Vector;
    const reads: (() => unknown)[] = [
      () => fieldReader(schema, "T", "hp")(table),
      () => fieldReader(schema, "T", "pos")(table),
      () => fieldReader(schema, "T", "pos.x")(table),
      () => fieldReader(schema, "T", "pos.in.b")(table),
      () => fieldReader(schema, "T", "name")(table),
      () => fieldReader(schema, "Pos", "x")(pos),
      () => fieldReader(schema, "Pos", "in")(pos),
      () => fieldReader(schema, "Pos", "in.b")(pos),
      () => table.get("hp"),
      () => table.has("hp"),
      () => table.get("name"),
      () => table.get("path"),
      () => pos.get("x"),
      () => pos.bytes("x"),
      () => (path.at(0) as unknown as Struct).get("x"),
      () => getPath(table, "path[0].in.b"),
    ];
    for (const attempt of reads) attempt();
    takeAway(memory);
    for (const attempt of reads) {
      expect(attempt, String(attempt)).toThrow(expect.objectContaining({ code: "buffer-detached" }));
    }
  });

  it("is out-of-range for a reader of what ends beyond the buffer", () => {
    const bytes = source.slice();
    const table = read(schema, bytes, { trusted: true });
    const data = new DataView(bytes.buffer);
    const root = data.getUint32(0, true);
    const vtable = root - data.getInt32(root, true);
    data.setUint16(vtable + 4, source.length - root - 4, true);
    data.setUint16(vtable + 6, source.length - root - 3, true);
    for (const name of ["pos", "pos.x", "pos.in.b", "hp"]) {
      const reader = fieldReader(schema, "T", name);
      expect(() => reader(table), name).toThrow(expect.objectContaining({ code: "out-of-range" }));
    }
  });
});
