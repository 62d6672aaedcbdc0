/** Does the cost grow with the bytes alone? Times are divided by the size of what was read, or by the rows. */
export const scalingGroup = {
  name: "scaling",
  title: "scaling",

  inputs: ({ buffers }) => [{ name: "monsters, rows", all: buffers }],

  entries({ all }) {
    const print = (key, input, trusted) => ({
      key,
      contender: "ours",
      job: "to-json",
      input: { ...input, style: "plain", indent: -1, output: "bytes", trusted },
    });
    const perByte = ["monsters-tenth", "ownMonsters", "monsters-tenfold"].map((name) => ({
      ...print(`toJSONBytes ${SIZES[name]}`, all[name], true),
      per: all[name].size,
    }));
    const rows = ["rows-of-4", "rows-of-512", "rows-of-512-last"].flatMap((name) => [
      print(`toJSONBytes ${name}`, all[name], true),
      { key: `verify ${name}`, contender: "ours", job: "verify", input: { ...all[name], profile: "strict" } },
    ]);
    return [...perByte, ...rows];
  },

  pairs() {
    const time = (ours, theirs, goal) => ({ ours, theirs, kind: "time", goal });
    return [
      time("toJSONBytes 80 MB", "toJSONBytes 0.8 MB", 1.3),
      time("toJSONBytes 80 MB", "toJSONBytes 8 MB"),
      time("toJSONBytes rows-of-512", "toJSONBytes rows-of-4", 1.1),
      time("toJSONBytes rows-of-512-last", "toJSONBytes rows-of-4"),
      time("verify rows-of-512", "verify rows-of-4"),
      time("verify rows-of-512-last", "verify rows-of-4"),
    ];
  },
};

const SIZES = { "monsters-tenth": "0.8 MB", ownMonsters: "8 MB", "monsters-tenfold": "80 MB" };
