import { describe, expect, it } from "vitest";
import { type NumberArray, type NumberArrayType, View } from "../../src/wire/view.js";

const BEFORE = 8;

/** Bytes 0 to 31 as a window that begins 8 bytes into its memory, plus `shift`. */
function bytesFrom(shift: number): Uint8Array {
  const around = new Uint8Array(64).fill(0xa5);
  const bytes = around.subarray(BEFORE + shift, BEFORE + shift + 32);
  for (const at of bytes.keys()) bytes[at] = at;
  return bytes;
}

/** What two numbers from position 8 are, read one by one. */
const types: [NumberArrayType<NumberArray>, (data: DataView, pos: number) => number | bigint][] = [
  [Int8Array, (data, pos) => data.getInt8(pos)],
  [Uint8Array, (data, pos) => data.getUint8(pos)],
  [Int16Array, (data, pos) => data.getInt16(pos, true)],
  [Uint16Array, (data, pos) => data.getUint16(pos, true)],
  [Int32Array, (data, pos) => data.getInt32(pos, true)],
  [Uint32Array, (data, pos) => data.getUint32(pos, true)],
  [Float32Array, (data, pos) => data.getFloat32(pos, true)],
  [Float64Array, (data, pos) => data.getFloat64(pos, true)],
  [BigInt64Array, (data, pos) => data.getBigInt64(pos, true)],
  [BigUint64Array, (data, pos) => data.getBigUint64(pos, true)],
];

describe.each(types)("numbers", (type, at) => {
  const { name, BYTES_PER_ELEMENT: size } = type as NumberArrayType<NumberArray> & { name: string };

  it(`of ${name} are those of the bytes, wherever these begin`, () => {
    for (let shift = 0; shift < 9; shift++) {
      const view = View.on(bytesFrom(shift));
      for (const pos of [0, 1, 4, 8]) {
        const numbers = view.numbers(type, pos, 2);
        expect(numbers).toBeInstanceOf(type);
        expect([...numbers]).toEqual([at(view.data, pos), at(view.data, pos + size)]);
        expect(numbers.buffer === view.bytes.buffer).toBe((shift + pos) % size === 0);
      }
    }
  });

  it(`of ${name} reach up to the last byte and no further`, () => {
    const all = 32 / size;
    for (const shift of [0, 1]) {
      const view = View.on(bytesFrom(shift));
      expect(view.numbers(type, 0, all)).toHaveLength(all);
      expect(view.numbers(type, 32, 0)).toHaveLength(0);
      expect(view.numbers(type, 32 - size, 1)).toHaveLength(1);
      for (const [pos, length] of [
        [0, all + 1],
        [32 - size + 1, 1],
        [-1, 1],
        [0, -1],
      ] as const) {
        expect(() => view.numbers(type, pos, length)).toThrow(
          expect.objectContaining({
            code: "out-of-range",
            offset: pos,
            message: `${length * size} bytes at ${pos} don't fit in 32`,
          }),
        );
      }
    }
  });
});
