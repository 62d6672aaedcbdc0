/**
 * One measurement of memory in a process of its own: `node --expose-gc one.mjs LIBRARY JOB DATA SCHEMA ROOT
 * WARM-DATA WARM-SCHEMA`. Prints what is resident before, at the peak of the job, and how much the job put out, in bytes.
 * The job runs before on a small buffer (a `fair.Monster`), so that code and tables that every process pays for once don't count.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, job, data, bfbs, rootType, warmData, warmSchema] = process.argv.slice(2);
const flatlens = await import(pathToFileURL(library).href);

const jobs = {
  toJSONBytes: (schema, bytes, options) => flatlens.toJSONBytes(schema, bytes, options).byteLength,
  toJSON: (schema, bytes, options) => flatlens.toJSON(schema, bytes, options).length,
  verify: (schema, bytes, options) => (flatlens.verify(schema, bytes, options).ok ? 0 : -1),
  "read 3 fields": (schema, bytes, options) => {
    const root = flatlens.read(schema, bytes, options);
    const monsters = options.rootType === "fair.World" ? root.get("monsters") : [root, root];
    const middle = monsters.at(monsters.length >>> 1);
    return middle.get("name").length + middle.get("hp") + monsters.at(1).get("score");
  },
};
const [name, gate] = job.split(", ");

const small = flatlens.loadSchema(readFileSync(warmSchema));
const smallBytes = readFileSync(warmData);
for (let i = 0; i < 200; i++) jobs[name](small, smallBytes, { rootType: "fair.Monster", trusted: gate === "trusted" });

const schema = flatlens.loadSchema(readFileSync(bfbs));
const bytes = readFileSync(data);
globalThis.gc();
globalThis.gc();
forgetPeak();
const idle = status("VmRSS");
const output = jobs[name](schema, bytes, { rootType, trusted: gate === "trusted" });
const peak = status("VmHWM");
console.log(JSON.stringify({ idle, peak, output }));

/** Linux: starts the high-water mark anew. */
function forgetPeak() {
  writeFileSync("/proc/self/clear_refs", "5");
}

function status(key) {
  const [, kilobytes] = readFileSync("/proc/self/status", "utf8").match(new RegExp(`${key}:\\s+(\\d+) kB`));
  return Number(kilobytes) * 1024;
}
