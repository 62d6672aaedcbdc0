import { createRandom } from "./random.mjs";

const WORDS = ["amber", "brook", "cinder", "dusk", "Élan", "fern", "gale", "harbour", "ivy", "jade", "kelp", "月"];
const KINS = ["Troll", "Pixie", "Gnome", "Wisp"];

/**
 * JSON text of a `fair.World`: about 330 bytes of buffer per monster. Names are words, now and then not ASCII; half
 * of the monsters have gear, one in five a friend; fields are left out as real writers leave out defaults.
 */
export function monstersText(count, seed = 1) {
  const random = createRandom(seed);
  const monsters = [];
  for (let i = 0; i < count; i++) monsters.push(monster(random, 0));
  return `{"title":"fair","monsters":[${monsters.join(",")}]}`;
}

/** JSON text of a single `fair.Monster` with a bit of everything: about 600 bytes of buffer. */
export function smallText() {
  const random = createRandom(1);
  const friend = '{"name":"fern","pos":{"x":1.5,"y":-2,"z":0.5},"kin":"Pixie","born":7}';
  return `{"name":"${name(random, 3)} of the harbour","hp":80,"score":512.25,"pos":{"x":-3.75,"y":12.5,"z":0.5},"kin":"Wisp",
"inventory":[${list(24, () => random.below(256))}],"tools":[${list(3, () => tool(random))}],
"path":[${list(4, (i) => vec3(i, decimal(random, 1, 3), -1))}],${gear(random)},"friend":${friend},
"born":1763777777000000001,"luck":0.7310585786300049,"awake":false}`;
}

function monster(random, depth) {
  const parts = [`"name":"${name(random, 3)}"`];
  if (random.chance(0.9)) parts.push(`"hp":${random.below(300)}`);
  if (random.chance(0.3)) parts.push(`"mana":${random.below(2000) - 1000}`);
  parts.push(`"score":${decimal(random, 1000, 2)}`);
  parts.push(`"pos":${vec3(decimal(random, 1000, 2), decimal(random, 1000, 2), "0.5")}`);
  parts.push(`"kin":"${random.pick(KINS)}"`);
  parts.push(`"inventory":[${list(random.below(24), () => random.below(256))}]`);
  parts.push(`"tools":[${list(random.below(4), () => tool(random))}]`);
  parts.push(`"path":[${list(random.below(5), (i) => vec3(i, decimal(random, 1, 3), -1))}]`);
  if (random.chance(0.5)) parts.push(gear(random));
  if (depth < 2 && random.chance(0.2)) parts.push(`"friend":${monster(random, depth + 1)}`);
  parts.push(`"born":${(BigInt(random.word()) << 31n) | BigInt(random.word())}`);
  parts.push(`"luck":${random.real()}`);
  if (random.chance(0.25)) parts.push(`"awake":false`);
  return `{${parts.join(",")}}`;
}

function gear(random) {
  if (random.chance(0.5)) return `"gear_type":"Tool","gear":${tool(random)}`;
  return `"gear_type":"Cloak","gear":{"name":"${name(random, 2)}","warmth":${decimal(random, 40, 1)}}`;
}

function tool(random) {
  const runes = list(random.below(4), () => `"${name(random, 4)}"`);
  return `{"name":"${name(random, 2)}","damage":${random.below(100)},"runes":[${runes}]}`;
}

function name(random, longest) {
  return list(1 + random.below(longest), () => random.pick(WORDS)).replaceAll(",", " ");
}

function vec3(x, y, z) {
  return `{"x":${x},"y":${y},"z":${z}}`;
}

/** A number between -range and range with so many decimals. */
function decimal(random, range, decimals) {
  return ((random.real() * 2 - 1) * range).toFixed(decimals);
}

function list(count, make) {
  return Array.from({ length: count }, (_, i) => make(i)).join(",");
}
