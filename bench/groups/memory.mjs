import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { summary } from "../measure/statistics.mjs";
import { digits } from "../measure/table.mjs";
import { BENCH } from "../setup/places.mjs";

const RUNS = 5;
const MEGABYTE = 1e6;

/**
 * Peaks of resident memory above idle, the buffer being there already. Every measurement is a process of its own.
 * Gives lines `{text, missed}`: ratios to what came out, or megabytes where nothing does; `missed` where there is a goal.
 */
export function measureMemory(library, inputs) {
  if (!existsSync("/proc/self/clear_refs")) return [{ text: "skipped: peaks of memory can be measured on Linux only" }];
  const jobs = [
    ["toJSONBytes, trusted", "ownMonsters", { ratio: 1.2 }],
    ["toJSONBytes, gated", "ownMonsters", { ratio: 1.2 }],
    ["toJSONBytes, trusted", "monsters-tenfold", { ratio: 1.2 }],
    ["toJSONBytes, trusted", "numbers", { ratio: 1.2 }],
    ["toJSONBytes, trusted", "structs", { ratio: 1.2 }],
    ["toJSON, trusted", "ownMonsters", {}],
    ["verify, gated", "ownMonsters", {}],
    ["read 3 fields, trusted", "ownMonsters", { bytes: MEGABYTE }],
    ["read 3 fields, gated", "ownMonsters", {}],
  ];
  return jobs.map(([job, name, goal]) => line(library, job, inputs[name], inputs.small, goal));
}

function line(library, job, input, warm, goal) {
  const runs = Array.from({ length: RUNS }, () => measure(library, job, input, warm));
  const above = summary(runs.map(({ idle, peak }) => peak - idle));
  const size = `${digits(input.size / MEGABYTE)} MB in`;
  const spread = `${digits(above.q1 / MEGABYTE)} to ${digits(above.q3 / MEGABYTE)}`;
  const peak = `peak ${digits(above.median / MEGABYTE)} MB above idle (quartiles ${spread})`;
  const { output } = runs[0];
  const told = `${job}, ${input.name}, ${size}`;
  if (!job.startsWith("toJSON")) return judged(`${told}: ${peak}`, above.median, goal.bytes, "< 1 MB");
  const ratio = above.median / output;
  const text = `${told}, ${digits(output / MEGABYTE)} MB out: ${peak} = **${digits(ratio)} x output**`;
  return judged(text, ratio, goal.ratio, `<= ${goal.ratio}`);
}

function judged(text, value, goal, wanted) {
  if (goal === undefined) return { text };
  const missed = value > goal;
  return { text: `${text}; goal ${wanted}${missed ? " **missed**" : ""}`, missed };
}

function measure(library, job, input, warm) {
  const args = [library, job, input.data, input.bfbs, input.rootType, warm.data, warm.bfbs];
  const script = join(BENCH, "memory", "one.mjs");
  const flags = ["--expose-gc", "--disallow-code-generation-from-strings"];
  return JSON.parse(execFileSync(process.execPath, [...flags, script, ...args], { encoding: "utf8" }));
}
