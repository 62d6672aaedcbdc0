import { describe, expect, it } from "vitest";
import { FlatbufferError } from "../../src/wire/error.js";
import { bytesOf, guardReads, View, viewOf } from "../../src/wire/view.js";

/** Bytes 0 to 15 inside poisoned neighbours, at every place of a larger buffer. */
function placed(at: number, poison: number): Uint8Array {
  const around = new Uint8Array(64).fill(poison);
  for (let index = 0; index < 16; index++) around[at + index] = index;
  return around.subarray(at, at + 16);
}

describe("View", () => {
  it("reads little-endian, the same at every byteOffset and whatever lies around", () => {
    for (let at = 0; at < 16; at++) {
      for (const poison of [0x00, 0xa5]) {
        const view = viewOf(placed(at, poison));
        expect(view.byteLength).toBe(16);
        expect([view.u8(1), view.u16(1), view.u32(1), view.i32(12), view.u64(8)]).toEqual([
          1,
          0x0201,
          0x04030201,
          0x0f0e0d0c,
          0x0f0e0d0c0b0a0908n,
        ]);
      }
    }
  });

  const widths = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8 } as const;
  it.each(Object.entries(widths))("%s reads up to the last byte and never beyond", (method, width) => {
    const view = viewOf(placed(3, 0xa5));
    const read = (pos: number) => view[method as keyof typeof widths](pos);
    expect(() => read(16 - width)).not.toThrow();
    for (const pos of [16 - width + 1, 16, 17, -1, Number.NaN, 2 ** 31, 2 ** 32, 2 ** 53]) {
      expect(() => read(pos)).toThrow(expect.objectContaining({ name: "FlatbufferError", code: "out-of-range" }));
    }
  });

  it("gives windows that can't see out, and refuses those that would", () => {
    const view = viewOf(placed(5, 0xa5));
    const window = view.window(4, 8);
    expect(window.u32(0)).toBe(0x07060504);
    expect(window.byteLength).toBe(8);
    expect(() => window.u32(5)).toThrow(FlatbufferError);
    expect(view.window(16, 0).byteLength).toBe(0);
    for (const [start, length] of [
      [0, 17],
      [16, 1],
      [-1, 2],
      [4, -1],
      [2 ** 32, 1],
    ] as const) {
      expect(() => view.window(start, length)).toThrow(expect.objectContaining({ code: "out-of-range" }));
    }
  });
});

describe("bytes from the caller", () => {
  const source = new Uint8Array(32).map((_, index) => index);

  it("may be any view of memory, with its own offset and length", () => {
    expect([...bytesOf(source.subarray(4, 8))]).toEqual([4, 5, 6, 7]);
    expect([...bytesOf(new DataView(source.buffer, 8, 2))]).toEqual([8, 9]);
    expect([...bytesOf(new Uint16Array(source.buffer, 2, 1))]).toEqual([2, 3]);
    expect(bytesOf(source.buffer).length).toBe(32);
  });

  it("may be a pooled Buffer, of which only its own part is seen", () => {
    const buffer = Buffer.from("pooled");
    expect(buffer.buffer.byteLength).toBeGreaterThan(6);
    const view = viewOf(buffer);
    expect(view.byteLength).toBe(6);
    expect(view.u8(0)).toBe(0x70);
    expect(view.bytes.constructor).toBe(Uint8Array);
  });

  it("are shared with the caller, not copied", () => {
    const mine = Uint8Array.of(1, 2, 3);
    expect(bytesOf(mine)).toBe(mine);
  });

  it("are copied from shared memory, so that no other thread changes them in between", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    for (const input of [shared, shared.buffer]) {
      const bytes = bytesOf(input);
      shared[0] = 7;
      expect(bytes[0]).toBe(0);
      expect(bytes.buffer).toBeInstanceOf(ArrayBuffer);
      shared[0] = 0;
    }
  });

  it("are refused when detached", () => {
    const mine = new Uint8Array(8);
    structuredClone(mine.buffer, { transfer: [mine.buffer] });
    for (const input of [mine, mine.buffer, new Uint8Array(0)]) {
      if (input.byteLength === 0 && input instanceof Uint8Array && input !== mine)
        expect(bytesOf(input).length).toBe(0);
      else expect(() => viewOf(input)).toThrow(expect.objectContaining({ code: "buffer-detached" }));
    }
  });

  it("are refused when they are no bytes", () => {
    for (const input of [undefined, null, "x", 5, {}, [1], () => 0]) {
      expect(() => viewOf(input as unknown as Uint8Array)).toThrow(
        expect.objectContaining({ code: "invalid-argument" }),
      );
    }
  });
});

describe("guardReads", () => {
  it("turns the engine's range error into ours", () => {
    const view = viewOf(new Uint8Array(4));
    expect(() => guardReads(view, () => view.data.getUint32(1, true))).toThrow(
      expect.objectContaining({ code: "out-of-range", cause: expect.any(RangeError) }),
    );
  });

  it("tells memory that went away in between", () => {
    const memory = new ArrayBuffer(8);
    const view = View.on(new Uint8Array(memory));
    const read = () => {
      structuredClone(memory, { transfer: [memory] });
      return view.data.getUint8(0);
    };
    expect(() => guardReads(view, read)).toThrow(expect.objectContaining({ code: "buffer-detached" }));
  });

  it("tells memory that shrank in between", () => {
    const Resizable = ArrayBuffer as unknown as new (
      size: number,
      options: object,
    ) => ArrayBuffer & { resize(size: number): void };
    const memory = new Resizable(8, { maxByteLength: 16 });
    const view = View.on(new Uint8Array(memory));
    memory.resize(4);
    expect(() => guardReads(view, () => view.data.getUint32(4, true))).toThrow(FlatbufferError);
  });

  it("lets other errors and our own through as they are", () => {
    const view = viewOf(new Uint8Array(4));
    const mine = new FlatbufferError("invalid-path", "x");
    const bug = new TypeError("bug");
    for (const error of [mine, bug]) {
      expect(() =>
        guardReads(view, () => {
          throw error;
        }),
      ).toThrow(error);
    }
    expect(guardReads(view, () => 5)).toBe(5);
  });
});
