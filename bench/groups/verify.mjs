const GOALS = { monsters: 1, small: 0.6, message: 0.6 };

/** The verifier, in both profiles, beside the two of the C++ library. */
export const verifyGroup = {
  name: "verify",
  title: "verify",

  inputs: ({ buffers, models }) => ["monsters", "small", "message", ...models].map((name) => buffers[name]),

  entries(input) {
    return [
      { key: "ours native profile", contender: "ours", job: "verify", input: { ...input, profile: "native" } },
      { key: "ours strict", contender: "ours", job: "verify", input: { ...input, profile: "strict" } },
      { key: "native by reflection", contender: "native", job: "verify-reflection", input },
      { key: "native generated", contender: "native", job: "verify-generated", input },
    ];
  },

  pairs({ name }) {
    const faster = (ours, theirs, goal) => ({ ours, theirs, kind: "faster", goal });
    return [
      faster("ours native profile", "native by reflection", GOALS[name]),
      faster("ours strict", "native by reflection"),
      faster("ours native profile", "native generated"),
      faster("ours strict", "native generated"),
      { ours: "ours native profile", kind: "below" },
      { ours: "ours strict", kind: "below" },
    ];
  },
};
