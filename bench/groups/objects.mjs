const GOALS = { monsters: 1.5, structs: 1.5 };

/** Plain objects out of a buffer and back. */
export const objectsGroup = {
  name: "objects",
  title: "toObject, fromObject",

  inputs: ({ buffers }) => ["monsters", "structs", "numbers", "small", "message"].map((name) => buffers[name]),

  entries(input) {
    const toObject = (key, more) => ({ key, contender: "ours", job: "to-object", input: { ...input, ...more } });
    return [
      toObject("ours toObject trusted", { trusted: true }),
      toObject("ours toObject gated", { trusted: false }),
      toObject("ours toObject, typed vectors, trusted", { trusted: true, vectors: "typed" }),
      { key: "generated unpack", contender: "generated", job: "to-object", input },
      { key: "flatbuffers_reflection toObject", contender: "reflection", job: "to-object", input },
      { key: "ours fromObject", contender: "ours", job: "from-object", input },
      { key: "generated pack", contender: "generated", job: "from-object", input },
    ];
  },

  pairs({ name }) {
    const faster = (ours, theirs, goal) => ({ ours, theirs, kind: "faster", goal });
    return [
      faster("ours toObject trusted", "generated unpack", GOALS[name]),
      faster("ours toObject gated", "generated unpack"),
      faster("ours toObject, typed vectors, trusted", "generated unpack"),
      faster("ours toObject trusted", "flatbuffers_reflection toObject"),
      faster("ours fromObject", "generated pack", GOALS[name]),
    ];
  },
};
