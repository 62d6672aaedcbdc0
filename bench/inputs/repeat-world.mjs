/**
 * A `fair.World` that holds the monsters of `world` (a small or middling one) so many times over: copies of its bytes
 * behind a new root table whose vector refers into each of them. Big buffers in no time, without a text of 300 MB.
 */
export function repeatWorld(world, copies) {
  const source = new DataView(world.buffer, world.byteOffset, world.byteLength);
  const monsters = monstersVector(source);
  const count = source.getUint32(monsters, true);
  const stride = Math.ceil(world.byteLength / 8) * 8;
  const vector = 20;
  const first = Math.ceil((vector + 4 + 4 * count * copies) / 8) * 8;
  const bytes = new Uint8Array(first + stride * copies);
  const view = new DataView(bytes.buffer);

  // The offset to the root at 12, its vtable (8 bytes, table of 8, no title, monsters at 4), the table, the vector.
  view.setUint32(0, 12, true);
  for (const [i, word] of [8, 8, 0, 4].entries()) view.setUint16(4 + 2 * i, word, true);
  view.setInt32(12, 8, true);
  view.setUint32(16, vector - 16, true);
  view.setUint32(vector, count * copies, true);
  for (let copy = 0, slot = vector + 4; copy < copies; copy++) {
    const base = first + copy * stride;
    bytes.set(world, base);
    for (let i = 0; i < count; i++, slot += 4) {
      const at = monsters + 4 + 4 * i;
      view.setUint32(slot, base + at + source.getUint32(at, true) - slot, true);
    }
  }
  return bytes;
}

/** Position of the vector `World.monsters`, the second field of the root. */
function monstersVector(view) {
  const table = view.getUint32(0, true);
  const vtable = table - view.getInt32(table, true);
  const field = table + view.getUint16(vtable + 6, true);
  return field + view.getUint32(field, true);
}
