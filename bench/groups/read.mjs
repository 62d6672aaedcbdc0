const FIELDS = ["hp", "score", "pos.x", "name"];

/**
 * Lazy reading: one field of every monster, the monster taken out of its vector each time; and opening a buffer. The
 * large buffer is more than processors keep near, so that waiting for memory takes its part; a tenth of it is not.
 */
export const readGroup = {
  name: "read",
  title: "read",

  inputs: ({ buffers }) => [buffers.ownMonsters, buffers["monsters-tenth"]],

  entries(input) {
    const loops = FIELDS.flatMap((field) => [
      { key: `ours get ${field}`, contender: "ours", job: "read-get", input: { ...input, field } },
      { key: `ours fieldReader ${field}`, contender: "ours", job: "read-reader", input: { ...input, field } },
      { key: `generated ${field}`, contender: "generated", job: "read-generated", input: { ...input, field } },
      {
        key: `generated, one object, ${field}`,
        contender: "generated",
        job: "read-generated",
        input: { ...input, field, reuse: true },
      },
    ]);
    for (const entry of loops) entry.same = entry.input.field;
    return [
      ...loops,
      { key: "ours open, trusted", contender: "ours", job: "open", input },
      { key: "generated open", contender: "generated", job: "open", input },
    ];
  },

  pairs() {
    const time = (ours, theirs, goal) => ({ ours, theirs, kind: "time", goal });
    return [
      ...FIELDS.flatMap((field) => {
        const goal = field === "name" ? 1 : 0.35;
        return [
          time(`ours fieldReader ${field}`, `generated ${field}`, goal),
          time(`ours get ${field}`, `generated ${field}`),
          time(`ours fieldReader ${field}`, `generated, one object, ${field}`),
        ];
      }),
      time("ours open, trusted", "generated open"),
      { ours: "ours open, trusted", kind: "below", goal: 1000 },
    ];
  },
};
