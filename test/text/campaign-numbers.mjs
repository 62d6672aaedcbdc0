/**
 * Checks the number writers of src/text on many more values than the tests do. Run by hand, after any change there:
 *
 *   nice node test/text/campaign-numbers.mjs [floats] [doubles] [fixed] [seed]     in millions; 50 50 5 by default
 *
 * - float32 shortest: against the nearest decimals of each length that read back (number-references.ts);
 * - float64 shortest: against String(value);
 * - flatc's fixed decimals: against exact BigInt arithmetic.
 *
 * A fifth of each goes to the edges: both ends of every exponent, ties, neighbours of decimals. It prints counts and
 * differences, and its exit status is 1 if there is any. About five minutes per hundred million values.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const [floats = 50, doubles = 50, fixed = 5, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "campaign-numbers-"));
const { isShortestFloat, fixedReference } = await load("test/text", "number-references");
const { ofDouble, ofFloat } = await load("test/text", "printed");
const { writeShortestFloat } = await load("src/text", "write-shortest-float");
const { writeShortestDouble } = await load("src/text", "write-shortest-double");
const { writeFixedFloat, writeFixedDouble } = await load("src/text", "write-fixed-float");
rmSync(folder, { recursive: true });

const bytes = new Uint8Array(400);
const view = new DataView(bytes.buffer);
const float = new Float32Array(1);
const floatBits = new Uint32Array(float.buffer);
const double = new Float64Array(1);
const doubleBits = new BigUint64Array(double.buffer);
const doubleWords = new Uint32Array(double.buffer);
const next = uint32s(seed);
let differences = 0;

run("float32 shortest", floats, floatAt, ofFloat(writeShortestFloat), isShortestFloat);
run("float64 shortest", doubles, doubleAt, ofDouble(writeShortestDouble), (text, value) => text === shortest(value));
run("float32 fixed", fixed, floatAt, ofFloat(writeFixedFloat), (text, value) => text === fixedReference(value, 6));
run("float64 fixed", fixed, doubleAt, ofDouble(writeFixedDouble), (text, value) => text === fixedReference(value, 12));
process.exitCode = differences === 0 ? 0 : 1;

function run(name, millions, valueAt, write, isRight) {
  const start = performance.now();
  const before = differences;
  let checked = 0;
  for (let i = 0; checked < millions * 1e6; i++) {
    const value = valueAt(i);
    if (!Number.isFinite(value)) continue;
    checked++;
    const text = ascii(write(view, 0, value));
    if (isRight(text, value)) continue;
    if (differences++ - before < 10) console.log(`${name}: ${value} came out as ${text}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${name}: ${checked} values, ${differences - before} differences, ${seconds} s`);
}

function shortest(value) {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Four of five are random bits; the fifth is an edge. */
function floatAt(i) {
  if (i % 5 !== 0) floatBits[0] = next();
  else if (i % 3 === 0) floatBits[0] = ((next() % 256) << 23) + (next() % 4096) - 2048;
  else if (i % 3 === 1) float[0] = (next() % 10 ** (1 + (next() % 9))) * 10 ** ((next() % 80) - 45);
  else float[0] = next() / 2 ** (next() % 80);
  return float[0];
}

/** Half are random bits, a quarter of everyday size; the rest are edges. */
function doubleAt(i) {
  const kind = i % 20;
  if (kind < 10) setWords(next(), next());
  else if (kind < 15) double[0] = ((next() + next() / 2 ** 32) / 2 ** 32) * 10 ** ((next() % 30) - 8);
  else if (kind === 15) setBits((BigInt(next() % 2048) << 52n) + BigInt((next() % 4096) - 2048));
  else if (kind === 16)
    setBits(bitsOf(wide(1 + (next() % 17)) * 10 ** ((next() % 600) - 308)) + BigInt((next() % 3) - 1));
  else if (kind === 17) setBits(bitsOf(wide(1 + (next() % 15)) / 10 ** (next() % 12)) + BigInt((next() % 3) - 1));
  else if (kind === 18) double[0] = (next() * 2 ** 21 + (next() >>> 11)) * 2 ** ((next() % 180) - 90);
  else double[0] = next() / 2 ** (next() % 64);
  return double[0];
}

function wide(digits) {
  return Math.floor(((next() + next() / 2 ** 32) / 2 ** 32) * 10 ** digits);
}

function bitsOf(value) {
  double[0] = value;
  return doubleBits[0];
}

function setBits(bits) {
  doubleBits[0] = BigInt.asUintN(64, bits);
}

function setWords(low, high) {
  doubleWords[0] = low;
  doubleWords[1] = high;
}

function ascii(end) {
  let text = "";
  for (let i = 0; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

/** Types off and into a folder of its own: what runs is the source, whatever was built before. */
async function load(room, name) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const target = join(folder, room);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const file of readdirSync(join(root, room))) {
    if (!/^[a-z0-9-]+\.ts$/.test(file)) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(root, room, file), "utf8"), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    writeFileSync(join(target, file.replace(/ts$/, "js")), outputText);
  }
  return import(pathToFileURL(join(target, `${name}.js`)).href);
}

function uint32s(state) {
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
