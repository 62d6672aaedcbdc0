import { createInterface } from "node:readline";

/**
 * The loop of a contender's process. It reads one command a line, words separated by tabs, and answers with one line:
 *
 * - `prepare SLOT JOB KEY=VALUE...` -> `ready KEY=VALUE...` or `skip REASON`
 * - `run SLOT COUNT` -> `ns TOTAL PROCESSOR-TIME`, the second summed over all threads
 * - `drop SLOT` -> `dropped`
 *
 * `jobs` has a function for each job that takes the arguments and gives `{once, facts}`: the work to time, and what the
 * parent compares between contenders.
 */
export function serve(jobs) {
  const slots = new Map();
  const answer = async ([command, slot, ...rest]) => {
    if (command === "prepare") {
      const [job, ...pairs] = rest;
      if (jobs[job] === undefined) return `skip\tno job ${job} here`;
      const prepared = await jobs[job](Object.fromEntries(pairs.map(split)));
      if (prepared.skip !== undefined) return `skip\t${prepared.skip}`;
      slots.set(slot, prepared.once);
      return ["ready", ...Object.entries(prepared.facts ?? {}).map(([key, value]) => `${key}=${value}`)].join("\t");
    }
    if (command === "run") {
      const times = timed(slots.get(slot), Number(rest[0]));
      await settled();
      return ["ns", ...times].join("\t");
    }
    slots.delete(slot);
    return "dropped";
  };
  // The parent is gone: nobody wants an answer any more.
  process.stdout.on("error", () => process.exit(1));
  let last = Promise.resolve();
  createInterface({ input: process.stdin }).on("line", (line) => {
    last = last.then(async () => process.stdout.write(`${await orSkip(() => answer(line.split("\t")))}\n`));
  });
}

/** Ends the process unless code from text is refused, as under a strict content security policy. */
export function requireNoCodeFromText() {
  try {
    new Function("return 1");
  } catch {
    return;
  }
  console.error("start this with node --disallow-code-generation-from-strings");
  process.exit(1);
}

/** Results are kept here, so that no engine can leave the work out. */
export const kept = { value: undefined };

/** The first operation isn't timed: it meets caches that others have filled. */
function timed(once, count) {
  kept.value = once();
  const startCpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) kept.value = once();
  const total = process.hrtime.bigint() - start;
  const { user, system } = process.cpuUsage(startCpu);
  kept.value = undefined;
  return [total, (user + system) * 1000];
}

/**
 * Waits until the threads of this process that collect and compile have nothing left to do: on a single core they would
 * run in the time of whoever is next.
 */
async function settled() {
  for (let waited = 0; waited < 500; waited += 10) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { user, system } = process.cpuUsage(before);
    if (user + system < 1500) return;
  }
}

async function orSkip(run) {
  try {
    return await run();
  } catch (error) {
    return `skip\t${String(error?.message ?? error).replaceAll(/\s+/g, " ")}`;
  }
}

function split(pair) {
  const cut = pair.indexOf("=");
  return [pair.slice(0, cut), pair.slice(cut + 1)];
}
