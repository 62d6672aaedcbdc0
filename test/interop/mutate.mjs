const WORDS16 = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 0x7f, 0x80, 0xff, 0x100, 0x7ffe, 0x7fff, 0x8000, 0xfffe, 0xffff];
const WORDS32 = [0, 1, 2, 3, 4, 5, 8, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x3fffffff, 0x40000000, 0x7ffffffc];
WORDS32.push(0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffc, 0xffffffff);

/**
 * One to three changes to a copy of a buffer, of the kinds that hit what a verifier looks at: lengths, offsets, vtables,
 * union tags, the end of the buffer. `random` is from bench/inputs/random.mjs.
 */
export function mutate(seed, random) {
  let bytes = Uint8Array.from(seed);
  for (let changes = 1 + random.below(3); changes > 0 && bytes.length > 0; changes--) {
    bytes = random.pick(MUTATORS)(bytes, random);
  }
  return bytes;
}

const MUTATORS = [
  flipBit,
  setByte,
  setWord16,
  setWord32,
  nudgeWord32,
  swapVtableEntries,
  changeVtable,
  copyUoffset,
  retargetUoffset,
  changeTag,
  truncate,
  grow,
];

function flipBit(bytes, random) {
  bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes;
}

function setByte(bytes, random) {
  bytes[random.below(bytes.length)] = random.word();
  return bytes;
}

function setWord16(bytes, random) {
  const at = random.below(bytes.length) & ~1;
  if (at + 2 <= bytes.length) viewOf(bytes).setUint16(at, random.pick(WORDS16), true);
  return bytes;
}

function setWord32(bytes, random) {
  const at = alignedPlace(bytes, random);
  if (at < 0) return bytes;
  const relative = [bytes.length, bytes.length - 1, bytes.length - at, bytes.length - at - 1, bytes.length - at - 4];
  const word = random.chance(0.3) ? random.pick(relative) : random.pick(WORDS32);
  viewOf(bytes).setUint32(at, word, true);
  return bytes;
}

function nudgeWord32(bytes, random) {
  const at = alignedPlace(bytes, random);
  if (at < 0) return bytes;
  const view = viewOf(bytes);
  view.setUint32(at, view.getUint32(at, true) + random.pick([-8, -4, -2, -1, 1, 2, 4, 8]), true);
  return bytes;
}

function swapVtableEntries(bytes, random) {
  const vtable = someVtable(bytes, random);
  if (vtable === undefined) return bytes;
  const view = viewOf(bytes);
  const entries = (view.getUint16(vtable, true) - 4) / 2;
  if (entries < 2) return bytes;
  const [a, b] = [0, 1].map(() => vtable + 4 + 2 * random.below(entries));
  const kept = view.getUint16(a, true);
  view.setUint16(a, view.getUint16(b, true), true);
  view.setUint16(b, kept, true);
  return bytes;
}

/** Another size of vtable or table, or another place of a field. */
function changeVtable(bytes, random) {
  const vtable = someVtable(bytes, random);
  if (vtable === undefined) return bytes;
  const view = viewOf(bytes);
  const at = vtable + 2 * random.below(view.getUint16(vtable, true) / 2);
  const word = random.chance(0.5)
    ? random.pick(WORDS16)
    : view.getUint16(at, true) + random.pick([-4, -2, -1, 1, 2, 4]);
  view.setUint16(at, word, true);
  return bytes;
}

function copyUoffset(bytes, random) {
  const [from, to] = [alignedPlace(bytes, random), alignedPlace(bytes, random)];
  if (from < 0 || to < 0) return bytes;
  viewOf(bytes).setUint32(to, viewOf(bytes).getUint32(from, true), true);
  return bytes;
}

/** One word is made to refer to what another refers to, as if it were of another type. */
function retargetUoffset(bytes, random) {
  const [from, to] = [alignedPlace(bytes, random), alignedPlace(bytes, random)];
  if (from < 0 || to < 0) return bytes;
  viewOf(bytes).setUint32(to, viewOf(bytes).getUint32(from, true) + from - to, true);
  return bytes;
}

/** A small byte becomes another small byte: union tags, element types, bit widths. */
function changeTag(bytes, random) {
  const start = random.below(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const at = (start + i) % bytes.length;
    if (bytes[at] === 0 || bytes[at] > 16) continue;
    bytes[at] = random.below(17);
    break;
  }
  return bytes;
}

function truncate(bytes, random) {
  const most = random.chance(0.5) ? Math.min(bytes.length, 9) : bytes.length;
  return bytes.slice(0, bytes.length - random.below(most));
}

function grow(bytes, random) {
  const grown = new Uint8Array(bytes.length + 1 + random.below(16));
  grown.set(bytes);
  if (random.chance(0.5)) for (let i = bytes.length; i < grown.length; i++) grown[i] = random.word();
  return grown;
}

/** The place of a vtable that some table may have: found by shape, so that broken buffers have them too. */
function someVtable(bytes, random) {
  const view = viewOf(bytes);
  const start = random.below(bytes.length) & ~3;
  for (let i = 0; i < bytes.length; i += 4) {
    const table = (start + i) % (bytes.length & ~3 || 4);
    if (table + 4 > bytes.length) continue;
    const vtable = table - view.getInt32(table, true);
    if (vtable < 0 || vtable + 4 > bytes.length || vtable % 2 !== 0 || vtable === table) continue;
    const size = view.getUint16(vtable, true);
    if (size >= 4 && size % 2 === 0 && vtable + size <= bytes.length && view.getUint16(vtable + 2, true) >= 4)
      return vtable;
  }
  return undefined;
}

function alignedPlace(bytes, random) {
  return bytes.length < 4 ? -1 : random.below(bytes.length - 3) & ~3;
}

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
