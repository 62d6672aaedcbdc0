/** A turn of one contender within a round lasts about so long, if so few operations do not last longer. */
const SLICE_NS = 100e6;
/**
 * The collector of garbage comes after every second to fifth operation on megabytes. With only one or two in a turn it
 * would come in each turn of one contender and in none of another's, for as long as the bench lasts.
 */
const FEWEST_OPERATIONS = 8;
const WARM_UP_NS = 600e6;
/** Who needs longer than this for one operation takes part only in every third round. */
const SLOW_NS = 250e6;
const MOST_ROUNDS = 101;
const FEWEST_ROUNDS = 9;

/**
 * Measures entries `{key, contender, job, facts?, ...input}` in turn, round after round: in each, everybody works once,
 * in a new order. Gives a Map from key to `{times, facts}` or `{skip}`, `times[round]` being nanoseconds per
 * operation, or undefined for a round the entry sat out. `clock` is "wall" or "cpu" (the time of all threads of the
 * process, for machines that others use too).
 */
export async function measureRounds(contenders, entries, { seconds, clock }) {
  const results = new Map();
  const active = [];
  for (const entry of entries) {
    const { prepared, skip } = await prepare(contenders, entry);
    results.set(entry.key, skip === undefined ? { times: [], facts: prepared } : { skip });
    if (skip === undefined) active.push({ ...entry, clock, ...(await warmUp(contenders, { ...entry, clock })) });
  }
  const end = Date.now() + seconds * 1000;
  for (let round = 0; round < MOST_ROUNDS && (round < FEWEST_ROUNDS || Date.now() < end); round++) {
    for (const entry of rotated(active, round)) {
      const rests = entry.estimate > SLOW_NS && round % 3 !== 0;
      const time = rests ? undefined : await run(contenders, entry, entry.count);
      results.get(entry.key).times[round] = time;
    }
  }
  for (const entry of active) await contenders.ask(entry.contender, entry.key, ["drop", entry.key]);
  return results;
}

async function prepare(contenders, { key, contender, job, input }) {
  const pairs = Object.entries(input).filter(([, value]) => value !== undefined);
  const words = ["prepare", key, job, ...pairs.map(([name, value]) => `${name}=${value}`)];
  const [answer, ...rest] = await contenders.ask(contender, key, words);
  if (answer !== "ready") return { skip: rest.join(" ") };
  return { prepared: Object.fromEntries(rest.filter(Boolean).map((pair) => pair.split("="))) };
}

/** Lets the engine compile what is hot, and finds how many operations make a turn. */
async function warmUp(contenders, entry) {
  let estimate = await run(contenders, entry, 1);
  for (let spent = estimate, count = 1; spent < WARM_UP_NS; spent += estimate * count) {
    count = Math.min(count * 4, operationsOf(estimate));
    estimate = await run(contenders, entry, count);
  }
  return { estimate, count: operationsOf(estimate) };
}

/** As many as fill a slice, but not too few; `estimate` is nanoseconds per operation. */
function operationsOf(estimate) {
  return Math.max(FEWEST_OPERATIONS, Math.round(SLICE_NS / estimate));
}

/** Nanoseconds per operation. */
async function run(contenders, { key, contender, clock }, count) {
  const [answer, wall, processor] = await contenders.ask(contender, key, ["run", key, count]);
  if (answer !== "ns") throw new Error(`${key}: ${wall}`);
  return Number(clock === "cpu" ? processor : wall) / count;
}

/** The entries from another start each round, so that nobody always follows the same neighbour's leftovers. */
function rotated(entries, round) {
  const start = (round * 7) % entries.length;
  return [...entries.slice(start), ...entries.slice(0, start)];
}
