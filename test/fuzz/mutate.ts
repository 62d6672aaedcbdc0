import type { Anatomy } from "./anatomy.js";
import type { Random } from "./random.js";

const SPECIAL_U32 = [
  0, 1, 2, 3, 4, 8, 0x7f, 0xff, 0xffff, 0x10000, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff,
];
const SPECIAL_U16 = [0, 1, 2, 3, 4, 5, 6, 8, 0x7fff, 0x8000, 0xfffe, 0xffff];

/** Breaks one to three words of a copy of an honest buffer, where its anatomy says that they matter. */
export function mutate(bytes: Uint8Array, anatomy: Anatomy, random: Random): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  for (let count = 1 + random.below(3); count > 0; count--) copy = random.pick(MUTATORS)(copy, anatomy, random);
  return copy;
}

type Mutator = (bytes: Uint8Array, anatomy: Anatomy, random: Random) => Uint8Array;

const MUTATORS: readonly Mutator[] = [
  (bytes, { uoffsets }, random) => set32(bytes, random.pick(uoffsets), offsetLike(bytes, random)),
  (bytes, { uoffsets }, random) => copy32(bytes, random.pick(uoffsets), random.pick(uoffsets)),
  (bytes, { uoffsets }, random) => nudge32(bytes, random.pick(uoffsets), random),
  (bytes, { soffsets }, random) => nudge32(bytes, random.pick(soffsets), random),
  (bytes, { soffsets }, random) => set32(bytes, random.pick(soffsets), offsetLike(bytes, random)),
  (bytes, { lengths }, random) => set32(bytes, random.pick(lengths), offsetLike(bytes, random)),
  (bytes, { lengths }, random) => nudge32(bytes, random.pick(lengths), random),
  (bytes, { voffsets }, random) => set16(bytes, random.pick(voffsets), random.pick(SPECIAL_U16)),
  (bytes, { voffsets }, random) => swap16(bytes, random.pick(voffsets), random.pick(voffsets)),
  (bytes, { voffsets }, random) => set16(bytes, random.pick(voffsets), random.below(64)),
  (bytes, { tags }, random) => setByte(bytes, random.pick(tags), random.below(random.below(2) === 0 ? 8 : 256)),
  (bytes, _, random) => setByte(bytes, random.below(bytes.length), random.below(256)),
  (bytes, _, random) => setByte(bytes, random.below(bytes.length), 1 << random.below(8)),
  (bytes, _, random) => bytes.slice(0, bytes.length - random.below(Math.min(bytes.length, 40))),
  (bytes, _, random) => grow(bytes, random.below(40)),
];

function offsetLike(bytes: Uint8Array, random: Random): number {
  return random.below(2) === 0 ? random.pick(SPECIAL_U32) : random.below(bytes.length + 8);
}

function within(bytes: Uint8Array, pos: number | undefined, size: number): pos is number {
  return pos !== undefined && pos + size <= bytes.length;
}

function dataOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function set32(bytes: Uint8Array, pos: number | undefined, value: number): Uint8Array {
  if (within(bytes, pos, 4)) dataOf(bytes).setUint32(pos, value, true);
  return bytes;
}

function copy32(bytes: Uint8Array, to: number | undefined, from: number | undefined): Uint8Array {
  // The copied offset keeps its target, so that two places share it or one type is seen as another.
  if (within(bytes, to, 4) && within(bytes, from, 4)) set32(bytes, to, from + dataOf(bytes).getUint32(from, true) - to);
  return bytes;
}

function nudge32(bytes: Uint8Array, pos: number | undefined, random: Random): Uint8Array {
  if (within(bytes, pos, 4))
    set32(bytes, pos, dataOf(bytes).getUint32(pos, true) + random.pick([-8, -4, -2, -1, 1, 2, 4, 8, 12, 16]));
  return bytes;
}

function set16(bytes: Uint8Array, pos: number | undefined, value: number): Uint8Array {
  if (within(bytes, pos, 2)) dataOf(bytes).setUint16(pos, value, true);
  return bytes;
}

function swap16(bytes: Uint8Array, a: number | undefined, b: number | undefined): Uint8Array {
  if (!within(bytes, a, 2) || !within(bytes, b, 2)) return bytes;
  const data = dataOf(bytes);
  const first = data.getUint16(a, true);
  data.setUint16(a, data.getUint16(b, true), true);
  data.setUint16(b, first, true);
  return bytes;
}

function setByte(bytes: Uint8Array, pos: number | undefined, value: number): Uint8Array {
  if (within(bytes, pos, 1)) bytes[pos] = value;
  return bytes;
}

function grow(bytes: Uint8Array, by: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + by);
  longer.set(bytes);
  return longer;
}
