/** npm `flatbuffers` with the code that flatc generates. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Builder, ByteBuffer } from "flatbuffers";
import { requireNoCodeFromText, serve } from "./child.mjs";
import { digest } from "./digest.mjs";

requireNoCodeFromText();
// Without it JSON.stringify throws on every 64-bit field.
BigInt.prototype.toJSON = function toJSON() {
  return this.toString();
};

serve({
  async "to-json"(input) {
    const root = await openRoot(input);
    return { once: () => JSON.stringify(root().unpack()) };
  },

  async "to-object"(input) {
    const root = await openRoot(input);
    return { once: () => root().unpack() };
  },

  async "from-object"(input) {
    const root = await openRoot(input);
    const value = root().unpack();
    const pack = () => {
      const builder = new Builder();
      builder.finish(value.pack(builder));
      return builder.asUint8Array();
    };
    return { once: pack, facts: digest(pack()) };
  },

  async open(input) {
    return { once: await openRoot(input) };
  },

  async "read-generated"(input) {
    const root = await openRoot(input);
    const loop = input.reuse === "true" ? reusing[input.field] : loops[input.field];
    const world = root();
    return { once: () => loop(world), facts: { reads: world.monstersLength(), sum: loop(world) } };
  },
});

async function openRoot({ module, rootType, data }) {
  const className = rootType.split(".").at(-1);
  const { [className]: type } = await import(pathToFileURL(module).href);
  const bytes = readFileSync(data);
  const getRoot = type[`getRootAs${className}`];
  return () => getRoot(new ByteBuffer(bytes));
}

// One function for each field, as somebody would write it; then the same with one object for all monsters.
const loops = {
  hp(world) {
    let sum = 0;
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i).hp();
    return sum;
  },
  score(world) {
    let sum = 0;
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i).score();
    return sum;
  },
  "pos.x"(world) {
    let sum = 0;
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i).pos().x();
    return sum;
  },
  name(world) {
    let sum = 0;
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i).name().length;
    return sum;
  },
};

const reusing = {
  hp(world) {
    let sum = 0;
    const monster = world.monsters(0);
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i, monster).hp();
    return sum;
  },
  score(world) {
    let sum = 0;
    const monster = world.monsters(0);
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i, monster).score();
    return sum;
  },
  "pos.x"(world) {
    let sum = 0;
    const monster = world.monsters(0);
    const pos = monster.pos();
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i, monster).pos(pos).x();
    return sum;
  },
  name(world) {
    let sum = 0;
    const monster = world.monsters(0);
    for (let i = 0, end = world.monstersLength(); i < end; i++) sum += world.monsters(i, monster).name().length;
    return sum;
  },
};
