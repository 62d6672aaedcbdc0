import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { FlatbufferError } from "../../src/wire/error.js";
import { type BytesInput, bytesOf, guardReads, readError, stackError, View, viewOf } from "../../src/wire/view.js";

function detach(memory: ArrayBuffer): void {
  structuredClone(memory, { transfer: [memory] });
}

describe("bytes from the caller", () => {
  it("may come from another realm", () => {
    for (const input of ["new ArrayBuffer(4)", "new Uint8Array(4)", "new DataView(new ArrayBuffer(6), 1, 4)"]) {
      const view = viewOf(runInNewContext(input) as BytesInput);
      expect(view.byteLength).toBe(4);
      expect(view.bytes.constructor).toBe(Uint8Array);
      expect([...view.bytes]).toEqual([0, 0, 0, 0]);
    }
  });

  it("of a class of the caller's own are seen as plain bytes", () => {
    class Mine extends Uint8Array {}
    const mine = Mine.of(1, 2, 3, 4).subarray(1, 3);
    for (const input of [mine, new Uint8ClampedArray(mine.buffer, 1, 2)]) {
      const bytes = bytesOf(input);
      expect(bytes.constructor).toBe(Uint8Array);
      expect(bytes.buffer).toBe(mine.buffer);
      expect([...bytes]).toEqual([2, 3]);
    }
  });

  it("are only the caller's part of shared memory", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    shared.set([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...bytesOf(shared.subarray(2, 5))]).toEqual([2, 3, 4]);
    expect([...bytesOf(new DataView(shared.buffer, 6, 2))]).toEqual([6, 7]);
    expect([...bytesOf(shared.buffer)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("are taken where the engine has no shared memory", () => {
    const { SharedArrayBuffer: Shared } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
      expect([...bytesOf(Uint8Array.of(1, 2))]).toEqual([1, 2]);
      expect([...bytesOf(Uint8Array.of(1, 2).buffer)]).toEqual([1, 2]);
    } finally {
      Object.defineProperty(globalThis, "SharedArrayBuffer", { value: Shared, configurable: true, writable: true });
    }
  });

  it("may be none, of memory with and without bytes", () => {
    for (const input of [new Uint8Array(0), new Uint8Array(8).subarray(8), new ArrayBuffer(0)])
      expect(bytesOf(input)).toHaveLength(0);
  });

  it("are refused when detached", () => {
    const bytes = new Uint8Array(8);
    const rest = bytes.subarray(4);
    detach(bytes.buffer);
    for (const input of [bytes, rest, bytes.buffer]) {
      expect(() => viewOf(input)).toThrow(
        expect.objectContaining({
          code: "buffer-detached",
          message: "the bytes belong to memory that was transferred away (detached)",
        }),
      );
    }
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["x", "string"],
    [5, "number"],
    [() => 0, "function"],
    [{}, "Object"],
    [[1], "Array"],
    [new Map(), "Map"],
    [Object.create(null), "an object"],
    [Object.assign(Object.create(null), { constructor: {} }), "an object"],
  ])("are told from what is none: case %#", (input, what) => {
    expect(() => viewOf(input as BytesInput)).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        message: `expected bytes (an ArrayBuffer or a view of one such as Uint8Array), got ${what}`,
      }),
    );
  });
});

describe("a position outside", () => {
  const view = View.on(new Uint8Array(40).subarray(4, 20));
  it.each([
    [() => view.u8(16), "1 bytes at 16 don't fit in 16", 16],
    [() => view.u16(15), "2 bytes at 15 don't fit in 16", 15],
    [() => view.u32(13), "4 bytes at 13 don't fit in 16", 13],
    [() => view.i32(-1), "4 bytes at -1 don't fit in 16", -1],
    [() => view.u64(9), "8 bytes at 9 don't fit in 16", 9],
    [() => view.window(10, 7), "7 bytes at 10 don't fit in 16", 10],
    [() => view.need(3, -1), "-1 bytes at 3 don't fit in 16", 3],
    [() => view.need(17, 0), "0 bytes at 17 don't fit in 16", 17],
    [() => view.need(0, Number.NaN), "NaN bytes at 0 don't fit in 16", 0],
  ])("is told with what was wanted there: case %#", (read, message, offset) => {
    expect(read).toThrow(expect.objectContaining({ code: "out-of-range", message, offset }));
  });

  it("begins behind the last byte", () => {
    for (const [pos, length] of [
      [0, 0],
      [0, 16],
      [15, 1],
      [16, 0],
    ] as const)
      expect(() => view.need(pos, length)).not.toThrow();
  });
});

const GONE = "the bytes were detached or resized while they were read";
const OUTSIDE = "an offset leads outside the buffer; verify() tells where";
const TOO_DEEP =
  "the data is nested deeper than the engine's stack bears here; lower limits.maxDepth for an exact answer";

describe("an error of the engine", () => {
  const view = View.on(new Uint8Array(4));
  it.each([
    ["V8", new RangeError("Maximum call stack size exceeded")],
    ["JavaScriptCore", new RangeError("Maximum call stack size exceeded.")],
    ["SpiderMonkey", new Error("too much recursion")],
  ])("is a limit when the stack of %s is used up", (_engine, cause) => {
    const ours = { name: "FlatbufferError", code: "depth-limit", message: TOO_DEEP, cause };
    expect(readError(view, cause)).toMatchObject(ours);
    expect(stackError(cause)).toMatchObject(ours);
  });

  it("is a position outside when it's about a range", () => {
    const cause = new RangeError("Offset is outside the bounds of the DataView");
    expect(readError(view, cause)).toMatchObject({ code: "out-of-range", message: OUTSIDE, cause });
    expect(stackError(cause)).toBe(cause);
  });

  it.each([
    new TypeError("x"),
    { message: "call stack" },
    "call stack",
    5,
    null,
    undefined,
    new FlatbufferError("invalid-path", "x"),
  ])("is left as it is otherwise: case %#", (error) => {
    expect(readError(view, error)).toBe(error);
    expect(stackError(error)).toBe(error);
  });

  it("is put down to memory that went away, even from a window of no bytes, but not our own", () => {
    const ours = new FlatbufferError("invalid-path", "x");
    const cause = new TypeError("detached");
    for (const length of [0, 4]) {
      const memory = new ArrayBuffer(8);
      const gone = View.on(new Uint8Array(memory, 2, length));
      expect(readError(gone, cause)).toBe(cause);
      detach(memory);
      expect(readError(gone, cause)).toMatchObject({ code: "buffer-detached", message: GONE, cause });
      expect(readError(gone, ours)).toBe(ours);
    }
  });

  it("is put down to memory that shrank", () => {
    const Resizable = ArrayBuffer as unknown as new (
      size: number,
      options: object,
    ) => ArrayBuffer & { resize(size: number): void };
    const memory = new Resizable(8, { maxByteLength: 16 });
    const shrunk = View.on(new Uint8Array(memory, 0, 8));
    memory.resize(4);
    expect(() => guardReads(shrunk, () => shrunk.data.getUint8(0))).toThrow(
      expect.objectContaining({ code: "buffer-detached", message: GONE, cause: expect.any(TypeError) }),
    );
  });

  it("is left as it is when the view has no bytes and nothing went away", () => {
    const cause = new TypeError("x");
    for (const empty of [new Uint8Array(0), new Uint8Array(8).subarray(8)])
      expect(readError(View.on(empty), cause)).toBe(cause);
  });
});
