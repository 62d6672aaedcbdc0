import { type BufferWords, fb, words } from "../support/fb.js";

/** Sharing that turns few bytes into endless text. Each shows far more than the limits allow. */
export const bombs: Record<string, () => Uint8Array> = {
  "A1: one string of 1 MiB in 262,144 slots": () => {
    const slots = 262_144;
    const head = fb().vtable("Root", 8, { names: 4 }).table("root").to("vector").label("vector").build();
    const bytes = new Uint8Array(head.length + 4 + 4 * slots + 4 + (1 << 20) + 4);
    const data = new DataView(bytes.buffer);
    bytes.set(head);
    const vector = head.length;
    data.setUint32(vector, slots, true);
    const text = vector + 4 + 4 * slots;
    for (let slot = 0; slot < slots; slot++)
      data.setUint32(vector + 4 + 4 * slot, text - (vector + 4 + 4 * slot), true);
    data.setUint32(text, 1 << 20, true);
    bytes.fill(0x61, text + 4, text + 4 + (1 << 20));
    return bytes;
  },
  "A2: one vector of 100,000 longs in 100,000 tables": () => {
    const count = 100_000;
    const buffer = fb().vtable("Root", 8, { children: 4 }, "rootVtable").vtable("Root", 8, { longs: 4 });
    buffer.table("root", "rootVtable").to("vector").label("vector");
    const head = buffer.u32(count).pos;
    const big = new Uint8Array(head + 4 * count + 8 * count + 16 + 8 * count);
    const data = new DataView(big.buffer);
    big.set(buffer.build());
    const tables = head + 4 * count;
    const longs = tables + 8 * count + ((tables + 8 * count) % 8 === 0 ? 4 : 0);
    const vtable = buffer.at("vtable");
    for (let index = 0; index < count; index++) {
      data.setUint32(head + 4 * index, tables + 8 * index - (head + 4 * index), true);
      data.setInt32(tables + 8 * index, tables + 8 * index - vtable, true);
      data.setUint32(tables + 8 * index + 4, longs - (tables + 8 * index + 4), true);
    }
    data.setUint32(longs, count, true);
    return big;
  },
  "A3: six levels of tables, each a thousand times the next": () => {
    const buffer = fb().vtable("Root", 8, { children: 4 }).vtable("Root", 4, {}, "leaf").table("root").to("v0");
    for (let level = 0; level < 6; level++) {
      buffer.label(`v${level}`).u32(1000);
      for (let index = 0; index < 1000; index++) buffer.to(`l${level + 1}`);
      if (level < 5) buffer.table(`l${level + 1}`).to(`v${level + 1}`);
    }
    return buffer.table("l6", "leaf").build();
  },
  "A4: one nested buffer in 100,000 tables": () => sharedByTables("nested", (buffer) => nestedMegabyte(buffer)),
  "A5: one table in a vector of a million unions, in a thousand tables": () =>
    sharedByTables("anys", (buffer) => {
      buffer
        .label("types")
        .u32(1000)
        .u8(...new Array<number>(1000).fill(1));
      buffer.label("value").u32(1000);
      for (let index = 0; index < 1000; index++) buffer.to("leaf");
      return buffer
        .vtable("Leaf", 8, { name: 4 }, "leafVtable")
        .table("leaf", "leafVtable")
        .to("name")
        .label("name")
        .text("x".repeat(5000));
    }),
};

/** Sharing that honest writers do; has to be accepted. */
export const legal: Record<string, () => Uint8Array> = {
  "one string of 100 bytes in a million slots": () => {
    const slots = 1_000_000;
    const head = fb().vtable("Root", 8, { names: 4 }).table("root").to("vector").label("vector").build();
    const vector = head.length;
    const text = vector + 4 + 4 * slots;
    const bytes = new Uint8Array(text + 4 + 100 + 4);
    const data = new DataView(bytes.buffer);
    bytes.set(head);
    data.setUint32(vector, slots, true);
    for (let place = vector + 4; place < text; place += 4) data.setUint32(place, text - place, true);
    data.setUint32(text, 100, true);
    bytes.fill(0x61, text + 4, text + 104);
    return bytes;
  },
};

/** 2,000 tables whose field leads to one `value`. */
function sharedByTables(field: string, write: (buffer: BufferWords) => BufferWords): Uint8Array {
  const count = 2000;
  const places = field === "anys" ? { anys_type: 4, anys: 8 } : { [field]: 8 };
  const buffer = fb().vtable("Root", 8, { children: 4 }, "rootVtable").vtable("Root", 12, places);
  buffer.table("root", "rootVtable").to("vector").label("vector").u32(count);
  for (let index = 0; index < count; index++) buffer.to(`t${index}`);
  for (let index = 0; index < count; index++) {
    buffer.table(`t${index}`);
    if (field === "anys") buffer.to("types");
    else buffer.u32(0);
    buffer.to("value");
  }
  return write(buffer).build();
}

/** A nested buffer that shows two million bytes by sharing. */
function nestedMegabyte(buffer: BufferWords): BufferWords {
  const inner = words()
    .to("root")
    .ascii("HOST")
    .vtable("Root", 8, { names: 4 })
    .table("root")
    .to("v")
    .label("v")
    .u32(1000);
  for (let index = 0; index < 1000; index++) inner.to("s");
  const bytes = inner.label("s").text("y".repeat(2000)).build();
  return buffer
    .label("value")
    .u32(bytes.length)
    .u8(...bytes);
}
