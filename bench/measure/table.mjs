import { ratioOf, summary } from "./statistics.mjs";

/**
 * Rows of the table for one input of a group, from `measureRounds`' results: one for each pair that could be measured.
 */
export function rowsOf(group, input, entries, results) {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  return group.pairs(input).flatMap((pair) => {
    if (pair.kind === "below") return absoluteRow(group, input, pair, results.get(pair.ours));
    const [ours, theirs] = [results.get(pair.ours), results.get(pair.theirs)];
    if (ours?.times === undefined || theirs?.times === undefined) return [];
    const times = [ours, theirs].map(({ times }, i) => scaled(times, byKey.get(i === 0 ? pair.ours : pair.theirs)));
    const ratio = pair.kind === "faster" ? ratioOf(times[1], times[0]) : ratioOf(times[0], times[1]);
    const label = (result, key) => absolute(result, byKey.get(key));
    return [
      {
        group: group.title,
        input: input.name,
        ours: pair.ours.replace(/^ours /, ""),
        theirs: pair.theirs.replace(/^ours /, ""),
        kind: pair.kind,
        goal: pair.goal,
        ratio,
        oursText: label(ours, pair.ours),
        theirsText: label(theirs, pair.theirs),
      },
    ];
  });
}

/** A row without a peer: what matters is the time itself, `goal` nanoseconds at most. */
function absoluteRow(group, input, { ours, goal, kind }, result) {
  if (result?.times === undefined) return [];
  const times = summary(result.times.filter((time) => time !== undefined));
  const ratio = { ...times, ofMinima: times.min };
  const name = ours.replace(/^ours /, "");
  return [
    { group: group.title, input: input.name, ours: name, theirs: "", kind, goal, ratio, oursText: "", theirsText: "" },
  ];
}

/** The whole table as Markdown. */
export function markdown(rows) {
  const head = [
    "job",
    "input",
    "ours",
    "against",
    "ratio",
    "quartiles",
    "of minima",
    "goal",
    "ours takes",
    "they take",
  ];
  const lines = rows.map((row) => [
    row.group,
    row.input,
    row.ours,
    row.theirs,
    `**${SHOWN[row.kind](row.ratio.median)}**`,
    row.kind === "below" ? "" : `${digits(row.ratio.q1)} to ${digits(row.ratio.q3)}`,
    row.kind === "below" ? duration(row.ratio.ofMinima) : digits(row.ratio.ofMinima),
    goalText(row),
    row.oursText,
    row.theirsText,
  ]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const SHOWN = {
  faster: (value) => `${digits(value)}x`,
  time: (value) => `${digits(value)} of the time`,
  below: duration,
};

/** Whether a row has a goal and the median misses it. */
export function missed({ kind, goal, ratio }) {
  if (goal === undefined) return false;
  return kind === "faster" ? ratio.median < goal : ratio.median > goal;
}

export function digits(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A time in the unit that suits it. */
export function duration(ns) {
  if (ns < 1e3) return `${digits(ns)} ns`;
  if (ns < 1e6) return `${digits(ns / 1e3)} us`;
  return `${digits(ns / 1e6)} ms`;
}

/** Times by what an entry is to be divided by: bytes where sizes differ, else nothing. */
function scaled(times, { per = 1 }) {
  return times.map((time) => (time === undefined ? undefined : time / per));
}

function absolute({ times, facts }, { job, per, input: { size } }) {
  const { median } = summary(times.filter((time) => time !== undefined));
  if (facts.reads !== undefined) return `${digits(median / Number(facts.reads))} ns a read`;
  if (per !== undefined) return `${digits(median / per)} ns a byte`;
  return size >= 10_000 && job !== "open"
    ? `${duration(median)}, ${digits((size / median) * 1e3)} MB/s`
    : duration(median);
}

function goalText(row) {
  if (row.goal === undefined) return "";
  const goal = row.kind === "below" ? duration(row.goal) : row.goal;
  return `${row.kind === "faster" ? ">=" : "<="} ${goal}${missed(row) ? " **missed**" : ""}`;
}
